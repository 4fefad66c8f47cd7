//! Erasure in the data files of PostgreSQL: `VACUUM FULL` writes the live rows to new files and cuts the old ones to nothing.
//!
//! Plain VACUUM gives the place of a dead row back without clearing it. Until PostgreSQL recycles them, segments of the
//! write-ahead log hold what was once written: docs/operations.md.

use sqlx::{AssertSqlSafe, PgConnection, PgPool};

use super::{Bounds, destroyed_so_far};
use crate::storage::StorageError;

#[derive(sqlx::FromRow)]
struct Table {
    file: i64,
    live: i64,
    /// Deleted rows that VACUUM had to leave, because an old snapshot may still read them.
    dead: i64,
}

/// Returns what was destroyed until then, and whether all of it is erased.
pub(super) async fn erase(pool: &PgPool, bounds: Bounds) -> Result<(u64, bool), StorageError> {
    let mut connection = pool.acquire().await?;
    // The limits below end with the connection, whatever happens to this future.
    connection.close_on_drop();
    let result = rewrite(&mut connection, bounds).await;
    connection.close().await?;
    result
}

async fn rewrite(connection: &mut PgConnection, bounds: Bounds) -> Result<(u64, bool), StorageError> {
    let limits = format!(
        "SET lock_timeout = {}; SET statement_timeout = {}",
        bounds.wait.as_millis(),
        bounds.work.as_millis()
    );
    sqlx::raw_sql(AssertSqlSafe(limits)).execute(&mut *connection).await?;
    let seen = destroyed_so_far();
    // A value is counted before its deletion is committed. The lock waits for those deletions: only then does plain VACUUM count
    // the rows that an older transaction may still read.
    run(connection, "BEGIN; LOCK TABLE sealed_values IN SHARE MODE; COMMIT").await?;
    // Rows that somebody may still read are copied by VACUUM FULL, which does not tell. Plain VACUUM counts them; what it could
    // have removed, VACUUM FULL removes as well.
    run(connection, "VACUUM sealed_values").await?;
    let before = look(connection).await?;
    if u64::try_from(before.live).is_ok_and(|live| live > bounds.rows) {
        return Ok((seen, false));
    }
    run(connection, "VACUUM (FULL) sealed_values").await?;
    if look(connection).await?.file == before.file {
        return Err(StorageError::Setup(
            "the database user must own the table sealed_values to erase what was destroyed in it".into(),
        ));
    }
    Ok((seen, before.dead == 0))
}

async fn run(connection: &mut PgConnection, command: &'static str) -> Result<(), StorageError> {
    sqlx::raw_sql(command).execute(connection).await?;
    Ok(())
}

async fn look(connection: &mut PgConnection) -> Result<Table, StorageError> {
    let text =
        "SELECT CAST(pg_relation_filenode(c.oid) AS BIGINT) AS file, (SELECT COUNT(*) FROM sealed_values) AS live,
            pg_stat_get_dead_tuples(c.oid) AS dead
        FROM pg_class c WHERE c.oid = to_regclass('sealed_values')";
    Ok(sqlx::query_as(text).fetch_one(connection).await?)
}
