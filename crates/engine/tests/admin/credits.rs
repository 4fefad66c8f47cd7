//! The credits page: balance, ledger, pace, and who wrote in vain.

use domain::credits::LedgerKind;
use domain::views::{Cursor, LedgerFilter, LedgerSelection, NamedDays, Outlook};
use engine::credits::{self, Grant, GrantError, Granted};

use crate::world::{NOON, an_owner, days, minutes, tell_with};

#[tokio::test]
async fn the_page_tells_how_long_credits_last_and_where_they_came_from() {
    tell_with(an_owner, async |world| {
        world.grant(world.tenant, 61, None, "Welcome").await;
        world.use_up_credits(1).await;
        for day in 0..7 {
            for _ in 0..10 {
                world.log_message(NOON + days(day), Some("sent"), None).await;
            }
        }
        let look = async |filter: LedgerFilter| world.credits().page(filter, &Cursor::Newest).await.unwrap();
        world.pass(days(6));
        assert_eq!(look(LedgerFilter::All).await.outlook, Outlook::TooEarly);
        world.pass(days(1));
        let page = look(LedgerFilter::All).await;
        assert_eq!((page.balance, page.reserved, page.days.len()), (60, 0, 30));
        let forecast = page.outlook.forecast().unwrap();
        assert_eq!(
            (forecast.per_day, forecast.days, forecast.stops.as_str()),
            (10, 6, "5 Dec")
        );
        assert_eq!(page.days[28].canned, 10, "yesterday is the last but one");
        let added = look(LedgerFilter::Added).await;
        let row = &added.ledger[0];
        assert_eq!(
            (row.kind, row.what.as_str(), row.change),
            (LedgerKind::Grant, "Added", 61)
        );
        assert_eq!(row.detail.as_deref(), Some("Welcome"));
        assert_eq!(look(LedgerFilter::Used).await.ledger.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_balance_is_told_day_by_day_and_the_ledger_by_days() {
    tell_with(an_owner, async |world| {
        world.pass(days(1));
        world.grant_credits(10).await;
        world.pass(days(2));
        world.use_up_credits(3).await;
        world.grant_credits(5).await;
        world.pass(days(1));
        let page = world.credits().page(LedgerFilter::All, &Cursor::Newest).await.unwrap();
        let balances: Vec<_> = page.balances.iter().map(|day| day.balance).collect();
        assert_eq!(balances.len(), 30);
        assert_eq!(balances[25..], [None, Some(10), Some(10), Some(12), Some(12)]);

        let named = |label: &str| page.named_days.iter().find(|days| days.label == label).unwrap().clone();
        let rows = async |label: &str, kind| {
            let NamedDays { from, to, .. } = named(label);
            let wanted = LedgerSelection { kind, from, to };
            let page = world.credits().page(wanted.clone(), &Cursor::Newest).await.unwrap();
            assert_eq!(page.filter, wanted);
            page.ledger.len()
        };
        assert_eq!(rows("Today", LedgerFilter::All).await, 0);
        assert_eq!(rows("Last 7 days", LedgerFilter::All).await, 5);
        assert_eq!(rows("Last 7 days", LedgerFilter::Added).await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_grant_that_is_repeated_with_its_reference_adds_nothing() {
    tell_with(an_owner, async |world| {
        let grant = |tenant, amount: i64| Grant {
            tenant,
            amount,
            expires_at: None,
            note: "November".into(),
            reference: Some("invoice 7".into()),
        };
        let give = async |grant: Grant| {
            let transaction = world.database.begin().await.unwrap();
            let granted = credits::grant(&transaction, &grant, world.now()).await;
            transaction.commit().await.unwrap();
            granted
        };
        assert_eq!(
            give(grant(world.tenant, 60)).await.unwrap(),
            Granted::Now { balance: 60 }
        );
        world.pass(minutes(1));
        let again = give(grant(world.tenant, 60)).await.unwrap();
        assert_eq!(again, Granted::Before { at: NOON, balance: 60 });
        let other = give(grant(world.tenant, 61)).await;
        assert!(matches!(other, Err(GrantError::ReferenceTaken(60))), "{other:?}");
        let neighbour = world.neighbour().await;
        let theirs = give(grant(neighbour.tenant, 5)).await.unwrap();
        assert_eq!(theirs, Granted::Now { balance: 5 });
        assert_eq!(world.ledger(LedgerKind::Grant).await, 1);
    })
    .await;
}

#[tokio::test]
async fn at_zero_it_counts_who_wrote_in_vain_since_the_last_grant() {
    tell_with(an_owner, async |world| {
        world
            .log_message(NOON - days(1), Some("skipped"), Some("no_credits"))
            .await;
        world.grant_credits(1).await;
        world.use_up_credits(1).await;
        world
            .log_message(NOON + minutes(1), Some("skipped"), Some("no_credits"))
            .await;
        let page = world.credits().page(LedgerFilter::All, &Cursor::Newest).await.unwrap();
        let unanswered = page.unanswered.unwrap();
        assert_eq!((unanswered.count, unanswered.since.clock.as_str()), (1, "12:01"));
    })
    .await;
}

#[tokio::test]
async fn the_ledger_is_paged_by_key() {
    tell_with(an_owner, async |world| {
        for _ in 0..60 {
            world.grant_credits(1).await;
        }
        let first = world
            .credits()
            .page(LedgerFilter::Added, &Cursor::Newest)
            .await
            .unwrap();
        let older = Cursor::Older(first.older.unwrap());
        let second = world.credits().page(LedgerFilter::Added, &older).await.unwrap();
        assert_eq!((first.ledger.len(), second.ledger.len(), second.older), (50, 10, None));
        assert_eq!(first.ledger[0].balance_after, 60);
        assert_eq!(second.ledger[9].balance_after, 1);
    })
    .await;
}
