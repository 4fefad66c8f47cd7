//! The outcomes of looking after keys, besides success.

use domain::limits::FieldError;

use crate::storage::StorageError;

/// A key was not made or revoked.
#[derive(Debug, thiserror::Error)]
pub enum ApiKeysError {
    /// There is no such key, or it belongs to another tenant.
    #[error("there is no such key")]
    NotFound,
    /// Something typed cannot be used.
    #[error("some fields need another look")]
    Invalid(Vec<FieldError>),
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}
