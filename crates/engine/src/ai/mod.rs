//! The AI provider: any endpoint that speaks OpenAI's protocol, asked for answers and for embeddings.
//!
//! Real endpoints differ in almost everything: [`AiClient`] gives its callers one shape and one list of errors. It keeps
//! and logs no words, and whoever calls decides whether to ask again; only a parameter that the endpoint does not know
//! is dropped within the same call.

mod budget;
mod capabilities;
mod chat_answer;
mod chat_request;
mod client;
mod completion;
mod embeddings;
mod endpoint;
mod error;
mod error_body;
mod lessons;
mod normalise;
pub mod probe;
mod refusal;
mod request;
mod retry_after;
mod settings;
pub(crate) mod sql;
mod stack;
mod store;
mod thinking;
mod tokens;
mod turns;

pub use budget::{Budget, DailyUsage, check_budget, daily_usage, record_usage};
pub use capabilities::{AnswerLimit, Capabilities, FormatLevel, Reasoning};
pub use client::{AiClient, Turn};
pub use completion::{Completion, TokenUsage};
pub use error::{AiError, AiSetupError};
pub use request::{AnswerFormat, ChatTurn, CompletionRequest, ModelRole, TurnAuthor};
pub use settings::{AiSettings, KeyHeader};
pub use tokens::estimate_tokens;
