//! The outcomes of changing an account, besides success.

use domain::limits::FieldError;
use domain::views::DefaultReplyConflict;

use crate::messages::MessagesError;
use crate::rules::ChangeError;
use crate::storage::StorageError;

/// An account was not changed or not shown.
#[derive(Debug, thiserror::Error)]
pub enum AccountsError {
    /// There is no such account, or it belongs to another tenant.
    #[error("there is no such account")]
    NotFound,
    /// Something typed cannot be used.
    #[error("some fields need another look")]
    Invalid(Vec<FieldError>),
    /// Somebody changed the default reply meanwhile.
    #[error("somebody changed the default reply meanwhile")]
    DefaultReplyChanged(Box<DefaultReplyConflict>),
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<ChangeError> for AccountsError {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::NotFound => Self::NotFound,
            ChangeError::Invalid(fields) => Self::Invalid(fields),
            ChangeError::Storage(error) => Self::Storage(error),
        }
    }
}

impl From<MessagesError> for AccountsError {
    fn from(error: MessagesError) -> Self {
        match error {
            MessagesError::Invalid(fields) => Self::Invalid(fields),
            MessagesError::Storage(error) => Self::Storage(error),
        }
    }
}
