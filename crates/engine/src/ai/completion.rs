//! What a model answered.

use crate::vault::Content;

/// An answer that has words. It has no `Debug`: they are content.
#[derive(Clone)]
pub struct Completion {
    /// The words, without what the model thought.
    pub text: Content,
    /// What the call used.
    pub usage: TokenUsage,
    /// The model that answered, as the endpoint names it: a router may take another one than was asked for.
    pub model: String,
    /// The endpoint told how much it read; else `usage` is estimated.
    pub is_counted: bool,
    /// The model was cut off at `max_tokens`: the end is missing.
    pub truncated: bool,
}

/// Tokens of one call; estimated where the endpoint does not tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TokenUsage {
    /// Read by the model.
    pub prompt: u32,
    /// Written by the model, its thoughts included.
    pub completion: u32,
}

impl TokenUsage {
    /// Both together.
    #[must_use]
    pub const fn total(self) -> u32 {
        self.prompt.saturating_add(self.completion)
    }
}
