//! The differences between SQLite and PostgreSQL that the schema needs, in one place.
//!
//! Instants are `BIGINT` milliseconds since the Unix epoch, enumerations are `TEXT` with a check constraint: both
//! read the same in either database (docs/adr/0002-one-sql-text.md).

use sea_orm_migration::sea_orm::DatabaseBackend;

/// Replaces `{uuid}` and `{bytes}` by what `backend` calls them.
pub(crate) fn render(backend: DatabaseBackend, sql: &str) -> String {
    let (uuid, bytes) = match backend {
        DatabaseBackend::Postgres => ("UUID", "BYTEA"),
        _ => ("BLOB", "BLOB"),
    };
    sql.replace("{uuid}", uuid).replace("{bytes}", bytes)
}
