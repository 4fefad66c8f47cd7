//! A customer's message, prepared once for any number of keywords.

use super::edges::word_edges;
use super::fold::fold;

/// A folded message with its word edges. It holds a customer's words, so it has neither `Debug` nor `Display`.
pub struct FoldedMessage {
    text: String,
    edges: Vec<bool>,
}

impl FoldedMessage {
    /// Folds `text` and finds its word edges.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let text = fold(text);
        let edges = word_edges(&text);
        Self { text, edges }
    }

    /// The folded text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether a word may begin or end at byte position `at`.
    pub(super) fn edge(&self, at: usize) -> bool {
        self.edges.get(at).copied().unwrap_or(false)
    }
}
