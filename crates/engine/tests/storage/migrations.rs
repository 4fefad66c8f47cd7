//! An upgrade can stop at any statement and start again, and a later release's schema does not lock this one out.

use engine::jobs;
use engine::storage::{Database, DatabaseBackend, StorageError, sql};
use migrations::{ALL, SqlMigration, schema_version};
use sea_orm_migration::prelude::*;

use crate::support::{TestDatabase, empty_databases, for_each_database};

/// A migration that does the first statements of another one, and then fails as on a full disk.
struct Interrupted {
    migration: &'static SqlMigration,
    after: usize,
}

impl MigrationName for Interrupted {
    fn name(&self) -> &str {
        self.migration.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Interrupted {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let statements = self.migration.statements_on(manager.get_database_backend());
        for statement in statements.iter().take(self.after) {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Err(DbErr::Custom("the disk is full".into()))
    }
}

/// Every table, column and index, in words.
async fn schema_of(database: &Database) -> Vec<String> {
    let text = match database.backend() {
        DatabaseBackend::Postgres => {
            "SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable
                || COALESCE(' ' || column_default, '')
            FROM information_schema.columns WHERE table_schema = 'public'
            UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
            UNION ALL SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
                WHERE connamespace = 'public'::regnamespace
            ORDER BY 1"
        }
        _ => "SELECT COALESCE(sql, name) FROM sqlite_schema ORDER BY 1",
    };
    sql::values(database.writer(), text, []).await.unwrap()
}

fn before(index: usize) -> Vec<Box<dyn MigrationTrait>> {
    ALL[..index].iter().map(|migration| Box::new(*migration) as _).collect()
}

#[tokio::test]
async fn a_migration_that_fails_at_any_statement_leaves_no_trace_and_runs_again() {
    empty_databases(async |database| {
        for (index, migration) in ALL.iter().enumerate() {
            schema_version::apply_missing(database.writer(), &before(index))
                .await
                .unwrap();
            let untouched = schema_of(&database).await;
            for after in 0..=migration.statements_on(database.backend()).len() {
                let mut list = before(index);
                list.push(Box::new(Interrupted { migration, after }));
                let failed = schema_version::apply_missing(database.writer(), &list).await;
                assert!(failed.is_err());
                assert_eq!(
                    schema_of(&database).await,
                    untouched,
                    "{} after {after}",
                    migration.name
                );
            }
        }
        database.migrate_tables().await.unwrap();
        let names: Vec<String> = sql::values(database.writer(), "SELECT version FROM seaql_migrations ORDER BY 1", [])
            .await
            .unwrap();
        assert_eq!(names, Database::migration_names());
    })
    .await;
}

async fn further(database: &TestDatabase, readable_from: i64) {
    let text = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m20991231_000001_later', 1)";
    sql::execute(database.writer(), text, []).await.unwrap();
    let text = "INSERT INTO schema_versions (version, readable_from) VALUES ($1, $2)";
    let values = [(schema_version::CURRENT + 1).into(), readable_from.into()];
    sql::execute(database.writer(), text, values).await.unwrap();
}

#[tokio::test]
async fn a_later_release_that_only_added_lets_this_one_start() {
    for_each_database(|database| async move {
        further(&database, schema_version::CURRENT).await;
        jobs::migrate(&database).await.unwrap();
        assert!(!jobs::pending_migrations(&database).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_later_release_that_took_something_away_is_named() {
    for_each_database(|database| async move {
        further(&database, schema_version::CURRENT + 1).await;
        let Err(StorageError::Setup(problem)) = jobs::migrate(&database).await else {
            panic!("it must not start");
        };
        assert!(problem.contains("a later release wrote it"), "{problem}");
    })
    .await;
}

#[tokio::test]
async fn the_schema_says_its_version() {
    for_each_database(|database| async move {
        let text = "SELECT MAX(version) FROM schema_versions";
        let version: Option<i64> = sql::value(database.writer(), text, []).await.unwrap();
        assert_eq!(
            version,
            Some(schema_version::CURRENT),
            "a migration adds its row of schema_versions"
        );
    })
    .await;
}
