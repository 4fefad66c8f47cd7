//! The network: convolutions over two, three and five tokens, their sum, and a small head with two short cuts.

use super::DIMENSIONS;
use super::format::{CHANNELS, FEATURES};
use super::matrix::Matrix;

pub(super) struct Network {
    pub branches: Vec<Branch>,
    pub norm: LayerNorm,
    pub join: Matrix,
    pub join_bias: Vec<f32>,
    pub head: Head,
}

pub(super) struct Branch {
    pub projection: Matrix,
    pub bias: Vec<f32>,
    /// The part of this branch in the layer norm over the channels of all branches.
    pub gain: Vec<f32>,
    pub shift: Vec<f32>,
    pub width: usize,
    pub left: usize,
    pub first: Convolution,
    pub second: Convolution,
}

pub(super) struct Convolution {
    pub weights: Matrix,
    pub bias: Vec<f32>,
}

pub(super) struct LayerNorm {
    pub gain: Vec<f32>,
    pub shift: Vec<f32>,
}

pub(super) struct Head {
    pub d0: Matrix,
    pub d1: Matrix,
    pub p1: Matrix,
    pub d2: Matrix,
    pub d3: Matrix,
    pub p3: Matrix,
}

/// Keeps a division by nothing away; the model was trained with it.
const EPSILON: f32 = 1e-12;

impl Network {
    /// `tokens` are the rows of the sentence's pieces, one after the other; the answer has unit length.
    pub(super) fn run(&self, tokens: &[f32]) -> Vec<f32> {
        let features = self.features(tokens);
        let count = (tokens.len() / DIMENSIONS) as f32;
        let mut sum = vec![0.0; FEATURES];
        for token in features.chunks_exact(FEATURES) {
            add(&mut sum, token);
        }
        let mut joined = self.join.multiply(&sum);
        for (number, bias) in joined.iter_mut().zip(&self.join_bias) {
            *number = (*number + bias * count) / count.sqrt();
        }
        self.head.run(&joined)
    }

    /// Of every token: its row, then what each branch makes of it and its neighbours.
    fn features(&self, tokens: &[f32]) -> Vec<f32> {
        let mut projected: Vec<Vec<f32>> = self.branches.iter().map(|branch| branch.project(tokens)).collect();
        self.normalise_together(&mut projected);
        let branches: Vec<Vec<f32>> = self
            .branches
            .iter()
            .zip(projected)
            .map(|(branch, channels)| branch.convolve(channels))
            .collect();
        let mut features = Vec::with_capacity(tokens.len() / DIMENSIONS * FEATURES);
        for (at, token) in tokens.chunks_exact(DIMENSIONS).enumerate() {
            features.extend_from_slice(token);
            for channels in &branches {
                features.extend_from_slice(&channels[at * CHANNELS..(at + 1) * CHANNELS]);
            }
        }
        for token in features.chunks_exact_mut(FEATURES) {
            let (mean, spread) = mean_and_spread(token.iter().copied(), FEATURES);
            let parts = token.iter_mut().zip(&self.norm.gain).zip(&self.norm.shift);
            parts.for_each(|((number, gain), shift)| *number = (*number - mean) * spread * gain + shift);
        }
        features
    }

    /// One layer norm over the channels of all branches of a token.
    fn normalise_together(&self, projected: &mut [Vec<f32>]) {
        let tokens = projected.first().map_or(0, |channels| channels.len() / CHANNELS);
        for token in (0..tokens).map(|at| at * CHANNELS..(at + 1) * CHANNELS) {
            let all = projected
                .iter()
                .flat_map(|channels| channels[token.clone()].iter().copied());
            let (mean, spread) = mean_and_spread(all, projected.len() * CHANNELS);
            for (branch, channels) in self.branches.iter().zip(projected.iter_mut()) {
                let parts = channels[token.clone()].iter_mut().zip(&branch.gain).zip(&branch.shift);
                parts.for_each(|((number, gain), shift)| *number = (*number - mean) * spread * gain + shift);
            }
        }
    }
}

impl Branch {
    fn project(&self, tokens: &[f32]) -> Vec<f32> {
        let mut channels = self.projection.multiply(tokens);
        for token in channels.chunks_exact_mut(CHANNELS) {
            add(token, &self.bias);
        }
        channels
    }

    fn convolve(&self, channels: Vec<f32>) -> Vec<f32> {
        [&self.first, &self.second]
            .into_iter()
            .fold(channels, |channels, convolution| {
                let mut output = convolution.weights.multiply(&self.windows(&channels));
                for (token, before) in output.chunks_exact_mut(CHANNELS).zip(channels.chunks_exact(CHANNELS)) {
                    let parts = token.iter_mut().zip(&convolution.bias).zip(before);
                    parts.for_each(|((number, bias), before)| *number = (*number + bias).max(0.0) + before);
                }
                output
            })
    }

    /// What each token sees: its neighbours side by side, nothing beyond the ends of the sentence.
    fn windows(&self, channels: &[f32]) -> Vec<f32> {
        let tokens = channels.len() / CHANNELS;
        let mut windows = vec![0.0; channels.len() * self.width];
        for (at, window) in windows.chunks_exact_mut(self.width * CHANNELS).enumerate() {
            for (step, slot) in window.chunks_exact_mut(CHANNELS).enumerate() {
                if let Some(seen) = (at + step).checked_sub(self.left).filter(|&seen| seen < tokens) {
                    slot.copy_from_slice(&channels[seen * CHANNELS..(seen + 1) * CHANNELS]);
                }
            }
        }
        windows
    }
}

impl Head {
    fn run(&self, joined: &[f32]) -> Vec<f32> {
        let first = rectified(self.d0.multiply(joined));
        let second = rectified(sum(self.p1.multiply(joined), &self.d1.multiply(&first)));
        let third = rectified(self.d2.multiply(&second));
        let mut vector = sum(self.p3.multiply(&second), &self.d3.multiply(&third));
        vector.iter_mut().for_each(|number| *number = number.tanh());
        let length = vector
            .iter()
            .map(|number| number * number)
            .sum::<f32>()
            .max(EPSILON)
            .sqrt();
        vector.iter_mut().for_each(|number| *number /= length);
        vector
    }
}

fn rectified(mut numbers: Vec<f32>) -> Vec<f32> {
    numbers.iter_mut().for_each(|number| *number = number.max(0.0));
    numbers
}

fn sum(mut left: Vec<f32>, right: &[f32]) -> Vec<f32> {
    add(&mut left, right);
    left
}

fn add(to: &mut [f32], what: &[f32]) {
    to.iter_mut().zip(what).for_each(|(number, more)| *number += more);
}

/// The mean, and one over the standard deviation.
fn mean_and_spread(numbers: impl Iterator<Item = f32> + Clone, count: usize) -> (f32, f32) {
    let count = count as f32;
    let mean = numbers.clone().sum::<f32>() / count;
    let variance = numbers.map(|number| (number - mean) * (number - mean)).sum::<f32>() / count;
    (mean, 1.0 / (variance + EPSILON).sqrt())
}
