//! Expand and contract, held against the statements: a migration that takes away what the release before needs must raise
//! `readable_from`, so that this release does not start beside it.

use migrations::ALL;
use sea_orm_migration::sea_orm::DatabaseBackend;

/// The first version that a schema has said anything about.
const FIRST_READABLE: i64 = 4;

/// One migration, as its statements tell.
#[derive(Debug)]
struct Step {
    version: i64,
    statements: Vec<String>,
}

/// All migrations that a program of [`FIRST_READABLE`] may meet.
fn steps(backend: DatabaseBackend) -> Vec<Step> {
    let all = ALL.iter().zip(1..).map(|(migration, version)| Step {
        version,
        statements: migration.statements_on(backend),
    });
    all.filter(|step| step.version > FIRST_READABLE).collect()
}

/// In capitals, with single spaces.
fn normal(statement: &str) -> String {
    let words: Vec<String> = statement.split_whitespace().map(str::to_uppercase).collect();
    words.join(" ")
}

/// Tables that no earlier program knows.
fn new_tables(statements: &[String]) -> Vec<String> {
    let names = statements.iter().map(|statement| normal(statement));
    names
        .filter_map(|statement| {
            let rest = statement.strip_prefix("CREATE TABLE ")?;
            rest.split([' ', '(']).next().map(str::to_owned)
        })
        .collect()
}

/// Columns that no earlier program fills.
fn new_columns(statements: &[String]) -> Vec<String> {
    let names = statements.iter().map(|statement| normal(statement));
    names
        .filter_map(|statement| {
            let (_, definition) = statement.split_once(" ADD COLUMN ")?;
            definition.split(' ').next().map(str::to_owned)
        })
        .collect()
}

/// Whether an index only makes reads faster: nothing is refused or taken as there already by it.
fn only_speeds_up(index: &str) -> bool {
    let created = format!("CREATE INDEX {index} ON ");
    let mut all = ALL
        .iter()
        .flat_map(|migration| migration.statements_on(DatabaseBackend::Sqlite));
    all.any(|statement| normal(&statement).starts_with(&created))
}

/// Whether programs that know nothing of it can go on: they read what they read before, and none of their writes is refused for it.
fn only_adds(statement: &str, new_tables: &[String], new_columns: &[String]) -> bool {
    let text = normal(statement);
    let table_of = |before: &str| {
        let rest = text.strip_prefix(before)?;
        rest.split([' ', '(']).next()
    };
    let is_new = |table: Option<&str>| table.is_some_and(|table| new_tables.iter().any(|new| new == table));
    if is_new(table_of("ALTER TABLE ")) || is_new(table_of("INSERT INTO ")) {
        return true;
    }
    if let Some(column) = text
        .strip_prefix("ALTER TABLE ")
        .and_then(|rest| rest.split_once(" ADD COLUMN "))
    {
        let (_, definition) = column;
        let has_value = !definition.contains("NOT NULL") || definition.contains(" DEFAULT ");
        return has_value && !definition.contains("UNIQUE") && !definition.contains("PRIMARY KEY");
    }
    if text.starts_with("CREATE UNIQUE INDEX ") {
        let table = text
            .split_once(" ON ")
            .and_then(|(_, rest)| rest.split([' ', '(']).next());
        let is_left_empty = new_columns
            .iter()
            .any(|column| text.ends_with(&format!(" WHERE {column} IS NOT NULL")));
        return is_new(table) || is_left_empty;
    }
    if let Some(index) = text.strip_prefix("DROP INDEX ") {
        return only_speeds_up(index);
    }
    // An update fills columns that are new.
    [
        "CREATE TABLE ",
        "CREATE INDEX ",
        "UPDATE ",
        "INSERT INTO SCHEMA_VERSIONS ",
    ]
    .iter()
    .any(|start| text.starts_with(start))
}

