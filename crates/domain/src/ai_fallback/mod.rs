//! What happens to a customer's message when no answer of the AI may be sent: the account's choice. Stored as tagged JSON:
//! `{"kind":"canned","text":"…"}`, `{"kind":"hand_over"}` or `{"kind":"silence"}`.

use serde::{Deserialize, Serialize};

use crate::limits::{FieldError, LimitError, MAX_CANNED_BYTES, MAX_DISCLOSURE_BYTES, check_canned};

/// The longest text, in bytes: whatever line is put before it, Instagram takes both.
pub const MAX_FALLBACK_BYTES: usize = MAX_CANNED_BYTES - MAX_DISCLOSURE_BYTES - 2;

/// Instead of an answer that was held back, or that could not be paid for from the day's budget.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "text", rename_all = "snake_case")]
#[cfg_attr(
    feature = "sea-orm",
    derive(sea_orm::DeriveValueType),
    sea_orm(
        value_type = "String",
        from_str = "crate::columns::from_json",
        to_str = "crate::columns::to_json"
    )
)]
pub enum AiFallback {
    /// This text is sent in its place, and costs what a reply costs.
    Canned(String),
    /// Nothing is sent, and the conversation is left to a person.
    HandOver,
    /// Nothing is sent.
    #[default]
    Silence,
}

impl AiFallback {
    /// The choice as it is stored.
    ///
    /// # Errors
    /// A text that is blank, too long or not storable, under `canned`.
    pub fn check(&self) -> Result<Self, FieldError> {
        let Self::Canned(text) = self else {
            return Ok(self.clone());
        };
        let checked = check_canned(text).and_then(|text| match text.len() {
            bytes if bytes > MAX_FALLBACK_BYTES => Err(LimitError::FallbackTooLong { bytes }),
            _ => Ok(text),
        });
        checked
            .map(Self::Canned)
            .map_err(|error| FieldError::new("canned", &error))
    }

    /// What the account does, for the history.
    #[must_use]
    pub const fn sentence(&self) -> &'static str {
        match self {
            Self::Canned(_) => "When an AI reply is held back, a fixed text is sent.",
            Self::HandOver => "When an AI reply is held back, the conversation is left to a person.",
            Self::Silence => "When an AI reply is held back, nothing is sent.",
        }
    }
}

#[cfg(test)]
mod tests;
