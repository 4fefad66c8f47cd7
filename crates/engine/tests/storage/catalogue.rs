//! Every named statement is prepared against the schema of both databases, and none is forgotten.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use engine::storage::{JobPool, NamedStatement, every_statement};
use sqlx::{AssertSqlSafe, Executor, SqlSafeStr};

use crate::support::{TestDatabase, for_each_database};

#[tokio::test]
async fn every_statement_fits_both_schemas() {
    for_each_database(|database| async move {
        let mut failed = Vec::new();
        for statement in every_statement() {
            for (text, types) in statement.expansions(database.backend()) {
                if let Err(error) = prepare(&database, &text, &types).await {
                    failed.push(format!("{} {}: {error}\n{text}", statement.file, statement.name));
                }
            }
        }
        assert!(failed.is_empty(), "{}:\n{}", database.kind, failed.join("\n\n"));
    })
    .await;
}

#[test]
fn values_of_unknown_number_are_a_list_or_rows_of_known_types() {
    for statement in every_statement() {
        let rows = statement
            .text
            .split_once("{rows:")
            .and_then(|(_, rest)| rest.split_once('}'));
        let is_list = statement.text.contains("{list}");
        assert!(!(is_list && rows.is_some()), "{}: a list and rows", statement.name);
        for kind in rows.map_or("", |(types, _)| types).split_whitespace() {
            let known = ["uuid", "text", "bigint", "integer", "boolean", "bytea"];
            assert!(known.contains(&kind), "{}: {kind}", statement.name);
        }
    }
}

/// The widest form there is: single values, a condition, typed rows, and a lock on one database only.
const WIDE: NamedStatement = NamedStatement {
    file: "",
    name: "WIDE",
    text: "WITH v (id, state, version, mid) AS (VALUES {rows:uuid text bigint text})
        UPDATE replies SET settled_at = $1, platform_message_id = v.mid FROM v
        WHERE replies.id = v.id AND replies.state = v.state AND replies.version = v.version {conditions}
            AND replies.account_id IN (SELECT id FROM accounts WHERE created_at < $1 {lock:FOR NO KEY UPDATE SKIP LOCKED})
        RETURNING replies.id",
    conditions: &["", "AND replies.settled_at IS NULL"],
};

#[tokio::test]
async fn a_statement_that_does_not_fit_is_found() {
    for_each_database(|database| async move {
        let expansions = WIDE.expansions(database.backend());
        assert_eq!(expansions.len(), 4);
        for (text, types) in expansions {
            prepare(&database, &text, &types).await.unwrap();
            let renamed = text.replace("platform_message_id", "mid");
            assert!(
                prepare(&database, &renamed, &types).await.is_err(),
                "{}: {renamed}",
                database.kind
            );
        }
    })
    .await;
}

async fn prepare(database: &TestDatabase, text: &str, types: &[String]) -> Result<(), sqlx::Error> {
    match database.job_pool() {
        JobPool::Sqlite(pool) => pool
            .acquire()
            .await?
            .prepare(AssertSqlSafe(text.to_owned()).into_sql_str())
            .await
            .map(drop),
        // `PREPARE` takes the types of arrays, which the protocol's own preparation would guess.
        JobPool::Postgres(pool) => {
            let types = if types.is_empty() {
                String::new()
            } else {
                format!("({})", types.join(", "))
            };
            let mut connection = pool.acquire().await?;
            connection
                .execute(AssertSqlSafe(format!("PREPARE checked {types} AS {text}")))
                .await?;
            connection.execute("DEALLOCATE checked").await.map(drop)
        }
    }
}

#[test]
fn every_sql_file_is_in_the_catalogue_with_all_its_constants() {
    let mut registered: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for NamedStatement { file, name, .. } in every_statement() {
        registered.entry(file).or_default().push(name);
    }
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let source = crate_folder.join("src");
    let mut files = Vec::new();
    sql_files(&source, &mut files);
    assert!(!files.is_empty());
    for file in files {
        let place = format!("crates/engine/{}", file.strip_prefix(crate_folder).unwrap().display());
        let text = std::fs::read_to_string(&file).unwrap();
        let declared: Vec<&str> = text.lines().filter_map(constant).collect();
        let names = registered
            .get(place.as_str())
            .unwrap_or_else(|| panic!("{place} is not in storage/catalogue.rs"));
        assert_eq!(&declared, names, "{place}: every constant belongs into statements!");
    }
}

/// The name of a `&str` constant that a line declares.
fn constant(line: &str) -> Option<&str> {
    let (before, _) = line.split_once(": &str =")?;
    before.rsplit_once("const ").map(|(_, name)| name)
}

fn sql_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sql_files(&path, found);
        } else if path.ends_with("sql.rs") && !path.ends_with("storage/sql.rs") {
            found.push(path);
        }
    }
}
