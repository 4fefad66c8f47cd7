//! Faults of ours count on the reply that met them and on no other, whoever works on it meanwhile.

use domain::ids::ReplyId;
use domain::reasons::Reason;
use engine::replies::{ReplyVersion, count_fault, next_to_claim};
use engine::storage::sql;

use crate::world::{DEFAULT_REPLY, World, hours, minutes, seconds, tell};

const OLDEST_FIRST: &str = "SELECT id, version FROM replies ORDER BY occurred_at, created_at, id";

async fn versions(world: &World) -> Vec<ReplyVersion> {
    let rows: Vec<(ReplyId, i64)> = sql::values(world.database.reader(), OLDEST_FIRST, []).await.unwrap();
    let version = |(id, version)| ReplyVersion { id, version };
    rows.into_iter().map(version).collect()
}

async fn faults(world: &World) -> i64 {
    world.number("SELECT MAX(panics) AS number FROM replies").await
}

/// Nothing reads a message of this kind.
async fn make_unreadable(world: &World) {
    let text = "UPDATE messages SET kind = 'sticker_v2' WHERE outcome IS NULL AND direction = 'inbound'";
    world.execute(text, []).await;
}

async fn make_readable(world: &World) {
    let text = "UPDATE messages SET kind = 'text' WHERE kind = 'sticker_v2'";
    world.execute(text, []).await;
}

#[tokio::test]
async fn a_fault_is_never_counted_on_a_reply_that_is_in_its_call() {
    tell(async |world| {
        world.customer_writes("first");
        world.pass(seconds(1));
        world.customer_writes("second");
        world.deliver().await;
        let before = versions(world).await[0];
        world.channel.hold_answers();
        let working = world.work_meanwhile();
        world.channel.answer_held().await;
        let conversation = sql::value(world.database.reader(), "SELECT id FROM conversations", []).await;
        let (conversation, clock) = (conversation.unwrap().unwrap(), world.shared_clock());

        let transaction = world.database.begin().await.unwrap();
        let next = next_to_claim(&transaction, conversation, clock.as_ref()).await.unwrap();
        assert!(next.is_none(), "{next:?}: somebody else has the conversation");
        let due = [world.now(); 3];
        let counted = count_fault(&transaction, before, due).await.unwrap();
        assert!(counted.is_none(), "as it was before it was claimed");
        transaction.commit().await.unwrap();

        world.channel.release_answers();
        working.await.unwrap();
        world.run_due().await;
        assert_eq!((world.replies().len(), faults(world).await), (2, 0));
    })
    .await;
}

#[tokio::test]
async fn a_panic_before_the_claim_is_committed_ends_the_reply_that_was_claimed() {
    tell(async |world| {
        world.customer_writes("met by a bug");
        world.deliver().await;
        world.pass(seconds(1));
        world.customer_writes("met by nobody");
        world.deliver().await;
        let second = versions(world).await[1].id;
        world.channel.panic_while_preparing(3);
        world.engine.pipeline().work(second).await.unwrap();
        let rows = world.reply_rows().await;
        let reasons: Vec<_> = rows.iter().map(|row| row.reason.as_deref()).collect();
        assert_eq!(reasons, [Some(Reason::InternalError.as_str()), None]);
        assert_eq!(world.states().await, ["failed", "sent"]);
        assert_eq!(
            (world.replies(), world.balance().await),
            (vec![DEFAULT_REPLY.into()], 9)
        );
    })
    .await;
}

#[tokio::test]
async fn a_reply_whose_end_fails_too_is_tried_again_in_an_hour() {
    tell(async |world| {
        world.customer_writes("a kind of tomorrow");
        world.deliver().await;
        make_unreadable(world).await;
        world.wait_in_steps(minutes(3), minutes(1)).await;
        assert_eq!(world.states().await, ["failed"]);
        // A second end with this outcome is one too many.
        let index = "CREATE UNIQUE INDEX one_outcome ON messages (outcome)";
        world.execute(index, []).await;
        world.customer_writes("and another");
        world.deliver().await;
        make_unreadable(world).await;
        world.wait_in_steps(minutes(3), minutes(1)).await;
        let due = "SELECT not_before AS number FROM replies WHERE settled_at IS NULL";
        let due = world.number(due).await;
        assert!(due > (world.now() + minutes(50)).as_millis(), "{due}");
        world.execute("DROP INDEX one_outcome", []).await;
        world.wait(hours(1)).await;
        assert_eq!(world.states().await, ["failed", "failed"]);
        make_readable(world).await;
    })
    .await;
}

#[tokio::test]
async fn a_reply_that_went_out_is_settled_although_its_message_cannot_be_remembered() {
    tell(async |world| {
        world.switch_memory(true).await;
        world.customer_writes("hello");
        world.deliver().await;
        world.channel.hold_answers();
        let working = world.work_meanwhile();
        world.channel.answer_held().await;
        make_unreadable(world).await;
        world.channel.release_answers();
        working.await.unwrap();
        assert_eq!(world.states().await, ["sent"]);
        assert_eq!((faults(world).await, world.remembered().await), (0, 0));
        make_readable(world).await;
    })
    .await;
}
