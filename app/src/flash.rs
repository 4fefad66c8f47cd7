//! What a form keeps across the redirect that answers a plain form post (a browser without WASM).
//!
//! A form names itself with a hidden field ([`FORM_FIELD`]). When its server function fails, the server keeps a [`Flash`] for
//! the session (for a stranger: in a sealed cookie), once and for 15 minutes, and answers 303 to the page the form came from, at `#form-id`. The page finds the flash
//! in the context of its render and shows the error at the field with everything that was typed, passwords excepted.
//! A success may leave a [`Notice`] the same way.

#[cfg(feature = "ssr")]
mod server;
#[cfg(test)]
mod tests;

#[cfg(feature = "ssr")]
pub use server::{Left, NoticeSlot, notify, notify_and_keep};

use serde::{Deserialize, Serialize};

use crate::error::AppError;

/// Hidden field that names the form: the id of its element, unique on the page.
pub const FORM_FIELD: &str = "_form";

/// A form that could not be saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// The value of [`FORM_FIELD`]; empty when the form has no name.
    pub form_id: String,
    /// What was typed, in order and with repeated names (keywords), without passwords, codes and tokens.
    pub fields: Vec<(String, String)>,
    /// Why it was not saved.
    pub error: AppError,
}

impl Flash {
    /// Whether it is of the form `form_id`, whose fields `about` had the same values.
    #[must_use]
    pub fn belongs_to(&self, form_id: &str, about: &[(&str, &str)]) -> bool {
        self.form_id == form_id && about.iter().all(|(name, value)| self.value(name) == Some(*value))
    }

    /// What was typed into `name`, the first if there are several.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }

    /// Everything that was typed into fields called `name`.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields
            .iter()
            .filter(move |(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }
}

/// A form that was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The value of [`FORM_FIELD`].
    pub form_id: String,
    /// What happened, as a sentence.
    pub message: String,
    /// What was typed, where the form is filled with it again.
    #[serde(default)]
    pub fields: Vec<(String, String)>,
}

/// What the page that is being rendered was handed by the request before it. Provided to every render as context.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PageFlash {
    /// A form that failed.
    pub failed: Option<Flash>,
    /// A form that was saved.
    pub saved: Option<Notice>,
}
