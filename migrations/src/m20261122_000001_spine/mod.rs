//! The first schema: everything from the webhook to the ledger.

mod accounts;
mod credits;
mod messages;
mod operations;
mod replies;
mod rules;
mod tenants;

use sea_orm_migration::prelude::*;

use crate::dialect;

#[derive(Debug)]
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261122_000001_spine"
    }
}

/// The parts in the order in which foreign keys need them.
const PARTS: [&[&str]; 7] = [
    tenants::STATEMENTS,
    accounts::STATEMENTS,
    rules::STATEMENTS,
    messages::STATEMENTS,
    replies::STATEMENTS,
    credits::STATEMENTS,
    operations::STATEMENTS,
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        for statement in PARTS.concat() {
            let sql = dialect::render(manager.get_database_backend(), statement);
            connection.execute_unprepared(&sql).await?;
        }
        Ok(())
    }
}
