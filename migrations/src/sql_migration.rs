//! The one way to write a migration: its statements happen together or not at all, on both databases.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

use crate::dialect;

/// Statements that take the schema one version further. Never edited once it is released.
#[derive(Debug)]
pub struct SqlMigration {
    /// Unique for good.
    pub name: &'static str,
    /// In the order in which foreign keys need them.
    pub statements: &'static [&'static [&'static str]],
    /// After those, on PostgreSQL only.
    pub on_postgres: &'static [&'static str],
}

impl SqlMigration {
    /// What runs on `backend`.
    #[must_use]
    pub fn statements_on(&self, backend: DatabaseBackend) -> Vec<String> {
        let more = match backend {
            DatabaseBackend::Postgres => self.on_postgres,
            _ => &[],
        };
        let all = self.statements.iter().copied().flatten().chain(more);
        all.map(|statement| dialect::render(backend, statement)).collect()
    }
}

impl MigrationName for &'static SqlMigration {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for &'static SqlMigration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in self.statements_on(manager.get_database_backend()) {
            manager.get_connection().execute_unprepared(&statement).await?;
        }
        Ok(())
    }

    /// SQLite's changes of the schema are transactional too; left to itself SeaORM asks for a transaction on PostgreSQL only.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
