//! What a request to delete a person's data must find, and where PostgreSQL must not copy what will be destroyed.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

use crate::dialect;

#[derive(Debug)]
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261127_000004_erasure"
    }
}

const STATEMENTS: &[&str] = &[
    // The app-scoped Facebook id, as in instagram_accounts.connected_by; gone with the row after an hour.
    "ALTER TABLE connect_visits ADD COLUMN person_id TEXT",
];

/// ANALYZE copies samples of each column into the catalogue, where rewriting the table does not reach them: none of this one.
/// A change of the type, though to the same one, drops the samples that are there.
/// <https://www.postgresql.org/docs/current/sql-altertable.html>
const ON_POSTGRES: &[&str] = &[
    "ALTER TABLE sealed_values ALTER COLUMN ciphertext TYPE BYTEA",
    "ALTER TABLE sealed_values ALTER COLUMN ciphertext SET STATISTICS 0",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        let backend = manager.get_database_backend();
        let more = match backend {
            DatabaseBackend::Postgres => ON_POSTGRES,
            _ => &[],
        };
        for statement in STATEMENTS.iter().chain(more) {
            let sql = dialect::render(backend, statement);
            connection.execute_unprepared(&sql).await?;
        }
        Ok(())
    }
}