/// The version and the `readable_from` that a migration writes down.
fn said(step: &Step) -> Option<(i64, i64)> {
    let row = step.statements.iter().map(|statement| normal(statement));
    let mut values = row.filter_map(|statement| {
        let (_, values) = statement.split_once("INSERT INTO SCHEMA_VERSIONS (VERSION, READABLE_FROM) VALUES (")?;
        let (version, readable_from) = values.strip_suffix(')')?.split_once(", ")?;
        Some((version.parse().ok()?, readable_from.parse().ok()?))
    });
    values.next_back()
}

/// Where the rule is broken.
fn complaints(steps: &[Step]) -> Vec<String> {
    let mut readable = FIRST_READABLE;
    let mut complaints = Vec::new();
    for step in steps {
        let (tables, columns) = (new_tables(&step.statements), new_columns(&step.statements));
        let taken = step
            .statements
            .iter()
            .filter(|statement| !only_adds(statement, &tables, &columns));
        let taken: Vec<&String> = taken.collect();
        let from = said(step).map_or(readable, |(_, from)| from);
        if from < readable {
            complaints.push(format!(
                "version {}: readable_from goes back from {readable} to {from}",
                step.version
            ));
        }
        if !taken.is_empty() && from <= readable {
            complaints.push(format!(
                "version {} takes something away and does not raise readable_from: {taken:?}",
                step.version
            ));
        }
        readable = from.max(readable);
    }
    complaints
}

fn broken(statement: &str, readable_from: i64) -> Vec<String> {
    let row = format!("INSERT INTO schema_versions (version, readable_from) VALUES (9, {readable_from})");
    complaints(&[Step {
        version: 9,
        statements: vec![
            "CREATE TABLE fresh (id BIGINT)".into(),
            "ALTER TABLE messages ADD COLUMN fresh_one BIGINT".into(),
            statement.into(),
            row,
        ],
    }])
}

#[test]
fn every_migration_that_takes_something_away_says_who_can_still_read() {
    for backend in [DatabaseBackend::Sqlite, DatabaseBackend::Postgres] {
        assert_eq!(complaints(&steps(backend)), Vec::<String>::new());
    }
}

#[test]
fn what_older_programs_cannot_live_with_is_noticed() {
    let contracting = [
        "DROP TABLE messages",
        "DROP INDEX replies_one_per_mid",
        "ALTER TABLE messages DROP COLUMN reason",
        "ALTER TABLE messages RENAME COLUMN reason TO why",
        "ALTER TABLE messages RENAME TO log",
        "ALTER TABLE messages ADD COLUMN weight BIGINT NOT NULL",
        "ALTER TABLE messages ADD COLUMN weight BIGINT UNIQUE",
        "ALTER TABLE messages ALTER COLUMN reason SET NOT NULL",
        "ALTER TABLE messages ADD CONSTRAINT short CHECK (length(reason) < 9)",
        "CREATE UNIQUE INDEX one_reason ON messages (reason)",
        "CREATE UNIQUE INDEX one_reason ON messages (reason) WHERE reason IS NOT NULL",
        "CREATE UNIQUE INDEX one_fresh ON messages (fresh_one)",
        "DELETE FROM messages",
        "CREATE TRIGGER no_more BEFORE INSERT ON messages BEGIN SELECT 1; END",
    ];
    for statement in contracting {
        assert_eq!(broken(statement, FIRST_READABLE).len(), 1, "{statement}");
        assert_eq!(broken(statement, 9), Vec::<String>::new(), "{statement}");
    }
    let expanding = [
        "ALTER TABLE messages ADD COLUMN weight BIGINT",
        "ALTER TABLE messages ADD COLUMN weight BIGINT NOT NULL DEFAULT 0",
        "CREATE INDEX messages_by_weight ON messages (weight)",
        "CREATE UNIQUE INDEX one_fresh ON fresh (id)",
        "CREATE UNIQUE INDEX one_fresh ON messages (fresh_one) WHERE fresh_one IS NOT NULL",
        "UPDATE messages SET weight = 1",
    ];
    for statement in expanding {
        assert_eq!(broken(statement, FIRST_READABLE), Vec::<String>::new(), "{statement}");
    }
}
