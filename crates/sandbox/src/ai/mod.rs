//! A pretend AI provider on the sandbox's port: chat completions, embeddings and the list of models, as OpenAI's protocol
//! has them. It is deterministic, and every answer for a customer says that it is pretended.
//!
//! It tells Concierge's questions apart by the names of their schemas: `reply` is composed from the facts of the system
//! message, `verdict` judges a text by a list of words, anything else is answered as the doctor's probes expect. What it
//! receives is kept for assertions. Faults, the judge's character and obedience to customers are switches.

mod answer;
mod call;
mod chat;
mod embeddings;
mod fault;
mod faults;
mod injection;
mod judge;
mod languages;
mod models;
mod other;
mod phrases;
mod prepared;
mod refuse;
mod reply;
mod request;
mod state;
mod vectors;

pub use call::{AiCall, AiRequest};
pub use chat::post as chat_completions;
pub use embeddings::post as embeddings;
pub use fault::{AiFault, ErrorShape, JsonForm, OverflowShape};
pub use faults::{ActiveAiFault, AiFaultSpec};
pub use judge::JudgeMode;
pub use models::get as models;
pub use state::AiState;
