//! The ledger against its reference: step by step at random, and with everybody taking at once.

use domain::credits::LedgerKind;
use domain::ids::{BatchId, ReplyId};
use engine::credits::{self, Reservation};
use engine::storage::{Database, StorageError, sql};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::support::reference_ledger::{ReferenceLedger, ReserveError};
use crate::world::{World, days, tell};

#[derive(Debug, Clone)]
enum Step {
    Grant { amount: u8, days: Option<u8> },
    Reserve { reply: u8 },
    Restore { reply: u8 },
    Expire,
    Days(u8),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        2 => (1..4u8, proptest::option::of(1..6u8)).prop_map(|(amount, days)| Step::Grant { amount, days }),
        6 => (0..30u8).prop_map(|reply| Step::Reserve { reply }),
        4 => (0..30u8).prop_map(|reply| Step::Restore { reply }),
        1 => Just(Step::Expire),
        2 => (1..4u8).prop_map(Step::Days),
    ];
    proptest::collection::vec(step, 80)
}

#[derive(FromQueryResult)]
struct NewestBatch {
    id: Uuid,
}

async fn newest_batch(database: &Database) -> BatchId {
    let text = "SELECT id FROM credit_batches ORDER BY id DESC LIMIT 1";
    let row: Option<NewestBatch> = sql::optional(database.reader(), text, []).await.unwrap();
    BatchId::from_uuid(row.unwrap().id)
}

fn reply(number: u8) -> ReplyId {
    ReplyId::from_uuid(Uuid::from_u128(u128::from(number) + 1))
}

/// One transaction that both do; they must agree on what came of it.
async fn take(world: &World, reference: &mut ReferenceLedger, step: &Step) {
    let now = world.now();
    let transaction = world.database.begin().await.unwrap();
    match step {
        Step::Reserve { reply: number } => {
            let mine = credits::reserve(&transaction, world.tenant, reply(*number), now).await;
            match (mine, reference.reserve(reply(*number), now)) {
                (Ok(Reservation::Reserved), Ok(_)) => {}
                // The engine writes off what it finds expired on the way; so does the reference when it is asked to.
                (Ok(Reservation::NoCredits), Err(_)) => reference.expire(now),
                (Err(StorageError::Refused(_)), Err(ReserveError::AlreadyReserved)) => return,
                (mine, theirs) => panic!("{mine:?} but {theirs:?}"),
            }
        }
        Step::Restore { reply: number } => {
            let mine = credits::restore(&transaction, reply(*number), now).await.unwrap();
            assert_eq!(mine, reference.restore(reply(*number), now).is_ok());
        }
        _ => {
            credits::write_off_expired(&transaction, world.tenant, now)
                .await
                .unwrap();
            reference.expire(now);
        }
    }
    transaction.commit().await.unwrap();
}

#[tokio::test]
async fn every_sequence_ends_where_the_reference_ends() {
    tell(async |world| {
        let mut runner = TestRunner::deterministic();
        let mut reference = ReferenceLedger::default();
        reference.grant(newest_batch(&world.database).await, 10, None, world.now());
        for _ in 0..3 {
            for step in steps().new_tree(&mut runner).unwrap().current() {
                match step {
                    Step::Days(count) => world.pass(days(u64::from(count))),
                    Step::Grant { amount, days: lifetime } => {
                        let expires_at = lifetime.map(|lifetime| world.now() + days(u64::from(lifetime)));
                        world.grant_credits_until(i64::from(amount), expires_at).await;
                        let batch = newest_batch(&world.database).await;
                        reference.grant(batch, u32::from(amount), expires_at, world.now());
                    }
                    step => take(world, &mut reference, &step).await,
                }
                take(world, &mut reference, &Step::Expire).await;
                assert_eq!(
                    world.balance().await,
                    reference.balance(),
                    "{step:?}",
                    step = "after a step"
                );
                reference.check().unwrap();
            }
            assert_eq!(credits::verify(&world.database).await.unwrap(), []);
        }
        for kind in [LedgerKind::Deduct, LedgerKind::Restore, LedgerKind::Expire] {
            let expected = reference.rows().iter().filter(|row| row.kind == kind).count();
            assert!(expected > 0, "the steps reach {kind:?}");
            assert_eq!(world.ledger(kind).await, i64::try_from(expected).unwrap(), "{kind:?}");
        }
    })
    .await;
}

async fn reserve_and_sometimes_restore(world: &World, number: u8) -> (bool, bool) {
    let transaction = world.database.begin().await.unwrap();
    let taken = credits::reserve(&transaction, world.tenant, reply(number), world.now())
        .await
        .unwrap();
    transaction.commit().await.unwrap();
    if taken == Reservation::NoCredits || !number.is_multiple_of(3) {
        return (taken == Reservation::Reserved, false);
    }
    let transaction = world.database.begin().await.unwrap();
    let restored = credits::restore(&transaction, reply(number), world.now())
        .await
        .unwrap();
    transaction.commit().await.unwrap();
    (true, restored)
}

#[tokio::test]
async fn however_many_take_at_once_nothing_is_lost_or_overdrawn() {
    tell(async |world| {
        for lifetime in [1, 2, 3] {
            world.grant_credits_until(10, Some(world.now() + days(lifetime))).await;
        }
        let all = futures::future::join_all((0..120).map(|number| reserve_and_sometimes_restore(world, number))).await;
        let count = |of: fn(&(bool, bool)) -> bool| i64::try_from(all.iter().filter(|one| of(one)).count()).unwrap();
        let (taken, restored) = (count(|one| one.0), count(|one| one.1));
        assert!(restored > 0);
        assert_eq!(world.balance().await, 40 - taken + restored);
        assert!(taken - restored <= 40 && taken >= 40);
        assert_eq!((world.ledger(LedgerKind::Deduct).await, world.ledger(LedgerKind::Restore).await), (taken, restored));
        let chain = "SELECT COUNT(DISTINCT balance_after) AS number FROM credit_ledger WHERE tenant_id = $1 AND balance_after < 0";
        assert_eq!(world.number(chain).await, 0);
    })
    .await;
}
