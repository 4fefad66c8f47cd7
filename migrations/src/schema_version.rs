//! Which releases a schema serves: expand, backfill, contract.
//!
//! The schema's version is the number of its migrations. An expanding migration leaves the releases before it able to work; a
//! contracting one raises `readable_from` to the first version whose program can do without what it takes away.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{DatabaseBackend, DatabaseConnection, Statement, TransactionTrait};

use crate::{ALL, Migrator};

/// Another release has taken the schema further than this one can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooNew {
    /// The schema's version.
    pub version: i64,
    /// The oldest version whose program can use it.
    pub readable_from: i64,
}

/// The version of the schema that this release writes.
pub const CURRENT: i64 = ALL.len() as i64;

/// Whether a database that may be further than this release excludes it. A database without the table is older.
///
/// # Errors
/// What the database answers.
pub async fn too_new(connection: &DatabaseConnection) -> Result<Option<TooNew>, DbErr> {
    if !SchemaManager::new(connection).has_table("schema_versions").await? {
        return Ok(None);
    }
    let text = "SELECT MAX(version) AS version, MAX(readable_from) AS readable_from FROM schema_versions";
    let row = connection.query_one_raw(Statement::from_string(connection.get_database_backend(), text));
    let Some(row) = row.await? else {
        return Ok(None);
    };
    let version: Option<i64> = row.try_get("", "version")?;
    let readable_from: Option<i64> = row.try_get("", "readable_from")?;
    let found = version
        .zip(readable_from)
        .map(|(version, readable_from)| TooNew { version, readable_from });
    Ok(found.filter(|found| found.readable_from > CURRENT))
}

/// Applies each migration that is missing, in one transaction each. Migrations of a later release are left alone.
///
/// # Errors
/// What the database answers; everything before the failed migration stays.
pub async fn apply_missing(
    connection: &DatabaseConnection,
    migrations: &[Box<dyn MigrationTrait>],
) -> Result<(), DbErr> {
    Migrator::install(connection).await?;
    let applied = applied_names(connection).await?;
    for migration in migrations {
        if applied.iter().any(|name| name == migration.name()) {
            continue;
        }
        let transaction = connection.begin().await?;
        migration.up(&SchemaManager::new(&transaction)).await?;
        record(&transaction, migration.name()).await?;
        transaction.commit().await?;
    }
    Ok(())
}

async fn applied_names<C: ConnectionTrait>(connection: &C) -> Result<Vec<String>, DbErr> {
    let text = "SELECT version FROM seaql_migrations";
    let rows = connection.query_all_raw(Statement::from_string(connection.get_database_backend(), text));
    rows.await?.iter().map(|row| row.try_get("", "version")).collect()
}

async fn record<C: ConnectionTrait>(connection: &C, name: &str) -> Result<(), DbErr> {
    let seconds = match connection.get_database_backend() {
        DatabaseBackend::Postgres => "CAST(EXTRACT(EPOCH FROM now()) AS BIGINT)",
        _ => "CAST(strftime('%s', 'now') AS INTEGER)",
    };
    let text = format!("INSERT INTO seaql_migrations (version, applied_at) VALUES ($1, {seconds})");
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), text, [name.into()]);
    connection.execute_raw(statement).await.map(drop)
}
