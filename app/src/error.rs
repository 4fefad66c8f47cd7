//! The one error of every server function: small, serialisable, and fit to be read by a person.
//!
//! Nothing internal travels in it. Causes are logged on the server, once, with the error id that [`AppError::Internal`] shows.
//! As JSON it is `{"error": kind, "message": sentence, …}`; an invalid field adds `"field"` (the first) and `"fields"` (all).

mod wire;

#[cfg(feature = "ssr")]
mod report;
#[cfg(test)]
mod tests;

#[cfg(feature = "ssr")]
pub use report::new_error_id;

use crate::json;
use domain::limits::FieldError;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use server_fn::codec::JsonEncoding;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

/// Why a server function did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(into = "wire::Wire", from = "wire::Wire")]
pub enum AppError {
    /// Nobody is signed in: 401.
    #[error("Sign in to go on.")]
    NotSignedIn,
    /// The role is too small: 403.
    #[error("You may look at this, but not change it. Ask an owner of this workspace.")]
    NotAllowed,
    /// Not there, or another tenant's: 404.
    #[error("This does not exist any more. Go back and reload the page.")]
    NotFound,
    /// Somebody else changed it: 409.
    #[error("{message}")]
    Conflict {
        /// Who or what came first, as a sentence.
        message: String,
        /// The present state as JSON, so that the page can keep both sides' work.
        current: Option<String>,
    },
    /// The input breaks a limit: 422.
    #[error("{}", first_message(fields))]
    Invalid {
        /// One entry per field; never empty.
        fields: Vec<FieldError>,
    },
    /// Too often: 429.
    #[error("{message}")]
    TooMany {
        /// How long to wait.
        retry_after_seconds: u64,
        /// How long to wait, as a sentence.
        message: String,
    },
    /// A dependency is unavailable for now: 503.
    #[error("{message}")]
    Unavailable {
        /// What is away and what to do, as a sentence.
        message: String,
    },
    /// Our mistake: 500.
    #[error("Something broke on our side. Try again; if it stays, give the operator this number: {error_id}")]
    Internal {
        /// Finds the cause in the server's log.
        error_id: String,
    },
}

impl AppError {
    /// One invalid field.
    #[must_use]
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid {
            fields: vec![FieldError {
                field: field.to_owned(),
                message: message.into(),
            }],
        }
    }

    /// A change that came too late.
    #[must_use]
    pub fn conflict(message: impl Into<String>) -> Self {
        Self::Conflict {
            message: message.into(),
            current: None,
        }
    }

    /// A dependency is unavailable.
    #[must_use]
    pub fn unavailable(message: impl Into<String>) -> Self {
        Self::Unavailable {
            message: message.into(),
        }
    }

    /// The present state that a conflict carries.
    #[must_use]
    pub fn current<T: DeserializeOwned>(&self) -> Option<T> {
        match self {
            Self::Conflict { current, .. } => json::read(current.as_ref()?).ok(),
            _ => None,
        }
    }

    /// The HTTP status that says the same.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::NotSignedIn => 401,
            Self::NotAllowed => 403,
            Self::NotFound => 404,
            Self::Conflict { .. } => 409,
            Self::Invalid { .. } => 422,
            Self::TooMany { .. } => 429,
            Self::Internal { .. } => 500,
            Self::Unavailable { .. } => 503,
        }
    }

    /// The message for `field`, if this error is about it.
    #[must_use]
    pub fn field(&self, field: &str) -> Option<&str> {
        match self {
            Self::Invalid { fields } => fields
                .iter()
                .find(|error| error.field == field)
                .map(|error| &*error.message),
            _ => None,
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(text) | ServerFnErrorErr::MissingArg(text) => unreadable_argument(&text),
            ServerFnErrorErr::Request(_) => {
                Self::unavailable("Concierge cannot be reached. Check your connection and try again.")
            }
            ServerFnErrorErr::Deserialization(text) => unreadable_message(&text),
            other => unexpected(&other),
        }
    }
}

/// Parsers quote the name of the field in backticks; what was typed is never repeated.
fn unreadable_argument(text: &str) -> AppError {
    let field = text.split('`').nth(1).unwrap_or_default();
    let sentence = if text.starts_with("missing field") {
        "This is missing."
    } else {
        "This cannot be read. Type it again."
    };
    AppError::invalid(field, sentence)
}

#[cfg(feature = "ssr")]
fn unreadable_message(text: &str) -> AppError {
    unreadable_argument(text)
}

#[cfg(not(feature = "ssr"))]
fn unreadable_message(_: &str) -> AppError {
    AppError::unavailable("The answer of Concierge could not be read. Reload the page and try again.")
}

#[cfg(feature = "ssr")]
fn unexpected(error: &ServerFnErrorErr) -> AppError {
    AppError::internal(error)
}

#[cfg(not(feature = "ssr"))]
fn unexpected(_: &ServerFnErrorErr) -> AppError {
    AppError::Internal {
        error_id: "browser".into(),
    }
}

fn first_message(fields: &[FieldError]) -> &str {
    fields
        .first()
        .map_or("Something you typed cannot be used.", |error| &error.message)
}
