//! Why the log is not shown.

use domain::limits::FieldError;

use crate::storage::StorageError;

/// The log is not shown.
#[derive(Debug, thiserror::Error)]
pub enum MessagesError {
    /// A date is not a date, under `from` or `to`.
    #[error("some fields need another look")]
    Invalid(Vec<FieldError>),
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}
