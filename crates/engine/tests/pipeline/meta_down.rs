//! Meta does not answer: the account that waits for it says so wherever its connection is told, and no other one does.

use domain::views::{CheckLine, Tone};
use engine::accounts::Accounts;
use engine::overview::pulse;
use sandbox::{Edge, FaultKind, FaultSpec};

use crate::world::{World, account_of, minutes, seconds, tell};

/// The line *Can send* of an account's own page.
async fn can_send(accounts: &Accounts, account: domain::ids::AccountId) -> CheckLine {
    let lines = accounts.page(account).await.unwrap().connection.lines;
    lines.into_iter().find(|line| line.label == "Can send").unwrap()
}

async fn answered(world: &World, text: &str) {
    world.customer_writes(text);
    world.deliver().await;
    world.run_due().await;
    world.deliver().await;
}

#[tokio::test]
async fn can_send_tells_of_replies_that_wait_for_meta_until_they_went_out() {
    tell(async |world| {
        let other = account_of(world.tenant, "3003");
        let other = world.registry().add_instagram(&other, world.actor()).await;
        let other = other.unwrap().account;
        answered(world, "hello").await;
        let accounts = world.accounts();
        assert_eq!(can_send(&accounts, world.account).await.state, Tone::Ok);

        let down = || FaultSpec::from(FaultKind::ServerError { http_status: 503 });
        world.meta().fault(down().edge(Edge::Send));
        world.meta().fault(down().edge(Edge::Conversations));
        answered(world, "and now?").await;
        world.wait_in_steps(seconds(30), seconds(5)).await;
        assert_eq!(
            can_send(&accounts, world.account).await.state,
            Tone::Ok,
            "it may be short"
        );

        let heard = async || pulse(&world.database, world.tenant, world.now()).await.unwrap();
        let before = heard().await;
        world.wait_in_steps(minutes(2), seconds(5)).await;
        assert_ne!(heard().await, before, "open pages hear of it");
        let told = can_send(&accounts, world.account).await;
        assert_eq!(told.state, Tone::Warn);
        assert_eq!(
            told.sentence,
            "Meta does not answer: 1 reply waits. It goes out by itself when Meta does."
        );
        assert_eq!(
            can_send(&accounts, other).await.state,
            Tone::Idle,
            "nothing of it waits"
        );
        let health = world.health().page().await.unwrap();
        let told_twice = health.accounts.iter().filter(|one| one.lines.contains(&told));
        assert_eq!(told_twice.count(), 1);
        let pill = |label: &str| health.accounts.iter().any(|one| one.pill.label == label);
        assert!(pill("Meta does not answer") && !pill("Works"));
        let overview = world.overview().page().await.unwrap();
        assert_eq!(
            (overview.status.tone, overview.status.lead.as_str()),
            (Tone::Warn, "Partly on.")
        );

        world.meta().clear_faults();
        world.wait_in_steps(minutes(15), seconds(5)).await;
        assert_eq!(world.replies().len(), 2);
        assert_eq!(can_send(&accounts, world.account).await.state, Tone::Ok);
    })
    .await;
}

#[tokio::test]
async fn a_reply_whose_outcome_nobody_knows_is_not_told_as_an_outage_while_others_go_out() {
    tell(async |world| {
        world.meta().fault(FaultSpec::from(FaultKind::CutBefore).times(1));
        let unreadable = FaultSpec::from(FaultKind::ServerError { http_status: 503 });
        world.meta().fault(unreadable.edge(Edge::Conversations));
        answered(world, "hello").await;
        world.wait_in_steps(minutes(3), seconds(30)).await;
        let what = async || {
            let attention = world.overview().page().await.unwrap().attention;
            let about_replies = attention.into_iter().filter(|line| line.subject == "Replies");
            about_replies.map(|line| line.what).collect::<Vec<_>>()
        };
        assert_eq!(what().await, ["wait because Meta does not answer: 1 so far"]);

        world.customer_writes_as("2002", "hello");
        world.deliver().await;
        world.run_due().await;
        world.deliver().await;
        assert_eq!(world.replies().len(), 1);
        world.wait_in_steps(minutes(1), seconds(30)).await;
        assert_eq!(what().await, [""; 0], "Meta answers: it sent the other one");
        assert_eq!(can_send(&world.accounts(), world.account).await.state, Tone::Ok);
        let open = "replies WHERE tenant_id = $1 AND wait_reason = 'confirming' AND settled_at IS NULL";
        assert_eq!(world.count(open).await, 1, "and the first is still being looked up");
    })
    .await;
}
