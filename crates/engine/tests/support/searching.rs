//! Looks for words where they should not be: in every column of every table, and in every byte of the database's files.

use std::path::Path;

use engine::storage::JobPool;
use sqlx::{AssertSqlSafe, Row};

use super::TestDatabase;

fn holds(haystack: &[u8], word: &str) -> bool {
    haystack.windows(word.len()).any(|window| window == word.as_bytes())
}

/// Tables in which the word stands, as text or as bytes.
pub async fn tables_with(database: &TestDatabase, word: &str) -> Vec<String> {
    let hex = word.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
    let mut found = Vec::new();
    match database.job_pool() {
        JobPool::Sqlite(pool) => {
            let tables = sqlx::query("SELECT name FROM sqlite_schema WHERE type = 'table'")
                .fetch_all(pool)
                .await
                .unwrap();
            for table in tables.iter().map(|row| row.get::<String, _>(0)) {
                let columns = format!("SELECT name FROM pragma_table_info('{table}')");
                for column in sqlx::query(AssertSqlSafe(columns)).fetch_all(pool).await.unwrap() {
                    let column: String = column.get(0);
                    let text = format!(
                        "SELECT COUNT(*) FROM \"{table}\" WHERE instr(lower(hex(CAST(\"{column}\" AS BLOB))), '{hex}') > 0"
                    );
                    let count: i64 = sqlx::query_scalar(AssertSqlSafe(text)).fetch_one(pool).await.unwrap();
                    found.extend((count > 0).then(|| format!("{table}.{column}")));
                }
            }
        }
        JobPool::Postgres(pool) => {
            let text = "SELECT schemaname || '.' || quote_ident(tablename) FROM pg_tables
                WHERE schemaname NOT IN ('pg_catalog', 'information_schema')";
            for table in sqlx::query(text).fetch_all(pool).await.unwrap() {
                let table: String = table.get(0);
                let text = format!(
                    "SELECT COUNT(*) FROM {table} t WHERE t::text LIKE '%{word}%' OR t::text LIKE '%{hex}%'
                    OR encode(convert_to(t::text, 'UTF8'), 'hex') LIKE '%{hex}%'"
                );
                let count: i64 = sqlx::query_scalar(AssertSqlSafe(text)).fetch_one(pool).await.unwrap();
                found.extend((count > 0).then_some(table));
            }
        }
    }
    found
}

/// Whether the word stands in the database file or beside it, in the write-ahead log.
pub fn files_hold(database: &TestDatabase, word: &str) -> bool {
    let Some(path) = database.url.strip_prefix("sqlite://") else {
        return false;
    };
    let folder = Path::new(path).parent().unwrap();
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
    files.into_iter().any(|bytes| holds(&bytes, word))
}
