//! Replies that went out together are settled together, and end exactly as if each had been settled alone.

use domain::ids::MessageId;
use engine::clock::Clock;
use engine::replies::{OpenReply, ReplyOutcome, SentReply, Transition, open_reply, settle, settle_sent};
use engine::storage::sql;
use sandbox::FaultKind;
use sea_orm::FromQueryResult;

use crate::world::{World, tell};

const CUSTOMERS: [&str; 6] = ["ada", "ben", "cleo", "dan", "eve", "fay"];

#[derive(FromQueryResult)]
struct Id {
    id: uuid::Uuid,
}

/// What a reply and its rows of the log look like afterwards.
#[derive(Debug, PartialEq, FromQueryResult)]
struct End {
    state: String,
    reason: Option<String>,
    has_mid: bool,
    outcome: Option<String>,
    credits: i64,
    response_kind: Option<String>,
    latency_ms: Option<i64>,
    sealed: i64,
    outbound: i64,
}

/// Six replies whose calls got no answer: sent, or not, nobody knows yet.
async fn six_in_their_calls(world: &World) -> Vec<OpenReply> {
    world.meta().fault(FaultKind::CutBefore);
    for customer in CUSTOMERS {
        world.customer_writes_as(customer, "hello");
    }
    world.deliver().await;
    world.run_due().await;
    let text = "SELECT id FROM messages WHERE direction = 'inbound' ORDER BY occurred_at, id";
    let rows: Vec<Id> = sql::all(world.database.reader(), text, []).await.unwrap();
    let mut replies = Vec::new();
    for row in rows {
        let reply = open_reply(world.database.reader(), MessageId::from_uuid(row.id)).await;
        replies.push(reply.unwrap().expect("its outcome is open"));
    }
    replies
}

async fn ends(world: &World, replies: &[SentReply]) -> Vec<End> {
    let text =
        "SELECT r.state, r.reason, r.platform_message_id IS NOT NULL AS has_mid, m.outcome, m.credits, m.response_kind,
            m.latency_ms, (SELECT COUNT(*) FROM sealed_values s WHERE s.owner_id = r.id) AS sealed,
            (SELECT COUNT(*) FROM messages o WHERE o.reply_id = r.id AND o.direction = 'outbound') AS outbound
        FROM replies r JOIN messages m ON m.id = r.message_id WHERE r.id = $1";
    let mut ends = Vec::new();
    for (reply, _) in replies {
        let end = sql::optional(world.database.reader(), text, [reply.id.as_uuid().into()]).await;
        ends.push(end.unwrap().unwrap());
    }
    ends
}

/// One is fine, one was changed by somebody else meanwhile, one has the message id of the first.
fn with_ids(replies: &[OpenReply], first: &str) -> Vec<SentReply> {
    let mut sent: Vec<SentReply> = vec![
        (replies[0].clone(), first.to_owned()),
        (replies[1].clone(), format!("{first}-lost")),
        (replies[2].clone(), first.to_owned()),
    ];
    sent[1].0.version -= 1;
    sent
}

#[tokio::test]
async fn a_group_ends_as_each_would_alone() {
    tell(async |world| {
        let replies = six_in_their_calls(world).await;
        let alone = with_ids(&replies[..3], "mid-alone");
        let mut steps = Vec::new();
        for (reply, mid) in &alone {
            let sent = ReplyOutcome::Sent { mid: Some(mid.clone()) };
            let transaction = world.database.begin().await.unwrap();
            steps.push(settle(&transaction, reply, &sent, world.clock.now()).await.unwrap());
            transaction.commit().await.unwrap();
        }
        assert_eq!(steps, [Transition::Applied, Transition::Conflict, Transition::Applied]);

        // The second of a pair finds the id taken only when the first is written: two groups.
        let together = with_ids(&replies[3..], "mid-together");
        let transaction = world.database.begin().await.unwrap();
        let mut grouped = settle_sent(&transaction, &together[..2], world.clock.now())
            .await
            .unwrap();
        grouped.extend(
            settle_sent(&transaction, &together[2..], world.clock.now())
                .await
                .unwrap(),
        );
        transaction.commit().await.unwrap();

        assert_eq!(grouped, steps);
        let ended = ends(world, &together).await;
        assert_eq!(ended, ends(world, &alone).await);
        assert_eq!(ended[0].state, "sent");
        assert_eq!(
            (ended[0].sealed, ended[0].outbound),
            (0, 1),
            "no content, one row of the log"
        );
        assert_eq!(ended[1].state, "sending", "somebody else's");
        assert!(!ended[2].has_mid, "one message is one reply's");
    })
    .await;
}
