//! Paying: zero credits, which batch is used, what comes back, and whether tampering is found.

use domain::credits::LedgerKind;
use domain::ids::ReplyId;
use domain::reasons::Reason;
use engine::credits::{self, Discrepancy};
use sandbox::FaultKind;

use crate::world::{DEFAULT_REPLY, World, days, minutes, tell};

#[tokio::test]
async fn without_credits_nothing_is_sent_and_old_messages_are_not_answered_later() {
    tell(async |world| {
        world.use_up_credits(10).await;
        world.customer_asks("hello").await;
        assert_eq!(world.reply().await.reason.as_deref(), Some(Reason::NoCredits.as_str()));
        world.grant_credits(5).await;
        world.wait(minutes(1)).await;
        assert!(world.replies().is_empty());
        world.customer_asks("hello").await;
        assert_eq!((world.replies().len(), world.balance().await), (1, 4));
    })
    .await;
}

#[tokio::test]
async fn the_batch_that_expires_first_is_used_first_and_its_rest_is_written_off() {
    tell(async |world| {
        world.grant_credits_until(2, Some(world.now() + days(30))).await;
        world.grant_credits_until(3, Some(world.now() + days(1))).await;
        world.customer_asks("hello").await;
        let left = "SELECT remaining AS number FROM credit_batches WHERE tenant_id = $1 AND granted = 3";
        assert_eq!(world.number(left).await, 2);
        world.pass(days(1));
        world.use_up_credits(12).await;
        world.customer_asks("one more").await;
        assert_eq!(
            world.replies(),
            [DEFAULT_REPLY],
            "the expired two were no credits any more"
        );
        assert_eq!((world.balance().await, world.ledger(LedgerKind::Expire).await), (0, 1));
    })
    .await;
}

#[tokio::test]
async fn a_credit_that_comes_back_to_an_expired_batch_lives_for_seven_more_days() {
    tell(async |world| {
        world.grant_credits_until(2, Some(world.now() + minutes(5))).await;
        world.meta().fault(FaultKind::RateLimit {
            code: 613,
            regain_minutes: 10,
        });
        world.customer_asks("hello").await;
        world.meta().clear_faults();
        world.meta().fault(FaultKind::OutsideWindow);
        world.wait(minutes(10)).await;
        assert_eq!(
            world.reply().await.reason.as_deref(),
            Some(Reason::OutsideWindow.as_str())
        );
        assert_eq!(
            world.balance().await,
            11,
            "the one that came back; the other one expired"
        );
        world.pass(days(7));
        let transaction = world.database.begin().await.unwrap();
        credits::write_off_expired(&transaction, world.tenant, world.now())
            .await
            .unwrap();
        transaction.commit().await.unwrap();
        assert_eq!(world.balance().await, 10);
    })
    .await;
}

#[tokio::test]
async fn a_reply_is_never_charged_twice_nor_given_back_twice() {
    tell(async |world| {
        let reply = ReplyId::from_uuid(uuid::Uuid::now_v7());
        let now = world.now();
        let transaction = world.database.begin().await.unwrap();
        assert!(
            !credits::restore(&transaction, reply, now).await.unwrap(),
            "nothing was taken yet"
        );
        credits::reserve(&transaction, world.tenant, reply, now).await.unwrap();
        transaction.commit().await.unwrap();
        let transaction = world.database.begin().await.unwrap();
        credits::reserve(&transaction, world.tenant, reply, now)
            .await
            .unwrap_err();
        drop(transaction);
        let transaction = world.database.begin().await.unwrap();
        assert!(credits::restore(&transaction, reply, now).await.unwrap());
        assert!(!credits::restore(&transaction, reply, now).await.unwrap());
        transaction.commit().await.unwrap();
        assert_eq!(world.balance().await, 10);
    })
    .await;
}

async fn found_after(world: &World, tampering: &str, undo: &str) -> Vec<Discrepancy> {
    world.execute(tampering, []).await;
    let found = credits::verify(&world.database).await.unwrap();
    world.execute(undo, []).await;
    found
}

#[tokio::test]
async fn verify_finds_what_does_not_add_up() {
    tell(async |world| {
        world.customer_asks("hello").await;
        let tenants = [
            (
                "UPDATE credit_balances SET balance = balance + 1",
                "UPDATE credit_balances SET balance = balance - 1",
            ),
            (
                "UPDATE credit_batches SET remaining = remaining - 1",
                "UPDATE credit_batches SET remaining = remaining + 1",
            ),
            (
                "UPDATE credit_ledger SET amount = 11 WHERE kind = 'grant'",
                "UPDATE credit_ledger SET amount = 10 WHERE kind = 'grant'",
            ),
        ];
        for (tampering, undo) in tenants {
            let found = found_after(world, tampering, undo).await;
            assert!(
                matches!(found[..], [Discrepancy::Tenant { .. }]),
                "{tampering}: {found:?}"
            );
        }
        let found = found_after(
            world,
            "UPDATE replies SET state = 'failed', reason = 'transient'",
            "UPDATE replies SET state = 'sent', reason = NULL",
        )
        .await;
        assert!(
            matches!(
                found[..],
                [Discrepancy::Reply {
                    deducted: 1,
                    restored: 0,
                    ..
                }]
            ),
            "{found:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn another_tenants_credits_are_not_used() {
    tell(async |world| {
        world.use_up_credits(10).await;
        let other = world.another_tenant().await;
        world.grant(other, 5, None, "theirs").await;
        world.customer_asks("hello").await;
        assert!(world.replies().is_empty());
    })
    .await;
}
