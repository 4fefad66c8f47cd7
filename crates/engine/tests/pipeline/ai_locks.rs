//! An account that remembers is disconnected while an echo of its own reply comes in: neither keeps the other waiting for ever.

use sqlx::{Connection, Executor, PgConnection};

use crate::support::eventually;
use crate::world::{ANSWER, on_postgres, tell_with, with_ai};

/// Somebody waits for a row that another transaction holds.
const WAITING: &str =
    "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";

#[tokio::test]
async fn an_echo_and_the_end_of_its_account_take_their_locks_in_one_order() {
    let setup = |setup: &mut crate::world::Setup| {
        on_postgres(setup);
        with_ai(setup);
    };
    tell_with(setup, async |world| {
        world.with_ai_default().await;
        world.switch_memory(true).await;
        world.ai_says(ANSWER);
        world.channel.hold_answers();
        world.customer_writes("How much is it?");
        world.deliver().await;
        let work = world.work_meanwhile();
        world.channel.answer_held().await;
        let echoes = world.webhooks().await;
        assert!(!echoes.is_empty());

        // What a disconnect that deletes the data does first, and what it does next.
        let account = world.account;
        let mut ending = PgConnection::connect(&world.database.url).await.unwrap();
        let first = format!("BEGIN; UPDATE accounts SET updated_at = updated_at WHERE id = '{account}'");
        ending.execute(sqlx::AssertSqlSafe(first)).await.unwrap();
        let (receiving, inbox) = (echoes.clone(), world.engine.inbox().clone());
        let receiving = tokio::spawn(async move {
            for body in receiving {
                inbox.receive(&body).await.unwrap();
            }
        });
        let database = &world.database;
        eventually("the echo waits for the account", async || {
            let mut observer = PgConnection::connect(&database.url).await.unwrap();
            let waiting: i64 = sqlx::query_scalar(WAITING).fetch_one(&mut observer).await.unwrap();
            (waiting > 0).then_some(())
        })
        .await;
        let next = format!("SELECT id FROM conversations WHERE account_id = '{account}' FOR UPDATE");
        ending.execute(sqlx::AssertSqlSafe(next)).await.unwrap();
        ending.execute("COMMIT").await.unwrap();

        receiving.await.unwrap();
        world.channel.release_answers();
        work.await.unwrap();
        assert_eq!((world.replies().len(), world.remembered().await), (1, 2));
    })
    .await;
}
