//! How well does a message fit an intent? Answered on this machine, without a provider and without a network.
//!
//! [`Encoder`] turns a text into 512 numbers (Universal Sentence Encoder multilingual, version 3). [`recipe`] turns the numbers
//! of a message and of an intent into a confidence that means the same for every encoder. [`library`] holds ready-made
//! intents to start a rule from. Nothing here reads more than the model file, and nothing keeps a text.

mod encoder;
pub mod library;
#[cfg(feature = "pack")]
pub mod packing;
pub mod recipe;

pub use encoder::{DIMENSIONS, Embedding, Encoder, LoadError, MAX_PIECES, MODEL_FILE};

/// The name that is stored beside every vector this encoder made.
pub const ENCODER_NAME: &str = "use-multilingual-3";
