//! Every table has an end or a reason, and what is promised goes.

use std::collections::BTreeSet;

use engine::credits;
use engine::retention::{RETENTION, as_markdown};
use engine::storage::sql;
use uuid::Uuid;

use super::schema::tables_of;
use crate::support::for_each_database;
use crate::world::{Setup, World, days, hours, tell};

const PAGE: &str = include_str!("../../../../docs/retention.md");

#[tokio::test]
async fn every_table_of_the_schema_has_its_line() {
    for_each_database(|database| async move {
        let told: BTreeSet<String> = RETENTION.iter().map(|row| row.table.to_owned()).collect();
        assert_eq!(told.len(), RETENTION.len(), "each once");
        let mut tables = tables_of(&database).await;
        tables.insert("schema_versions".into());
        assert_eq!(told, tables, "{}", database.kind);
    })
    .await;
}

#[test]
fn the_page_says_what_the_code_does() {
    assert!(
        PAGE.ends_with(&as_markdown()),
        "docs/retention.md ends with:\n{}",
        as_markdown()
    );
}

#[tokio::test]
async fn a_customer_who_wrote_long_ago_is_gone_and_one_who_writes_again_is_new() {
    for_each_database(|database| async move {
        let world = World::open(database, Setup::default()).await;
        world.customer_asks("hello").await;
        world.engine.purge_old(world.now() + days(390)).await.unwrap();
        assert_eq!(world.count("conversations WHERE tenant_id = $1").await, 1);
        world.engine.purge_old(world.now() + days(402)).await.unwrap();
        for gone in ["conversations", "messages", "replies", "inbound_events"] {
            assert_eq!(world.count(gone).await, 0, "{gone}");
        }
        assert_eq!(credits::verify(&world.database).await.unwrap(), [], "the ledger stays");
        world.pass(days(402));
        world.customer_asks("hello again").await;
        assert_eq!(world.replies().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_conversation_with_an_open_reply_stays() {
    tell(async |world| {
        world.customer_writes("hello");
        world.deliver().await;
        world.engine.purge_old(world.now() + days(500)).await.unwrap();
        assert_eq!(world.count("conversations WHERE tenant_id = $1").await, 1);
        world.work().await;
    })
    .await;
}

/// A row of each table that had no end, with its moment `$1` and an id `$2`.
const OLD_ROWS: [(&str, &str, u64); 5] = [
    (
        "echo_digests",
        "INSERT INTO echo_digests (account_id, digest, conversation_id, seen_at)
        SELECT account_id, 'digest', id, $1 FROM conversations",
        1,
    ),
    (
        "job_runs",
        "INSERT INTO job_runs (name, day, run, started_at) VALUES ('checks', '2020-01-01', 1, $1)",
        30,
    ),
    (
        "one_time_codes",
        "INSERT INTO one_time_codes (id, purpose, code_hash, created_at, expires_at) VALUES ($2, 'setup', {hash}, $1, $1)",
        0,
    ),
    (
        "deletion_requests",
        "INSERT INTO deletion_requests (code, person_hash, accounts, requested_at, done_at) VALUES ('C', {hash}, 0, $1, $1)",
        400,
    ),
    (
        "audit_log",
        "INSERT INTO audit_log (id, action, detail, created_at) VALUES ($2, 'test', 'nobody@shop.example', $1)",
        730,
    ),
];

#[tokio::test]
async fn what_had_no_end_goes_at_its_day_and_not_before() {
    for_each_database(|database| async move {
        let world = World::open(database, Setup::default()).await;
        world.customer_asks("hello").await;
        let hash = if world.database.is_postgres() {
            "'\\x00'"
        } else {
            "x'00'"
        };
        for (table, insert, after) in OLD_ROWS {
            let before = world.count(table).await;
            let id = Uuid::now_v7();
            let mut values = vec![world.now().into()];
            if insert.contains("$2") {
                values.push(id.into());
            }
            sql::execute(world.database.writer(), insert.replace("{hash}", hash), values)
                .await
                .unwrap();
            world
                .engine
                .purge_old(world.now() + days(after) - hours(1))
                .await
                .unwrap();
            assert_eq!(world.count(table).await, before + 1, "{table}: not yet");
            world
                .engine
                .purge_old(world.now() + days(after) + hours(1))
                .await
                .unwrap();
            assert_eq!(world.count(table).await, 0, "{table}: gone");
        }
    })
    .await;
}
