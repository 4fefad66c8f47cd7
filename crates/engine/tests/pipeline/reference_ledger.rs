//! The reference ledger keeps its own promises before the engine is held against it.

use std::time::Duration;

use domain::credits::LedgerKind;
use domain::ids::{BatchId, ReplyId};
use domain::time::Timestamp;
use proptest::prelude::*;
use uuid::Uuid;

use crate::support::reference_ledger::{ReferenceLedger, ReserveError, RestoreError};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn batch(number: u128) -> BatchId {
    BatchId::from_uuid(Uuid::from_u128(number))
}

fn reply(number: u128) -> ReplyId {
    ReplyId::from_uuid(Uuid::from_u128(number))
}

fn day(number: u32) -> Timestamp {
    Timestamp::from_millis(0) + DAY * number
}

#[test]
fn the_batch_that_expires_soonest_pays_first() {
    let mut ledger = ReferenceLedger::default();
    assert!(ledger.grant(batch(1), 1, None, day(0)));
    assert!(ledger.grant(batch(2), 1, Some(day(9)), day(0)));
    assert!(ledger.grant(batch(3), 1, Some(day(5)), day(0)));
    assert!(!ledger.grant(batch(3), 1, Some(day(5)), day(0)));
    let order: Vec<_> = (0..4).map(|number| ledger.reserve(reply(number), day(1))).collect();
    assert_eq!(
        order,
        [Ok(batch(3)), Ok(batch(2)), Ok(batch(1)), Err(ReserveError::NoCredits)]
    );
    assert_eq!(ledger.balance(), 0);
    ledger.check().expect("sound");
}

#[test]
fn a_reply_pays_once_and_is_refunded_once() {
    let mut ledger = ReferenceLedger::default();
    ledger.grant(batch(1), 2, None, day(0));
    assert_eq!(ledger.restore(reply(1), day(0)), Err(RestoreError::NeverReserved));
    assert_eq!(ledger.reserve(reply(1), day(0)), Ok(batch(1)));
    assert_eq!(ledger.reserve(reply(1), day(0)), Err(ReserveError::AlreadyReserved));
    assert_eq!(ledger.restore(reply(1), day(0)), Ok(batch(1)));
    assert_eq!(ledger.restore(reply(1), day(0)), Err(RestoreError::AlreadyRestored));
    assert_eq!(ledger.reserve(reply(1), day(0)), Err(ReserveError::AlreadyReserved));
    assert_eq!(ledger.balance(), 2);
    ledger.check().expect("sound");
}

#[test]
fn a_credit_given_back_to_an_expired_batch_lives_seven_days() {
    let mut ledger = ReferenceLedger::default();
    ledger.grant(batch(1), 3, Some(day(2)), day(0));
    ledger.reserve(reply(1), day(1)).expect("a credit");
    assert_eq!(ledger.reserve(reply(2), day(2)), Err(ReserveError::NoCredits));
    ledger.restore(reply(1), day(3)).expect("back");
    assert_eq!((ledger.balance(), ledger.usable(day(3))), (1, 1));
    let kinds: Vec<LedgerKind> = ledger.rows().iter().map(|row| row.kind).collect();
    assert_eq!(
        kinds,
        [
            LedgerKind::Grant,
            LedgerKind::Deduct,
            LedgerKind::Expire,
            LedgerKind::Restore
        ]
    );
    ledger.expire(day(9));
    assert_eq!(ledger.balance(), 1);
    ledger.expire(day(10));
    assert_eq!((ledger.balance(), ledger.usable(day(10))), (0, 0));
    ledger.check().expect("sound");
}

#[derive(Clone, Debug)]
enum Act {
    Grant {
        batch: u128,
        credits: u32,
        days: Option<u32>,
    },
    Reserve(u128),
    Restore(u128),
    Expire,
    Wait(u32),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        (0_u128..6, 0_u32..5, prop::option::of(0_u32..20))
            .prop_map(|(batch, credits, days)| { Act::Grant { batch, credits, days } }),
        (0_u128..12).prop_map(Act::Reserve),
        (0_u128..12).prop_map(Act::Restore),
        Just(Act::Expire),
        (0_u32..6).prop_map(Act::Wait),
    ]
}

proptest! {
    #[test]
    fn the_books_always_balance(acts in prop::collection::vec(act(), 0..80)) {
        let mut ledger = ReferenceLedger::default();
        let mut today = 0;
        for act in acts {
            let now = day(today);
            let before = ledger.balance();
            match act {
                Act::Grant { batch: number, credits, days } => {
                    ledger.grant(batch(number), credits, days.map(|days| day(today + days)), now);
                }
                Act::Reserve(number) => {
                    let usable = ledger.usable(now);
                    match ledger.reserve(reply(number), now) {
                        Ok(_) => prop_assert_eq!(ledger.usable(now), usable - 1),
                        Err(ReserveError::NoCredits) => prop_assert_eq!(usable, 0),
                        Err(ReserveError::AlreadyReserved) => prop_assert_eq!(ledger.balance(), before),
                    }
                }
                Act::Restore(number) => {
                    let usable = ledger.usable(now);
                    if ledger.restore(reply(number), now).is_ok() {
                        prop_assert_eq!(ledger.usable(now), usable + 1);
                    }
                }
                Act::Expire => {
                    ledger.expire(now);
                    prop_assert_eq!(u64::try_from(ledger.balance()), Ok(ledger.usable(now)));
                }
                Act::Wait(days) => today += days,
            }
            prop_assert_eq!(ledger.check(), Ok(()));
        }
    }
}
