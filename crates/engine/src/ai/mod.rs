//! The AI provider: any endpoint that speaks OpenAI's protocol, asked for answers and for embeddings.
//!
//! Real endpoints differ in almost everything: [`AiClient`] gives its callers one shape and one list of errors. It asks
//! once per call, keeps and logs no words, and whoever calls decides whether to ask again.

mod client;
mod completion;
mod error;
mod request;
mod settings;
mod tokens;

pub use client::AiClient;
pub use completion::{Completion, TokenUsage};
pub use error::{AiError, AiSetupError};
pub use request::{AnswerFormat, ChatTurn, CompletionRequest, ModelRole, TurnAuthor};
pub use settings::{AiSettings, KeyHeader};
pub use tokens::estimate_tokens;
