//! Erasure in an SQLite file and its write-ahead log.
//!
//! `secure_delete` fills freed cells and freed pages with zeros. When rows move between pages, copies stay in the gap of a page
//! in use; so the table is emptied at once, which zeroes all of its pages, and filled again. Then the log, which holds older
//! images of the pages, is written back and cut to nothing.

use sqlx::sqlite::SqliteConnection;
use sqlx::{ConnectOptions, Connection, Row, SqlitePool};

use super::{Bounds, destroyed_so_far};
use crate::storage::StorageError;

/// In `PRAGMA user_version`: nothing that a release without `secure_delete` deleted is left in the file.
const SCRUBBED: i64 = 1;

const REWRITE: &str = "BEGIN IMMEDIATE;
    CREATE TEMP TABLE kept AS SELECT * FROM sealed_values;
    DELETE FROM sealed_values;
    INSERT INTO sealed_values SELECT * FROM kept;
    DROP TABLE temp.kept;
    COMMIT;";

/// Returns what was destroyed until then, and whether all of it is erased.
pub(super) async fn erase(writer: &SqlitePool, bounds: Bounds) -> Result<(u64, bool), StorageError> {
    // Holding the writer keeps the rest of this process from competing for the file's lock.
    let mut held = writer.acquire().await?;
    let seen = destroyed_so_far();
    let text = "SELECT COUNT(*) FROM sealed_values";
    let rows: i64 = sqlx::query_scalar(text).fetch_one(&mut *held).await?;
    let is_small = u64::try_from(rows).is_ok_and(|rows| rows <= bounds.rows);
    // A connection of its own: none of these settings may stay behind on the writer, whatever happens here. Without foreign
    // keys DELETE frees whole pages, and pages are what is zeroed.
    let options = writer
        .connect_options()
        .as_ref()
        .clone()
        .foreign_keys(false)
        .busy_timeout(bounds.wait)
        .pragma("temp_store", "MEMORY")
        .optimize_on_close(false, None);
    let mut own = options.connect().await?;
    if is_small {
        sqlx::raw_sql(REWRITE).execute(&mut own).await?;
    }
    let is_truncated = truncate_log(&mut own).await?;
    own.close().await?;
    Ok((seen, is_small && is_truncated))
}

/// False when a reader still needs the log.
async fn truncate_log(connection: &mut SqliteConnection) -> Result<bool, StorageError> {
    let row = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
        .fetch_one(connection)
        .await?;
    Ok(row.try_get::<i64, _>(0)? == 0)
}

pub(super) async fn scrub_once(writer: &SqlitePool) -> Result<(), StorageError> {
    let mut connection = writer.acquire().await?;
    let version: i64 = sqlx::query_scalar("PRAGMA user_version")
        .fetch_one(&mut *connection)
        .await?;
    if version >= SCRUBBED {
        return Ok(());
    }
    tracing::info!("rewriting the database file once, so that nothing deleted before is left in it");
    sqlx::query("VACUUM").execute(&mut *connection).await?;
    truncate_log(&mut connection).await?;
    sqlx::query("PRAGMA user_version = 1").execute(&mut *connection).await?;
    Ok(())
}
