//! Settling a group of replies that went out equals settling each alone, whatever became of their rows meanwhile.

use domain::ids::{MessageId, RuleId};
use engine::clock::Clock;
use engine::replies::{OpenReply, SentReply, Transition, open_reply, settle_echoed, settle_sent};
use engine::storage::sql;
use sandbox::FaultKind;
use sea_orm::FromQueryResult;

use crate::world::{World, tell};

const CUSTOMERS: [&str; 8] = ["ada", "ben", "cleo", "dan", "eve", "fay", "gus", "hal"];

/// What a reply, its conversation and its rows of the log look like afterwards.
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
    left_to_person: bool,
    person_wrote: bool,
}

/// Replies whose calls got no answer: sent, or not, nobody knows yet.
async fn in_their_calls(world: &World) -> Vec<OpenReply> {
    world.meta().fault(FaultKind::CutBefore);
    for customer in CUSTOMERS {
        world.customer_writes_as(customer, "hello");
    }
    world.deliver().await;
    world.run_due().await;
    let text = "SELECT id FROM messages WHERE direction = 'inbound' ORDER BY occurred_at, id";
    let messages: Vec<MessageId> = sql::values(world.database.reader(), text, []).await.unwrap();
    let mut replies = Vec::new();
    for message in messages {
        let reply = open_reply(world.database.reader(), message).await;
        replies.push(reply.unwrap().expect("its outcome is open"));
    }
    replies
}

async fn ends(world: &World, replies: &[SentReply]) -> Vec<End> {
    let text =
        "SELECT r.state, r.reason, r.platform_message_id IS NOT NULL AS has_mid, m.outcome, m.credits, m.response_kind,
            m.latency_ms, (SELECT COUNT(*) FROM sealed_values s WHERE s.owner_id = r.id) AS sealed,
            (SELECT COUNT(*) FROM messages o WHERE o.reply_id = r.id AND o.direction = 'outbound') AS outbound,
            c.left_to_person_at IS NOT NULL AS left_to_person, c.last_human_at IS NOT NULL AS person_wrote
        FROM replies r JOIN messages m ON m.id = r.message_id JOIN conversations c ON c.id = r.conversation_id
        WHERE r.id = $1";
    let mut ends = Vec::new();
    for (reply, _) in replies {
        let end = sql::optional(world.database.reader(), text, [reply.id.into()]).await;
        ends.push(end.unwrap().unwrap());
    }
    ends
}

/// One is fine, one was changed by somebody else meanwhile, one has no known id, and one has the message id of the first.
fn with_ids(replies: &[OpenReply], first: &str) -> Vec<SentReply> {
    let mut sent: Vec<SentReply> = vec![
        (replies[0].clone(), Some(first.to_owned())),
        (replies[1].clone(), Some(format!("{first}-lost"))),
        (replies[2].clone(), None),
        (replies[3].clone(), Some(first.to_owned())),
    ];
    sent[1].0.version -= 1;
    sent
}

/// A rule that leaves the conversation to a person.
async fn rule_for_a_person(world: &World) -> RuleId {
    world.rule("Person", &["person"], "A colleague takes over.").await;
    let text = "UPDATE rules SET leave_to_person = TRUE RETURNING id";
    let rule = sql::value(world.database.writer(), text, []).await;
    rule.unwrap().expect("the rule")
}

/// The rule won this reply.
async fn won_by(world: &World, reply: &mut OpenReply, rule: RuleId) {
    let text = "UPDATE replies SET rule_id = $1 WHERE id = $2";
    let values = [rule.into(), reply.id.into()];
    sql::execute(world.database.writer(), text, values).await.unwrap();
    reply.rule = Some(rule);
}

#[tokio::test]
async fn a_group_ends_as_each_would_alone() {
    tell(async |world| {
        let mut replies = in_their_calls(world).await;
        let rule = rule_for_a_person(world).await;
        for which in [0, 1, 4, 5] {
            won_by(world, &mut replies[which], rule).await;
        }
        let alone = with_ids(&replies[..4], "mid-alone");
        let mut steps = Vec::new();
        let vault = world.engine.vault();
        for sent in alone.chunks(1) {
            let transaction = world.database.begin().await.unwrap();
            steps.extend(settle_sent(&transaction, vault, sent, world.clock.now()).await.unwrap());
            transaction.commit().await.unwrap();
        }
        let (applied, conflict) = (Transition::Applied, Transition::Conflict);
        assert_eq!(steps, [applied, conflict, applied, applied]);

        // The second of a pair finds the id taken only when the first is written: two groups.
        let together = with_ids(&replies[4..], "mid-together");
        let transaction = world.database.begin().await.unwrap();
        let mut grouped = Vec::new();
        for group in together.chunks(3) {
            grouped.extend(
                settle_sent(&transaction, vault, group, world.clock.now())
                    .await
                    .unwrap(),
            );
        }
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
        assert!(
            ended[0].left_to_person && !ended[1].left_to_person,
            "only after a reply"
        );
        assert_eq!(ended[1].state, "sending", "somebody else's");
        assert!(!ended[2].has_mid && !ended[3].has_mid, "one message is one reply's");
    })
    .await;
}

/// The other one's worker may settle it between the echo's looks: then its words are gone, and only the wrong reply seems to fit.
#[tokio::test]
async fn an_echo_of_another_reply_with_the_same_words_settles_nothing() {
    tell(async |world| {
        let replies = in_their_calls(world).await;
        let vault = world.engine.vault();
        let transaction = world.database.begin().await.unwrap();
        let sent = [(replies[0].clone(), Some("mid-of-the-first".to_owned()))];
        let now = world.clock.now();
        assert_eq!(
            settle_sent(&transaction, vault, &sent, now).await.unwrap(),
            [Transition::Applied]
        );
        for (mid, transition) in [
            ("mid-of-the-first", Transition::Conflict),
            ("its-own", Transition::Applied),
        ] {
            let settled = settle_echoed(&transaction, vault, replies[1].clone(), mid, now).await;
            assert_eq!(settled.unwrap(), transition, "{mid}");
        }
        transaction.commit().await.unwrap();
    })
    .await;
}
