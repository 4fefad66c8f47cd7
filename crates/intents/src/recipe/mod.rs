//! From vectors to a confidence that means the same for every encoder and every language.
//!
//! A raw cosine does not: one encoder gives 0.4 to a good match, another 0.8 to any two texts. So a vector is first freed of
//! what all messages have in common ([`Background`]), and a match counts only as far as it is better than the match with
//! small talk. [`Calibration`] turns that into a number between 0 and 1; `docs/intents.md` has the formula and figures.

mod advice;
mod background;
mod calibration;
mod phrases;
mod scoring;
mod vectors;

pub use advice::{SHADOWING_SIMILARITY, suggest_threshold};
pub use background::Background;
pub use calibration::Calibration;
pub use phrases::BACKGROUND_PHRASES;
pub use scoring::{Intent, Message, confidence, lead, similarity};

/// Grows with every change that gives another confidence: vectors of another version are computed again.
pub const RECIPE_VERSION: i64 = 1;

/// A message with a larger share of unknown text matches no intent.
pub const UNKNOWN_SHARE_LIMIT: f32 = 0.30;
