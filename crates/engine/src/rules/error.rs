//! The outcomes of changing rules, besides success.

use domain::limits::FieldError;
use domain::views::{ListConflict, RuleConflict};

use crate::storage::StorageError;

/// A change was not made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ChangeError {
    /// Another tenant's account, or none.
    #[error("there is no such account or rule")]
    NotFound,
    /// A reply does not fit.
    #[error("some fields need another look")]
    Invalid(Vec<FieldError>),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// A rule was not changed.
#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    /// There is no such account or rule, or it belongs to another tenant, or a deleted rule is gone for good.
    #[error("there is no such rule")]
    NotFound,
    /// Something typed cannot be used.
    #[error("some fields need another look")]
    Invalid(Vec<FieldError>),
    /// Somebody changed the same rule meanwhile.
    #[error("somebody changed this rule meanwhile")]
    RuleChanged(Box<RuleConflict>),
    /// Somebody changed the list meanwhile.
    #[error("somebody changed the list meanwhile")]
    ListChanged(Box<ListConflict>),
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<ChangeError> for RulesError {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::NotFound => Self::NotFound,
            ChangeError::Invalid(fields) => Self::Invalid(fields),
            ChangeError::Storage(error) => Self::Storage(error),
        }
    }
}
