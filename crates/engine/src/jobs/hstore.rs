//! The job tables need PostgreSQL's extension `hstore`; creating it needs a privilege that a careful operator may not have given.

use sea_orm::FromQueryResult;

use crate::storage::{Database, JobPool, StorageError, sql};

#[derive(FromQueryResult)]
struct Row {
    installed: bool,
    available: bool,
    allowed: bool,
}

/// Why the extension cannot be had, as a sentence with the way out; `None` when it can, and on SQLite.
///
/// # Errors
/// What the database answers.
pub async fn hstore_problem(database: &Database) -> Result<Option<&'static str>, StorageError> {
    if let JobPool::Sqlite(_) = database.job_pool() {
        return Ok(None);
    }
    let text = "SELECT
        EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'hstore') AS installed,
        EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'hstore') AS available,
        has_database_privilege(current_database(), 'CREATE') AS allowed";
    let row = sql::optional::<Row, _>(database.reader(), text, []).await?;
    Ok(row.and_then(|row| match row {
        Row { installed: true, .. } | Row { available: true, allowed: true, .. } => None,
        Row { available: false, .. } => {
            Some("PostgreSQL's extension hstore is not on the database server; install its contrib package")
        }
        Row { allowed: false, .. } => Some(
            "the extension hstore is missing and this database user may not create it; as a superuser run CREATE EXTENSION hstore",
        ),
    }))
}
