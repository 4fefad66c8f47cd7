//! What can go wrong with the database, by what the caller can do about it.

use sea_orm::{DbErr, RuntimeErr, SqlErr};
use sqlx::error::DatabaseError;

/// A failed database operation.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The database cannot be reached, stops, or is full: the same call may work later.
    #[error("the database is not available")]
    Unavailable(#[source] DbErr),
    /// Others were changing the same rows: the same call may work at once.
    #[error("the database was busy with the same rows")]
    Busy(#[source] DbErr),
    /// A unique key, foreign key or check constraint refused the change.
    #[error("the database refused the change")]
    Refused(#[source] DbErr),
    /// A value is nothing that the database can take, or what it holds is of an unexpected form: the same call fails again, others do not.
    #[error("the database cannot take a value, or holds one that cannot be read")]
    Invalid(#[source] DbErr),
    /// The database does not understand a statement, or lacks what it names: a mistake of this release or of the schema, whatever the values.
    #[error("the database does not understand a statement")]
    Statement(#[source] DbErr),
    /// The URL or the schema is wrong.
    #[error("the database is not set up: {0}")]
    Setup(String),
    /// A stored value cannot be read as what it should be.
    #[error("a stored {0} cannot be read")]
    Corrupt(&'static str),
}

impl StorageError {
    /// For whoever need not ask: another one of the same group was just told so.
    pub(crate) fn still_unavailable() -> Self {
        let cause = RuntimeErr::Internal("the database was not available a moment ago".into());
        Self::Unavailable(DbErr::Conn(cause))
    }

    /// Whether the rows or values that were asked about are at fault, and nothing else would fail with them.
    #[must_use]
    pub const fn is_fault(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::Invalid(_) | Self::Corrupt(_))
    }

    /// Whether what was to be written is at fault. What is stored and cannot be read is not: the same write may succeed when that
    /// is gone.
    #[must_use]
    pub fn is_fault_of_the_given(&self) -> bool {
        match self {
            Self::Refused(_) => true,
            Self::Invalid(
                DbErr::Conn(RuntimeErr::SqlxError(error))
                | DbErr::Exec(RuntimeErr::SqlxError(error))
                | DbErr::Query(RuntimeErr::SqlxError(error)),
            ) => is_about_the_given(error),
            _ => false,
        }
    }
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
            DbErr::Conn(RuntimeErr::SqlxError(inner))
            | DbErr::Exec(RuntimeErr::SqlxError(inner))
            | DbErr::Query(RuntimeErr::SqlxError(inner)) => match kind(inner) {
                Kind::Away => Self::Unavailable(error),
                Kind::Busy => Self::Busy(error),
                Kind::Refused => Self::Refused(error),
                Kind::Value => Self::Invalid(error),
                Kind::Statement => Self::Statement(error),
            },
            DbErr::ConnectionAcquire(_)
            | DbErr::Conn(_)
            | DbErr::Exec(_)
            | DbErr::Query(_)
            | DbErr::MutexPoisonError => Self::Unavailable(error),
            DbErr::BackendNotSupported { .. } => Self::Statement(error),
            _ => Self::Invalid(error),
        }
    }
}

impl From<sqlx::Error> for StorageError {
    fn from(error: sqlx::Error) -> Self {
        Self::from(DbErr::Conn(RuntimeErr::SqlxError(error.into())))
    }
}

fn is_about_the_given(error: &sqlx::Error) -> bool {
    use sqlx::Error::{Database, Encode, InvalidArgument};
    matches!(error, Database(_) | Encode(_) | InvalidArgument(_))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Away,
    Busy,
    Refused,
    Value,
    Statement,
}

fn kind(error: &sqlx::Error) -> Kind {
    match error {
        sqlx::Error::Database(error) if error.is_check_violation() => Kind::Refused,
        sqlx::Error::Database(error) => of_code(error.as_ref()),
        sqlx::Error::Encode(_)
        | sqlx::Error::Decode(_)
        | sqlx::Error::ColumnDecode { .. }
        | sqlx::Error::ColumnNotFound(_)
        | sqlx::Error::ColumnIndexOutOfBounds { .. }
        | sqlx::Error::TypeNotFound { .. }
        | sqlx::Error::RowNotFound
        | sqlx::Error::InvalidArgument(_) => Kind::Value,
        _ => Kind::Away,
    }
}

fn of_code(error: &dyn DatabaseError) -> Kind {
    let code = error.code().unwrap_or_default();
    match error.try_downcast_ref::<sqlx::postgres::PgDatabaseError>() {
        Some(_) => of_sqlstate(&code),
        None => of_sqlite_code(code.parse().unwrap_or_default()),
    }
}

/// Source: PostgreSQL, "Appendix A. Error Codes".
fn of_sqlstate(code: &str) -> Kind {
    match code {
        // A lock that is not to be had, an object in use.
        "55P03" | "55006" => Kind::Busy,
        // Turned away at the door, or no longer the server that takes writes.
        "25006" | "3D000" | "55000" => Kind::Away,
        // A pooler between us and the server has lost the statement.
        "26000" => Kind::Busy,
        _ => match code.get(..2).unwrap_or_default() {
            "40" => Kind::Busy,
            "23" => Kind::Refused,
            "08" | "28" | "53" | "57" | "58" => Kind::Away,
            "21" | "22" => Kind::Value,
            _ => Kind::Statement,
        },
    }
}

/// Source: SQLite, "Result and Error Codes"; the lowest byte of an extended code is the primary one.
fn of_sqlite_code(code: i32) -> Kind {
    const BUSY: i32 = 5;
    const LOCKED: i32 = 6;
    const CONSTRAINT: i32 = 19;
    /// Too large, of another type, out of range.
    const VALUE: [i32; 3] = [18, 20, 25];
    /// No memory, read-only, interrupted, input or output, damaged, full, cannot open, protocol, not allowed, no database.
    const AWAY: [i32; 10] = [7, 8, 9, 10, 11, 13, 14, 15, 23, 26];
    match code & 0xff {
        BUSY | LOCKED => Kind::Busy,
        CONSTRAINT => Kind::Refused,
        primary if AWAY.contains(&primary) => Kind::Away,
        primary if VALUE.contains(&primary) => Kind::Value,
        _ => Kind::Statement,
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::ConnAcquireErr;

    use super::*;

    #[test]
    fn a_connection_that_is_not_to_be_had_is_nobodys_fault() {
        let stopped = || RuntimeErr::Internal("the task was cancelled".into());
        let errors = [
            DbErr::ConnectionAcquire(ConnAcquireErr::Timeout),
            DbErr::Conn(stopped()),
            DbErr::Exec(stopped()),
            DbErr::MutexPoisonError,
            DbErr::Conn(RuntimeErr::SqlxError(sqlx::Error::PoolTimedOut.into())),
            DbErr::Query(RuntimeErr::SqlxError(sqlx::Error::WorkerCrashed.into())),
        ];
        for error in errors.map(StorageError::from) {
            assert!(matches!(error, StorageError::Unavailable(_)), "{error:?}");
        }
    }

    #[test]
    fn only_a_database_that_is_away_is_called_away() {
        for code in ["08006", "53300", "57P01", "57P03", "58030", "28P01", "25006", "55000"] {
            assert_eq!(of_sqlstate(code), Kind::Away, "{code}");
        }
        for code in ["40001", "40P01", "55P03"] {
            assert_eq!(of_sqlstate(code), Kind::Busy, "{code}");
        }
        for code in ["22021", "22003"] {
            assert_eq!(of_sqlstate(code), Kind::Value, "{code}");
        }
        for code in ["42P01", "42703", "42601", "0A000", "XX000", ""] {
            assert_eq!(of_sqlstate(code), Kind::Statement, "{code}");
        }
        let sqlite = [
            (13, Kind::Away),
            (14, Kind::Away),
            (266, Kind::Away),
            (5, Kind::Busy),
            (517, Kind::Busy),
            (262, Kind::Busy),
        ];
        for (code, kind) in sqlite
            .into_iter()
            .chain([(1, Kind::Statement), (20, Kind::Value), (275, Kind::Refused)])
        {
            assert_eq!(of_sqlite_code(code), kind, "{code}");
        }
    }
}
