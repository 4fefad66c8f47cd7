//! What messages have in common whatever they ask for, learnt from the background phrases.

use super::vectors::{dot, mean_of_largest, sum, unit};

/// The vectors of the background phrases, prepared once per encoder.
#[derive(Clone)]
pub struct Background {
    mean: Vec<f32>,
    /// Centred, of unit length.
    phrases: Vec<Vec<f32>>,
}

impl Background {
    /// Takes the vectors of [`super::BACKGROUND_PHRASES`], all of one length.
    pub fn new(vectors: Vec<Vec<f32>>) -> Self {
        let mut mean = sum(vectors.iter().map(Vec::as_slice));
        mean.iter_mut().for_each(|number| *number /= vectors.len() as f32);
        let mut background = Self {
            mean,
            phrases: Vec::new(),
        };
        background.phrases = vectors.iter().map(|vector| background.centre(vector)).collect();
        background
    }

    /// What is left of a vector without the mean, with unit length.
    pub(super) fn centre(&self, vector: &[f32]) -> Vec<f32> {
        let mean = self.mean.iter().copied().chain(std::iter::repeat(0.0));
        unit(vector.iter().zip(mean).map(|(number, mean)| number - mean).collect())
    }

    /// The mean similarity of a centred vector to the phrases nearest to it.
    pub(super) fn nearness(&self, centred: &[f32], nearest: usize) -> f32 {
        mean_of_largest(
            self.phrases.iter().map(|phrase| dot(phrase, centred)).collect(),
            nearest,
        )
    }
}
