//! Finding keywords in messages: fold both sides, then one pass of one automaton for all rules of an account.

mod compiled;
mod edges;
mod finder;
mod fold;
mod keyword;
mod message;
mod quick;
mod tables;
mod writer;

pub use compiled::{CompiledConfig, KeywordHits};
pub(crate) use edges::{FORCED_EDGES, needs_no_edge};
pub use fold::fold;
pub(crate) use keyword::{messages_of, spellings};
pub use message::FoldedMessage;

#[cfg(test)]
mod tests;
