//! Rows that hold what no release has written: the reply that depends on them ends, and the customer's next message is answered.

use engine::credits;
use engine::storage::{DatabaseBackend, sql};
use sea_orm::FromQueryResult;
use serde_json::json;

use crate::support::for_each_database;
use crate::world::{DEFAULT_REPLY, Setup, World, hours, minutes, tell};

/// Table, and the row that the newest reply (alias `r`) depends on. What `instagram_accounts` holds goes to Meta: an address that does
/// not exist makes the account wait for its admin.
const ROWS: [(&str, &str); 7] = [
    ("replies", "id = (SELECT r.id FROM newest r)"),
    ("messages", "id = (SELECT r.message_id FROM newest r)"),
    ("conversations", "id = (SELECT r.conversation_id FROM newest r)"),
    ("sealed_values", "owner_id = (SELECT r.id FROM newest r)"),
    ("accounts", "id = (SELECT r.account_id FROM newest r)"),
    ("reply_configs", "account_id = (SELECT r.account_id FROM newest r)"),
    ("rules", "account_id = (SELECT r.account_id FROM newest r)"),
];
const NEWEST: &str =
    "WITH newest AS (SELECT * FROM replies WHERE settled_at IS NULL ORDER BY created_at DESC, id DESC LIMIT 1) ";
/// When a reply is due and until when it is claimed: far ahead, they say that nobody may touch it yet. Final: no reply at all.
const NOT_POISON: [&str; 3] = ["not_before", "claimed_until", "settled_at"];

#[derive(FromQueryResult)]
struct Column {
    name: String,
    kind: String,
}

/// Columns of a table that hold texts, numbers or bytes; ids and truth values have no nonsense.
async fn columns(world: &World, table: &str) -> Vec<Column> {
    let text = match world.database.backend() {
        DatabaseBackend::Sqlite => "SELECT name, type AS kind FROM pragma_table_info($1)",
        _ => {
            "SELECT CAST(column_name AS TEXT) AS name, CAST(data_type AS TEXT) AS kind FROM information_schema.columns
            WHERE table_name = $1 AND table_schema = current_schema()"
        }
    };
    sql::all(world.database.reader(), text, [table.into()]).await.unwrap()
}

fn nonsense(column: &Column) -> &'static [&'static str] {
    let is_id = column.name == "id" || column.name.ends_with("_id");
    match column.kind.to_ascii_lowercase().as_str() {
        _ if NOT_POISON.contains(&column.name.as_str()) => &[],
        "text" => &["'nonsense'", "''"],
        "bigint" => &["-1", "9223372036854775807"],
        "blob" | "bytea" if !is_id => &["{blob}"],
        _ => &[],
    }
}

async fn open_replies(world: &World) -> i64 {
    world.count("replies WHERE tenant_id = $1 AND settled_at IS NULL").await
}

async fn sent_replies(world: &World) -> i64 {
    world.count("replies WHERE tenant_id = $1 AND state = 'sent'").await
}

async fn writes(world: &World, mid: &str) {
    world.customer_writes("opens the window");
    world.webhooks().await;
    let said = world.element("message", json!({ "mid": mid, "text": "the price" }));
    let received = world.receive(&world.delivery(&[said])).await;
    assert_eq!(received.replies, 1, "{mid}");
}

/// As the workers and the sweeper would, for a quarter of an hour.
async fn a_quarter(world: &World) {
    for _ in 0..5 {
        world.work().await;
        world.pass(minutes(3));
    }
}

/// Sets one value of one row; returns what brings it back, `None` when the database refuses the value.
async fn poison(world: &World, table: &str, row: &str, column: &str, value: &str) -> Option<String> {
    let value = match world.database.backend() {
        DatabaseBackend::Sqlite => value.replace("{blob}", "x'00'"),
        _ => value.replace("{blob}", "'\\x00'"),
    };
    let kept = format!("kept_{table}");
    world.execute(&format!("DROP TABLE IF EXISTS {kept}"), []).await;
    let keep = format!("CREATE TABLE {kept} AS {NEWEST} SELECT * FROM {table} WHERE {row}");
    world.execute(&keep, []).await;
    let key = if table == "instagram_accounts" || table == "reply_configs" {
        "account_id"
    } else {
        "id"
    };
    let key = if table == "sealed_values" { "owner_id" } else { key };
    let poison = format!("UPDATE {table} SET {column} = {value} WHERE {key} IN (SELECT {key} FROM {kept})");
    sql::execute(world.database.writer(), poison, []).await.ok()?;
    let back = format!(
        "UPDATE {table} SET {column} = (SELECT k.{column} FROM {kept} k WHERE k.{key} = {table}.{key} LIMIT 1)
        WHERE {key} IN (SELECT {key} FROM {kept})"
    );
    Some(back)
}

