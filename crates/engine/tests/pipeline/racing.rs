//! An echo overtakes our own bookkeeping: it is read while the transaction that settles its reply is still open.

use domain::ids::MessageId;
use engine::clock::Clock;
use engine::replies::{Transition, open_reply, settle_sent};
use engine::storage::{Database, sql};
use sandbox::FaultKind;
use sea_orm::FromQueryResult;

use crate::support::eventually;
use crate::world::{World, minutes, on_postgres, tell_with};

#[derive(FromQueryResult)]
struct Id {
    id: uuid::Uuid,
}

async fn only_message(database: &Database) -> MessageId {
    let row = sql::optional::<Id, _>(database.reader(), "SELECT id FROM messages", [])
        .await
        .unwrap();
    MessageId::from_uuid(row.unwrap().id)
}

async fn somebody_waits_for_a_lock(world: &World) -> Option<()> {
    let waiting = "pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    (world.count(waiting).await > 0).then_some(())
}

/// PostgreSQL only: on SQLite one transaction writes at a time.
#[tokio::test]
async fn an_echo_that_is_read_while_its_reply_is_settled_is_not_taken_for_a_person() {
    tell_with(on_postgres, async |world| {
        world.customer_writes("hello");
        world.deliver().await;
        world.meta().fault(FaultKind::CutAfter);
        world.run_due().await;
        let echo = world
            .webhooks()
            .await
            .pop()
            .expect("Meta accepted the reply and echoes it");

        let settling = world.database.begin().await.unwrap();
        let reply = open_reply(&settling, only_message(&world.database).await)
            .await
            .unwrap()
            .expect("its outcome is unknown");
        let sent = [(reply, Some(world.meta().sent()[0].mid.clone()))];
        let settled = settle_sent(&settling, world.engine.vault(), &sent, world.clock.now()).await;
        assert_eq!(settled.unwrap(), [Transition::Applied]);
        let inbox = world.engine.inbox().clone();
        let reading = tokio::spawn(async move { inbox.receive(&echo).await });
        eventually("the echo waits for the reply's row", || {
            somebody_waits_for_a_lock(world)
        })
        .await;
        settling.commit().await.unwrap();
        reading.await.unwrap().unwrap();

        world.wait(minutes(1)).await;
        let authors: Vec<String> = world.log().await.into_iter().map(|row| row.author).collect();
        assert_eq!(authors, ["customer", "concierge"], "nobody else wrote");
    })
    .await;
}
