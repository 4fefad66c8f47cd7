//! Replies that are prepared in one transaction end as each would alone, whatever they are; and a storm leaves room for everybody else.

use std::collections::HashMap;

use engine::storage::sql;
use futures::future::join_all;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use sandbox::{Dm, DmKind};
use sea_orm::FromQueryResult;

use crate::world::{World, hours, seconds, tell_with, with_ai};

const CASES: usize = 6;

/// What happens to a customer before anybody works on the reply.
#[derive(Debug, Clone, Copy)]
enum Fate {
    Rule,
    /// The AI answers.
    Default,
    LeftToPerson,
    NoText,
    TakenBack,
    PersonAnswered,
    /// Two messages: one waits for the other.
    Twice,
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        3 => Just(Fate::Rule),
        2 => Just(Fate::Default),
        1 => Just(Fate::LeftToPerson),
        1 => Just(Fate::NoText),
        1 => Just(Fate::TakenBack),
        1 => Just(Fate::PersonAnswered),
        1 => Just(Fate::Twice),
    ]
}

/// How each customer's messages ended.
#[derive(Debug, PartialEq, FromQueryResult)]
struct End {
    outcome: Option<String>,
    reason: Option<String>,
    credits: i64,
    response_kind: Option<String>,
    rule: Option<String>,
    attempts: i64,
    has_mid: bool,
    sealed: i64,
    outbound: i64,
    left_to_person: bool,
}

async fn ends_of(world: &World, customer: &str) -> Vec<End> {
    let text = "SELECT m.outcome, m.reason, m.credits, m.response_kind, ru.label AS rule, r.attempts,
            r.platform_message_id IS NOT NULL AS has_mid,
            (SELECT COUNT(*) FROM sealed_values s WHERE s.owner_id = r.id) AS sealed,
            (SELECT COUNT(*) FROM messages o WHERE o.reply_id = r.id AND o.direction = 'outbound') AS outbound,
            c.left_to_person_at IS NOT NULL AS left_to_person
        FROM replies r JOIN messages m ON m.id = r.message_id JOIN conversations c ON c.id = r.conversation_id
        LEFT JOIN rules ru ON ru.id = r.rule_id
        WHERE c.customer_id = $1 ORDER BY m.occurred_at, m.id";
    let customer = world.meta().igsid(&world.username, customer).unwrap();
    sql::all(world.database.reader(), text, [customer.into()])
        .await
        .unwrap()
}

/// The customers of one phase write, in the order of their fates.
async fn write(world: &World, phase: &str, fates: &[Fate]) -> Vec<String> {
    let mut customers = Vec::new();
    for (number, fate) in fates.iter().enumerate() {
        let customer = format!("{phase}.{number}");
        let say = |text: &str| world.customer_writes_as(&customer, text);
        match fate {
            Fate::Rule => drop(say("what is the price?")),
            Fate::Default => drop(say("hello")),
            Fate::LeftToPerson => drop(say("a colleague, please")),
            Fate::NoText => {
                let dm = Dm::text(&world.username, &customer, "").kind(DmKind::Image);
                drop(world.meta().dm(dm).unwrap());
            }
            Fate::TakenBack => {
                let mid = say("what is the price?");
                world.meta().unsend(&mid).unwrap();
            }
            Fate::PersonAnswered => {
                say("what is the price?");
                world.deliver().await;
                world.pass(seconds(4));
                world
                    .meta()
                    .human_reply(&world.username, &customer, "I am here.")
                    .unwrap();
            }
            Fate::Twice => {
                say("what is the price?");
                say("hello");
            }
        }
        customers.push(customer);
    }
    world.deliver().await;
    customers
}

#[tokio::test]
async fn a_group_ends_as_each_would_alone() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        world.rule("Price", &["price"], "It costs 20 euros.").await;
        world.rule("Person", &["colleague"], "A colleague takes over.").await;
        let text = "UPDATE rules SET leave_to_person = TRUE WHERE label = 'Person'";
        world.execute(text, []).await;
        world.grant_credits(1_000).await;
        let mut runner = TestRunner::deterministic();
        for case in 0..CASES {
            let fates = vec(fate(), 1..12).new_tree(&mut runner).unwrap().current();
            let alone = write(world, &format!("alone{case}"), &fates).await;
            world.run_due_in_turn().await;
            let together = write(world, &format!("together{case}"), &fates).await;
            world.run_due().await;
            for ((alone, together), fate) in alone.iter().zip(&together).zip(&fates) {
                let ends = ends_of(world, together).await;
                assert!(!ends.is_empty(), "{fate:?}");
                assert_eq!(ends, ends_of(world, alone).await, "{fate:?} of {fates:?}");
            }
        }
    })
    .await;
}

