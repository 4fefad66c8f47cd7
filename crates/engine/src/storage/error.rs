//! What can go wrong with the database, by what the caller can do about it.

use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// A failed database operation.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The database cannot be reached, is full or too busy: the same call may work later.
    #[error("the database is not available")]
    Unavailable(#[source] DbErr),
    /// A unique key, foreign key or check constraint refused the change.
    #[error("the database refused the change")]
    Refused(#[source] DbErr),
    /// The URL or the schema is wrong.
    #[error("the database is not set up: {0}")]
    Setup(String),
    /// A stored value cannot be read as what it should be.
    #[error("a stored {0} cannot be read")]
    Corrupt(&'static str),
}

impl From<DbErr> for StorageError {
    fn from(error: DbErr) -> Self {
        if error.sql_err().is_some_and(|kind| {
            matches!(
                kind,
                SqlErr::UniqueConstraintViolation(_) | SqlErr::ForeignKeyConstraintViolation(_)
            )
        }) {
            return Self::Refused(error);
        }
        match &error {
            DbErr::TryIntoErr { into, .. } => Self::Corrupt(into),
            DbErr::Exec(RuntimeErr::SqlxError(inner)) | DbErr::Query(RuntimeErr::SqlxError(inner)) => {
                match inner.as_database_error() {
                    Some(refused) if refused.is_check_violation() => Self::Refused(error),
                    _ => Self::Unavailable(error),
                }
            }
            _ => Self::Unavailable(error),
        }
    }
}

impl From<sqlx::Error> for StorageError {
    fn from(error: sqlx::Error) -> Self {
        Self::from(DbErr::Conn(RuntimeErr::SqlxError(error.into())))
    }
}
