//! No statement that runs for each delivery, each reply, each tick or each page reads a large table from end to end, or finds a row
//! by anything else than the id it names: sixty tenants with 100,000 messages, their replies, events, ledger rows and outgoing webhooks, and what the
//! planner of each database makes of the statements then.

mod big;
mod plan;
mod postgres;
mod seldom;
mod sqlite;

use engine::storage::{JobPool, NamedStatement, every_statement};

use crate::support::{TestDatabase, for_each_database};

/// Features whose statements run all the time.
const HOT: [&str; 12] = [
    "accounts/sql.rs",
    "channels/instagram/sql.rs",
    "credits/sql.rs",
    "inbox/sql.rs",
    "jobs/sql.rs",
    "memory/sql.rs",
    "messages/sql.rs",
    "outgoing_webhooks/sql.rs",
    "overview/sql.rs",
    "pipeline/sql.rs",
    "replies/sql.rs",
    "vault/sql.rs",
];

#[tokio::test]
async fn no_hot_statement_reads_a_large_table_from_end_to_end() {
    for_each_database(|database| async move {
        big::fill(&database).await;
        let mut wrong = Vec::new();
        for statement in hot() {
            let misled = database.is_postgres() && seldom::MISLED.contains(&statement.name);
            for (text, types) in statement.expansions(database.backend()).into_iter().filter(|_| !misled) {
                let found = wrong_reads(&database, statement, &text, &types).await;
                wrong.extend(found.map(|found| format!("{} {}: {found}", statement.file, statement.name)));
            }
        }
        assert!(wrong.is_empty(), "{}:\n{}", database.kind, wrong.join("\n"));
    })
    .await;
}

#[test]
fn what_is_excused_exists() {
    let names: Vec<&str> = hot_and_seldom().map(|statement| statement.name).collect();
    let excused = seldom::SELDOM.iter().map(|(name, _)| *name).chain(seldom::MISLED);
    let gone: Vec<&str> = excused.filter(|name| !names.contains(name)).collect();
    assert!(gone.is_empty(), "no such statement: {gone:?}");
}

fn hot_and_seldom() -> impl Iterator<Item = &'static NamedStatement> {
    every_statement().filter(|statement| HOT.iter().any(|file| statement.file.ends_with(&format!("src/{file}"))))
}

fn hot() -> impl Iterator<Item = &'static NamedStatement> {
    hot_and_seldom().filter(|statement| !seldom::SELDOM.iter().any(|(name, _)| *name == statement.name))
}

async fn wrong_reads(
    database: &TestDatabase,
    statement: &NamedStatement,
    text: &str,
    types: &[String],
) -> Option<String> {
    let reads = match database.job_pool() {
        JobPool::Sqlite(pool) => sqlite::reads(pool, text).await,
        JobPool::Postgres(pool) => postgres::reads(pool, text, types).await,
    };
    plan::wrong(statement, &reads)
}
