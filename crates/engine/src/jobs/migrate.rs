//! Brings the tables of apalis and our own up to date, one process at a time.

use apalis_postgres::PostgresStorage;
use apalis_sqlite::SqliteStorage;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::{PgPool, SqlitePool};

use crate::storage::{Database, JobPool, StorageError, sql};

/// Any number, as long as every release uses the same one.
const MIGRATION_LOCK: i64 = 0x636f_6e63_6965_7267;

/// With these indices SQLite's planner walks every pending job to lock one and every finished job to acknowledge one: about
/// 260 jobs a second and falling, against tens of thousands without them.
const MISLEADING_INDICES: [&str; 4] = [
    "LIdx",
    "idx_jobs_status_run_at",
    "idx_jobs_job_type_status_run_at",
    "idx_jobs_claimable",
];

/// Applies every missing migration; safe to call from several processes at once.
///
/// # Errors
/// [`StorageError::Setup`] when the tables belong to another release, else what the database answers.
pub async fn migrate(database: &Database) -> Result<(), StorageError> {
    match database.job_pool() {
        JobPool::Postgres(pool) => migrate_postgres(database, pool).await?,
        JobPool::Sqlite(pool) => migrate_sqlite(database, pool).await?,
    }
    check_indices(database).await
}

/// Drops what apalis brings that does harm here, and what an upgrade may have brought back. Called at every start.
pub async fn check_indices(database: &Database) -> Result<(), StorageError> {
    match database.job_pool() {
        JobPool::Sqlite(_) => {
            for index in MISLEADING_INDICES {
                sql::execute(database.writer(), format!("DROP INDEX IF EXISTS {index}"), []).await?;
            }
            Ok(())
        }
        JobPool::Postgres(_) => drop_notifications(database).await,
    }
}

/// apalis notifies of every inserted row, and a commit that notifies excludes all others until it is on disk: 311 instead of
/// 1,999 commits a second with 8 connections. Nobody listens to it: [`super::wake`] notifies after the commit.
async fn drop_notifications(database: &Database) -> Result<(), StorageError> {
    // Asked first, because dropping locks the table even if there is nothing to drop.
    let text = "SELECT COUNT(*) AS found FROM pg_trigger
        WHERE tgname = 'notify_workers' AND tgrelid = to_regclass('apalis.jobs')";
    if sql::value::<i64, _>(database.writer(), text, []).await? > Some(0) {
        let text = "DROP TRIGGER IF EXISTS notify_workers ON apalis.jobs";
        sql::execute(database.writer(), text, []).await?;
    }
    Ok(())
}

/// Whether this release knows migrations that the database has not seen. Writes nothing.
///
/// # Errors
/// [`StorageError::Unavailable`] when the database cannot be asked.
pub async fn pending_migrations(database: &Database) -> Result<bool, StorageError> {
    let (ours_table, jobs_table) = match database.job_pool() {
        JobPool::Sqlite(_) => ("seaql_migrations", "_sqlx_migrations"),
        JobPool::Postgres(_) => ("seaql_migrations", "apalis._sqlx_migrations"),
    };
    if !table_exists(database, ours_table).await? || !table_exists(database, jobs_table).await? {
        return Ok(true);
    }
    let text = format!("SELECT version FROM {ours_table}");
    let ours: Vec<String> = sql::values(database.reader(), text, []).await?;
    let text = format!("SELECT CAST(version AS TEXT) AS version FROM {jobs_table} WHERE success");
    let jobs: Vec<String> = sql::values(database.reader(), text, []).await?;
    let ours_missing = Database::migration_names().iter().any(|known| !ours.contains(known));
    let jobs_missing = job_migrations(database)
        .iter()
        .any(|known| !jobs.contains(&known.version.to_string()));
    Ok(ours_missing || jobs_missing)
}

/// Those of a later release are left alone: it may run beside this one.
fn job_migrations(database: &Database) -> Migrator {
    let mut migrator = match database.job_pool() {
        JobPool::Sqlite(_) => SqliteStorage::migrations(),
        JobPool::Postgres(_) => PostgresStorage::migrations(),
    };
    migrator.set_ignore_missing(true);
    migrator
}

async fn table_exists(database: &Database, name: &str) -> Result<bool, StorageError> {
    let text = match database.job_pool() {
        JobPool::Sqlite(_) => "SELECT COUNT(*) AS found FROM sqlite_schema WHERE type = 'table' AND name = $1",
        JobPool::Postgres(_) => "SELECT COUNT(to_regclass($1)) AS found",
    };
    Ok(sql::value::<i64, _>(database.reader(), text, [name.into()]).await? > Some(0))
}

async fn migrate_sqlite(database: &Database, pool: &SqlitePool) -> Result<(), StorageError> {
    // `SqliteStorage::setup` would also switch `synchronous` off on our only writer: a power cut would lose acknowledged DMs.
    job_migrations(database).run(pool).await.map_err(unusable)?;
    database.migrate_tables().await
}

async fn migrate_postgres(database: &Database, pool: &PgPool) -> Result<(), StorageError> {
    let mut lock = pool.acquire().await?;
    // Closing the connection frees the lock, whatever happens to this future.
    lock.close_on_drop();
    sqlx::query("SELECT pg_advisory_lock($1)")
        .bind(MIGRATION_LOCK)
        .execute(&mut *lock)
        .await?;
    job_migrations(database).run(pool).await.map_err(unusable)?;
    database.migrate_tables().await?;
    lock.close().await.map_err(StorageError::from)
}

fn unusable(error: MigrateError) -> StorageError {
    match error {
        MigrateError::Execute(cause) | MigrateError::ExecuteMigration(cause, _) => cause.into(),
        other => StorageError::Setup(other.to_string()),
    }
}
