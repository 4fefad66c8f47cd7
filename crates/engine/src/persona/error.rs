//! The outcomes of changing a persona, besides success.

use domain::limits::FieldError;
use domain::views::PersonaConflict;

use crate::storage::StorageError;

/// A persona was not changed.
#[derive(Debug, thiserror::Error)]
pub enum PersonasError {
    /// There is no such version.
    #[error("there is no such version")]
    NotFound,
    /// Something typed cannot be used.
    #[error("some fields need another look")]
    Invalid(Vec<FieldError>),
    /// Somebody saved another version meanwhile.
    #[error("somebody changed the persona meanwhile")]
    Changed(Box<PersonaConflict>),
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}
