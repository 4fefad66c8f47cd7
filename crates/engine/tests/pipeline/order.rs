//! Order within a conversation, and when it has had enough.

use domain::reasons::Reason;
use sandbox::{Dm, FaultKind, FaultSpec};

use crate::world::{CUSTOMER, DEFAULT_REPLY, World, minutes, seconds, tell};

async fn answers(world: &World, words: &[&str]) {
    for word in words {
        world.rule(word, &[word], &format!("About {word}.")).await;
    }
}

#[tokio::test]
async fn the_oldest_message_is_answered_first_however_they_arrive() {
    tell(async |world| {
        answers(world, &["one", "two", "three"]).await;
        for word in ["one", "two", "three"] {
            world.customer_writes(word);
            world.pass(seconds(1));
        }
        let mut bodies = world.webhooks().await;
        bodies.reverse();
        for body in bodies {
            world.receive(&body).await;
        }
        world.work().await;
        assert_eq!(world.replies(), ["About one.", "About two.", "About three."]);
    })
    .await;
}

#[tokio::test]
async fn one_that_waits_does_not_hold_up_later_ones() {
    tell(async |world| {
        answers(world, &["one", "two"]).await;
        world.meta().fault(FaultSpec::from(FaultKind::CutBefore).times(1));
        world.customer_asks("one").await;
        world.pass(seconds(1));
        world.customer_asks("two").await;
        assert_eq!(world.replies(), ["About two."]);
        world.wait_in_steps(minutes(3), seconds(10)).await;
        assert_eq!(world.replies(), ["About two.", "About one."]);
    })
    .await;
}

#[tokio::test]
async fn one_reply_of_a_conversation_is_in_work_at_a_time() {
    tell(async |world| {
        answers(world, &["one", "two"]).await;
        world.customer_writes("one");
        world.pass(seconds(1));
        world.customer_writes("two");
        world.deliver().await;
        world.channel.hold_answers();
        let work = world.work_meanwhile();
        world.channel.answer_held().await;
        let second = world.engine.pipeline().work(world.newest_reply().await);
        // It would stand at the gate as well.
        tokio::time::timeout(seconds(5), second).await.unwrap().unwrap();
        assert_eq!(
            world.states().await,
            ["sending", "queued"],
            "a second worker finds nothing to do"
        );
        world.channel.release_answers();
        work.await.unwrap();
        assert_eq!(world.replies(), ["About one.", "About two."]);
    })
    .await;
}

#[tokio::test]
async fn a_conversation_gets_six_replies_in_ten_minutes() {
    tell(async |world| {
        for _ in 0..8 {
            world.customer_writes("hello");
            world.deliver().await;
            world.wait(seconds(1)).await;
        }
        assert_eq!(world.replies().len(), 6);
        let ended: Vec<_> = world
            .reply_rows()
            .await
            .into_iter()
            .skip(6)
            .map(|row| row.reason.unwrap())
            .collect();
        assert_eq!(ended, [Reason::ConversationLimit.as_str(); 2]);
        world.pass(minutes(10));
        world.customer_writes("hello again");
        world.customer_writes_as("ada", "hello");
        world.deliver().await;
        world.work().await;
        assert_eq!(world.replies().len(), 8);
    })
    .await;
}

#[tokio::test]
async fn two_accounts_that_answer_each_other_stop() {
    tell(async |world| {
        world.grant_credits(100).await;
        let (_, other) = world.connect(1, world.tenant).await;
        world.meta().dm(Dm::text(&world.username, &other, "hello")).unwrap();
        for _ in 0..40 {
            world.deliver().await;
            world.work().await;
        }
        assert_eq!(world.replies(), [DEFAULT_REPLY; 12], "six in each direction");
        let last = world.reply_rows().await.pop().unwrap();
        assert_eq!(last.reason.as_deref(), Some(Reason::ConversationLimit.as_str()));
        assert_eq!(world.ledger(domain::credits::LedgerKind::Deduct).await, 12);
    })
    .await;
}

#[tokio::test]
async fn the_same_person_at_two_accounts_is_two_conversations() {
    tell(async |world| {
        let (_, other) = world.connect(1, world.tenant).await;
        world.customer_writes("hello");
        world.meta().dm(Dm::text(&other, CUSTOMER, "hello")).unwrap();
        world.deliver().await;
        world.work().await;
        let conversations = "conversations WHERE tenant_id = $1";
        assert_eq!((world.replies().len(), world.count(conversations).await), (2, 2));
    })
    .await;
}
