//! Where a cause is logged: once, with the id that the person is shown.

use std::error::Error;
use std::fmt::Display;

use engine::storage::StorageError;
use uuid::Uuid;

use super::AppError;

impl AppError {
    /// Logs `cause` with all its sources and keeps only an error id.
    #[must_use]
    pub fn internal(cause: &dyn Error) -> Self {
        let error_id = new_error_id();
        tracing::error!(error_id, cause = %chain(cause), "a request failed");
        Self::Internal { error_id }
    }

    /// Logs `cause` and says that the database is away.
    #[must_use]
    pub fn database_unavailable(cause: impl Display) -> Self {
        let error_id = new_error_id();
        tracing::error!(error_id, %cause, "the database is away");
        Self::unavailable(format!(
            "The database does not answer right now. Nothing is lost: replies wait and go out when it is back. Try again in a \
             minute; if it stays, give the operator this number: {error_id}"
        ))
    }
}

/// A database that is away or busy is worth another try; anything else is a mistake of this program.
impl From<StorageError> for AppError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Unavailable(_) => Self::database_unavailable(chain(&error)),
            StorageError::Busy(_) => Self::Conflict {
                message:
                    "Somebody else was changing the same thing at the same moment. Nothing was changed. Try again."
                        .into(),
                current: None,
            },
            other => Self::internal(&other),
        }
    }
}

/// An id that finds one log line.
#[must_use]
pub fn new_error_id() -> String {
    Uuid::new_v4().simple().to_string()[..12].to_owned()
}

fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text.push_str(": ");
        text.push_str(&error.to_string());
        source = error.source();
    }
    text
}
