//! A customer's message, prepared once for any number of keywords.

use super::edges::word_edges;
use super::fold::{fold_plain, fold_typed_out};

/// A folded message with its word edges. It holds a customer's words, so it has neither `Debug` nor `Display`.
pub struct FoldedMessage {
    plain: FoldedText,
    typed_out: Option<(String, Vec<usize>)>,
}

/// One way of writing a message.
pub(super) struct FoldedText {
    text: String,
    edges: Vec<bool>,
    /// Between the two letters of an umlaut that is typed out.
    torn: Vec<usize>,
}

impl FoldedMessage {
    /// Folds `text` and finds its word edges.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let (plain, has_umlauts) = fold_plain(text);
        Self {
            plain: FoldedText::new(plain, Vec::new()),
            typed_out: if has_umlauts { fold_typed_out(text) } else { None },
        }
    }

    /// With `ü` as `u`.
    pub(super) fn plain(&self) -> &FoldedText {
        &self.plain
    }

    /// With `ü` as `ue`, if there is one. Its edges are found when a config has a keyword that can tell the two apart.
    pub(super) fn typed_out(&self) -> Option<FoldedText> {
        let (text, torn) = self.typed_out.clone()?;
        Some(FoldedText::new(text, torn))
    }
}

impl FoldedText {
    fn new(text: String, torn: Vec<usize>) -> Self {
        let edges = word_edges(&text);
        Self { text, edges, torn }
    }

    /// The folded text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether byte position `at` is inside of an umlaut.
    pub(super) fn tears(&self, at: usize) -> bool {
        self.torn.contains(&at)
    }

    /// Whether a word may begin or end at byte position `at`.
    pub(super) fn edge(&self, at: usize) -> bool {
        self.edges.get(at).copied().unwrap_or(false)
    }
}
