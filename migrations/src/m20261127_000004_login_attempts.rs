//! Whose login attempt it is, so that a request to delete a person's data finds it.

use sea_orm_migration::prelude::*;

use crate::dialect;

#[derive(Debug)]
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261127_000004_login_attempts"
    }
}

const STATEMENTS: &[&str] = &[
    // The app-scoped Facebook id, as in instagram_accounts.connected_by; gone with the row after an hour.
    "ALTER TABLE connect_visits ADD COLUMN person_id TEXT",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        for statement in STATEMENTS {
            let sql = dialect::render(manager.get_database_backend(), statement);
            connection.execute_unprepared(&sql).await?;
        }
        Ok(())
    }
}