/// Compiled rules are kept by revision.
async fn next_revision(world: &World) {
    world
        .execute(
            "UPDATE reply_configs SET revision = revision + 1 WHERE revision < 1000000",
            [],
        )
        .await;
}

#[tokio::test]
async fn a_reply_that_depends_on_nonsense_ends_and_the_next_one_is_answered() {
    for_each_database(|database| async move {
        let world = World::open(database, Setup::default()).await;
        world.rule("Prices", &["price"], "It is 20 €.").await;
        world.grant_credits(1_000).await;
        world.customer_asks("hi").await;
        let mut poisoned = 0;
        for (table, row) in ROWS {
            for column in columns(&world, table).await {
                for value in nonsense(&column) {
                    let what = format!("{table}.{} = {value}", column.name);
                    writes(&world, &format!("poisoned {what}")).await;
                    let Some(back) = poison(&world, table, row, &column.name, value).await else {
                        a_quarter(&world).await;
                        continue;
                    };
                    poisoned += 1;
                    next_revision(&world).await;
                    a_quarter(&world).await;
                    assert_eq!(open_replies(&world).await, 0, "{what}: the reply has not ended");
                    if !["replies", "messages", "sealed_values"].contains(&table) {
                        world.execute(&back, []).await;
                    }
                    next_revision(&world).await;
                    let before = sent_replies(&world).await;
                    writes(&world, &format!("next {what}")).await;
                    world.work().await;
                    assert_eq!(
                        sent_replies(&world).await,
                        before + 1,
                        "{what}: the next one is not answered"
                    );
                    world.pass(hours(25));
                }
            }
        }
        assert!(poisoned > 60, "{poisoned}");
        assert_eq!(credits::verify(&world.database).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn an_unknown_kind_of_message_is_tried_three_times_then_failed_and_nothing_spins() {
    tell(async |world| {
        world.customer_writes("a kind of tomorrow");
        world.deliver().await;
        world.execute("UPDATE messages SET kind = 'sticker_v2'", []).await;
        for tried in 1..=3 {
            for _ in 0..5 {
                world.work().await;
            }
            let tries = "SELECT panics AS number FROM replies WHERE tenant_id = $1";
            assert_eq!(world.number(tries).await, tried, "not again at once");
            world.pass(minutes(1));
        }
        world.execute("UPDATE messages SET kind = 'text'", []).await;
        world.ended_for(domain::reasons::Reason::InternalError).await;
        world.customer_asks("and now?").await;
        assert_eq!(world.replies(), [DEFAULT_REPLY]);
    })
    .await;
}

#[tokio::test]
async fn an_event_that_depends_on_a_row_of_nonsense_is_told_again_and_costs_its_neighbours_nothing() {
    tell(async |world| {
        world.customer_writes("waits");
        world.deliver().await;
        // An echo looks at the open replies of its conversation, of which one cannot be read.
        world
            .execute("UPDATE replies SET response_kind = 'holograms'", [])
            .await;
        let echo = json!({ "mid": "m_echo", "text": "typed by hand", "is_echo": true });
        let mut echo = world.element("message", echo);
        let (customer, own) = (echo["sender"].take(), echo["recipient"].take());
        (echo["sender"], echo["recipient"]) = (own, customer);
        let neighbour = world.element("message", json!({ "mid": "m_neighbour", "text": "hello" }));
        let delivery = world.delivery(&[echo, neighbour]);
        let inbox = world.engine.inbox();
        assert!(inbox.receive(&delivery).await.is_err(), "Meta is asked to repeat it");
        assert_eq!(world.log().await.len(), 2, "the neighbour is recorded");
        a_quarter(world).await;
        assert_eq!(world.replies().len(), 1, "it is answered");

        let received = world.receive(&delivery).await;
        assert_eq!((received.events, received.replies), (1, 0), "only the echo is new");
        let persons = world.log().await.into_iter().filter(|row| row.author == "human");
        assert_eq!(persons.count(), 1);
    })
    .await;
}