/// Credits that do not suffice are spent to the last, and whoever gets none is told so in the log.
#[tokio::test]
async fn a_group_spends_the_last_credits_and_not_one_more() {
    tell_with(
        |_| {},
        async |world| {
            let left = 5usize;
            let balance = usize::try_from(world.balance().await).unwrap();
            world.use_up_credits(balance - left).await;
            let customers: Vec<String> = (0..12).map(|number| format!("ada.{number}")).collect();
            for customer in &customers {
                world.customer_writes_as(customer, "hello");
            }
            world.deliver().await;
            world.run_due().await;
            let mut outcomes = HashMap::<Option<String>, usize>::new();
            for customer in &customers {
                for end in ends_of(world, customer).await {
                    *outcomes.entry(end.reason).or_default() += 1;
                }
            }
            let expected = HashMap::from([(None, left), (Some("no_credits".to_owned()), customers.len() - left)]);
            assert_eq!((outcomes, world.balance().await), (expected, 0));
        },
    )
    .await;
}

/// A reply that breaks its group is tried alone, and its neighbours do not notice.
#[tokio::test]
async fn one_bad_row_does_not_spoil_its_group() {
    tell_with(
        |_| {},
        async |world| {
            for number in 0..8 {
                world.customer_writes_as(&format!("ada.{number}"), "hello");
            }
            world.deliver().await;
            let bad =
                "UPDATE messages SET kind = 'sticker_v2' WHERE id = (SELECT id FROM messages ORDER BY id LIMIT 1)";
            world.execute(bad, []).await;
            let pipeline = world.engine.pipeline();
            let text = "SELECT id FROM replies ORDER BY id";
            let replies = sql::values(world.database.reader(), text, []).await.unwrap();
            join_all(replies.into_iter().map(|reply| pipeline.work(reply))).await;
            let sent = world.count("replies WHERE state = 'sent'").await;
            let faulty = world.count("replies WHERE panics = 1").await;
            assert_eq!((sent, faulty), (7, 1));
            world
                .execute("UPDATE messages SET kind = 'text' WHERE kind = 'sticker_v2'", [])
                .await;
            world.wait(seconds(2)).await;
            assert_eq!(world.count("replies WHERE state = 'sent'").await, 8);
        },
    )
    .await;
}

/// What this process records it takes to work itself; jobs are for what it does not.
#[tokio::test]
async fn a_process_that_works_on_replies_needs_no_job_for_them() {
    tell_with(
        |setup| setup.real_time = true,
        async |world| {
            let servers = world.start_workers();
            while !world.engine.pipeline().dispatcher().is_running() {
                tokio::task::yield_now().await;
            }
            world.customer_writes("hello");
            world.deliver().await;
            while world.count("replies WHERE state = 'sent'").await == 0 {
                tokio::task::yield_now().await;
            }
            let jobs = match world.database.is_postgres() {
                true => "apalis.jobs WHERE job_type = 'replies'",
                false => "Jobs WHERE job_type = 'replies'",
            };
            assert_eq!(world.count(jobs).await, 0);
            servers.stop().await;
            assert!(!world.engine.pipeline().dispatcher().is_running());
            world.customer_writes_as("ben", "hello");
            world.deliver().await;
            assert_eq!(world.count(jobs).await, 1, "somebody else's now");
            world.run_due().await;
        },
    )
    .await;
}

/// What has expired is written off first; then the batch that ends first is used up before the next is touched.
#[tokio::test]
async fn a_group_takes_from_several_batches_in_the_order_in_which_they_end() {
    tell_with(|_| {}, async |world| {
        let balance = usize::try_from(world.balance().await).unwrap();
        world.use_up_credits(balance).await;
        world.grant_credits_until(4, Some(world.now() + hours(1))).await;
        world.pass(hours(2));
        world.grant_credits(3).await;
        world.grant_credits_until(2, Some(world.now() + hours(24))).await;
        for number in 0..6 {
            world.customer_writes_as(&format!("ada.{number}"), "hello");
        }
        world.deliver().await;
        let from = world.now();
        world.run_due().await;
        let text = "SELECT l.kind, l.amount, l.balance_after, b.granted FROM credit_ledger l JOIN credit_batches b ON b.id = l.batch_id
            WHERE l.created_at >= $1 AND l.kind <> 'grant' ORDER BY l.balance_after DESC, l.id";
        let rows: Vec<(String, i64, i64, i64)> = sql::values(world.database.reader(), text, [from.into()]).await.unwrap();
        let deduct = |balance, granted| ("deduct".to_owned(), -1, balance, granted);
        let expected = [
            ("expire".to_owned(), -4, 5, 4),
            deduct(4, 2),
            deduct(3, 2),
            deduct(2, 3),
            deduct(1, 3),
            deduct(0, 3),
        ];
        assert_eq!(rows, expected);
        let unpaid = world.count("messages WHERE reason = 'no_credits'").await;
        assert_eq!((unpaid, world.balance().await), (1, 0));
    })
    .await;
}
