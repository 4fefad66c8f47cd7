//! More replies want the AI than it may be asked at a time: who finds no turn in time waits, and no call is counted, cut or paid for twice.

use std::num::NonZeroUsize;

use domain::credits::LedgerKind;
use sandbox::{AiFault, AiFaultSpec};

use crate::world::{ANSWER, CUSTOMER, Setup, seconds, tell_with, with_ai};

const OTHERS: [&str; 2] = ["other_customer", "third_customer"];

/// One call at a time, and a claim that is as long as a call may take: nobody has time to wait for a turn.
fn one_at_a_time(setup: &mut Setup) {
    with_ai(setup);
    setup.ai_concurrency = NonZeroUsize::MIN;
    setup.timings.claim_ms = 21_000;
    setup.timings.claim_reserve_ms = 1_000;
}

#[tokio::test]
async fn who_finds_no_turn_is_answered_later_by_a_call_of_its_own() {
    tell_with(one_at_a_time, async |world| {
        world.with_ai_default().await;
        let slow = AiFault::Slow { ms: 800 };
        world.ai().fault(AiFaultSpec::from(slow).times(1));
        for customer in [CUSTOMER, OTHERS[0], OTHERS[1]] {
            world.ai_says(ANSWER);
            world.customer_writes_as(customer, "How much?");
        }
        world.deliver().await;
        world.work().await;
        assert_eq!((world.replies().len(), world.questions().len()), (1, 1));
        let waits = "replies WHERE tenant_id = $1 AND state = 'reserved' AND compose_attempts = 0
            AND wait_reason IS NULL AND claimed_by IS NULL";
        assert_eq!(world.count(waits).await, 2, "nothing is counted that was not asked");
        assert_eq!(world.ledger(LedgerKind::Deduct).await, 3);

        for _ in OTHERS {
            world.wait(seconds(3)).await;
        }
        assert_eq!((world.replies().len(), world.questions().len()), (3, 3));
        assert_eq!((world.balance().await, world.ledger(LedgerKind::Restore).await), (7, 0));
    })
    .await;
}
