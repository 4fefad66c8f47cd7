//! The lead of an intent over small talk, for one message; and how much alike two intents are.

use super::Calibration;
use super::background::Background;
use super::vectors::{dot, sum, unit};

/// The part of the best phrase in the similarity; the rest is the centroid's.
const BEST_PHRASE: f32 = 0.5;
/// How much small talk near the message counts against every intent.
const MESSAGE_BACKGROUND: f32 = 0.7;
/// How much small talk near the intent counts against it.
const INTENT_BACKGROUND: f32 = 0.5;
/// So many background phrases nearest to a message say how much it is small talk.
const NEAREST_TO_MESSAGE: usize = 3;
/// So many nearest to an intent say how near to small talk it is.
const NEAREST_TO_INTENT: usize = 5;

/// A message, prepared once for all intents.
#[derive(Clone)]
pub struct Message {
    centred: Vec<f32>,
    nearness: f32,
}

/// The description and examples of a rule, prepared once for all messages.
#[derive(Clone)]
pub struct Intent {
    /// The centred phrases, one after the other.
    phrases: Vec<f32>,
    /// The sum of the phrases has this length, so that the similarity to the centroid needs no vector of its own.
    length_of_sum: f32,
    centroid: Vec<f32>,
    nearness: f32,
}

impl Message {
    /// Prepares the vector of a message.
    pub fn new(background: &Background, vector: &[f32]) -> Self {
        let centred = background.centre(vector);
        let nearness = background.nearness(&centred, NEAREST_TO_MESSAGE);
        Self { centred, nearness }
    }
}

impl Intent {
    /// Prepares the vectors of a rule: its description, then its examples. Their order does not matter.
    pub fn new(background: &Background, vectors: &[Vec<f32>]) -> Self {
        let centred: Vec<Vec<f32>> = vectors.iter().map(|vector| background.centre(vector)).collect();
        let sum = sum(centred.iter().map(Vec::as_slice));
        let length_of_sum = dot(&sum, &sum).sqrt();
        let centroid = unit(sum);
        let nearness = background.nearness(&centroid, NEAREST_TO_INTENT);
        Self {
            phrases: centred.concat(),
            length_of_sum,
            centroid,
            nearness,
        }
    }
}

/// How far a message is nearer to the intent than to small talk: about −1 to 1, and the same scale for every encoder.
pub fn lead(message: &Message, intent: &Intent) -> f64 {
    let size = message.centred.len().max(1);
    let mut best = f32::NEG_INFINITY;
    let mut sum = 0.0;
    for phrase in intent.phrases.chunks_exact(size) {
        let similarity = dot(phrase, &message.centred);
        best = best.max(similarity);
        sum += similarity;
    }
    if best == f32::NEG_INFINITY {
        return -1.0;
    }
    let centroid = if intent.length_of_sum > f32::MIN_POSITIVE {
        sum / intent.length_of_sum
    } else {
        0.0
    };
    let similarity = BEST_PHRASE * best + (1.0 - BEST_PHRASE) * centroid;
    f64::from(similarity - MESSAGE_BACKGROUND * message.nearness - INTENT_BACKGROUND * intent.nearness)
}

/// How sure the recipe is that the message has the intent, 0 to 1: what a rule's threshold is compared with.
pub fn confidence(message: &Message, intent: &Intent, calibration: &Calibration) -> f64 {
    calibration.confidence(lead(message, intent))
}

/// How much alike two intents are, −1 to 1. Above [`super::SHADOWING_SIMILARITY`] they take each other's messages.
pub fn similarity(left: &Intent, right: &Intent) -> f64 {
    f64::from(dot(&left.centroid, &right.centroid))
}
