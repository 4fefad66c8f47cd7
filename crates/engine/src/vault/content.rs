//! Message content in the short time between opening and using it.

use zeroize::Zeroizing;

/// A customer's words or ours. It has neither `Debug` nor `Display`, so no log line or error can hold it by accident,
/// and its memory is wiped when it is dropped.
#[derive(Clone)]
pub struct Content(Zeroizing<String>);

impl Content {
    /// Takes over `text`.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The words themselves: for matching and sending, never for a log.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The words, unless there are only blanks.
    #[must_use]
    pub fn non_blank(self) -> Option<Self> {
        (!self.0.trim().is_empty()).then_some(self)
    }
}

impl PartialEq for Content {
    fn eq(&self, other: &Self) -> bool {
        *self.0 == *other.0
    }
}
