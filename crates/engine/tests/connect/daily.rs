//! The daily run at 06:00 UTC: renewals, warnings, catching up, and what one account's fault means for the others.

use domain::ids::AccountId;
use domain::views::Tone;
use engine::identity::Actor;
use sandbox::{Edge, FaultKind, FaultSpec, LifeEvent};

use crate::world::{World, connected, days, hours, tell};

impl World {
    fn expire_page_token_in(&self, time: std::time::Duration) {
        let at = (self.now() + time).as_millis() / 1_000;
        let page = self.page_id();
        self.meta().life(&LifeEvent::ExpirePageTokens { page, at }).unwrap();
    }

    async fn token_warning(&self, account: AccountId) -> Option<(Tone, String)> {
        let page = self.accounts().page(account).await.unwrap();
        let lines = page.connection.lines;
        let token = lines.into_iter().find(|line| line.label == "Token").unwrap();
        (token.state != Tone::Ok).then_some((token.state, token.sentence))
    }
}

#[tokio::test]
async fn a_token_within_seven_days_of_its_end_is_renewed() {
    tell(async |world| {
        connected(world.log_in(&world.admin(), world.only(0)).await);
        world.expire_page_token_in(days(8));
        assert_eq!(world.check_all().await, (1, 1, 0));
        assert!(
            world.account_row().await.token_expires_at.is_some(),
            "eight days are enough"
        );
        world.expire_page_token_in(days(6));
        assert_eq!(world.check_all().await, (1, 1, 0));
        let row = world.account_row().await;
        assert_eq!(
            (row.status.as_str(), row.token_expires_at),
            ("connected", None),
            "a new one without an end"
        );
        world.customer_writes("hello");
        world.deliver().await;
        world.pass(days(7));
        world.customer_asks("hello again").await;
        assert!(!world.replies().is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_persons_token_is_renewed_before_it_ends() {
    tell(async |world| {
        connected(world.log_in(&world.admin(), world.only(0)).await);
        let ends = "SELECT COALESCE(MAX(user_token_expires_at), 0) AS number FROM instagram_accounts";
        let first = world.number(ends).await;
        world.pass(days(54));
        assert_eq!(world.check_all().await, (1, 1, 0));
        assert!(world.number(ends).await > first + 50 * 86_400_000);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_renewed_keeps_working_until_its_end_and_the_admin_is_told_the_date() {
    tell(async |world| {
        // Connected without Facebook Login: there is no person's token.
        world.expire_page_token_in(days(5));
        assert_eq!(world.check_all().await, (1, 1, 0));
        assert_eq!(world.status_and_cause().await, ("connected".into(), None));
        let (tone, sentence) = world.token_warning(world.account).await.unwrap();
        assert!(tone == Tone::Warn && sentence.contains("27 Nov 2026"), "{sentence}");
        let page = world.accounts().page(world.account).await.unwrap();
        let problem = page.card.problem.unwrap();
        assert!(problem.sentence.contains("27 Nov 2026"), "{problem:?}");
        world.pass(days(5));
        assert_eq!(world.check_all().await, (1, 1, 1));
        assert_eq!(
            world.status_and_cause().await,
            ("needs_reconnect".into(), Some("token_expired".into()))
        );
    })
    .await;
}

#[tokio::test]
async fn the_end_of_data_access_is_announced_fourteen_and_three_days_before() {
    tell(async |world| {
        let warning = async |time| {
            let at = (world.now() + time).as_millis() / 1_000;
            let page = world.page_id();
            world.meta().life(&LifeEvent::EndDataAccess { page, at }).unwrap();
            world.check_all().await;
            let page = world.accounts().page(world.account).await.unwrap();
            let lines = page.connection.lines;
            lines
                .into_iter()
                .find(|line| line.label == "Data access")
                .map(|line| line.state)
        };
        assert_eq!(warning(days(15)).await, None);
        assert_eq!(warning(days(13)).await, Some(Tone::Warn));
        assert_eq!(warning(days(2)).await, Some(Tone::Bad));
    })
    .await;
}

#[tokio::test]
async fn accounts_are_independent_and_switched_off_ones_are_checked_too() {
    tell(async |world| {
        let (second, _) = world.connect(1, world.tenant).await;
        world
            .accounts()
            .set_enabled(second, false, Actor::Command)
            .await
            .unwrap();
        world.meta().set_token_dead(&world.username, Some(460)).unwrap();
        assert_eq!(world.check_all().await, (2, 2, 1));
        assert_eq!(world.status_and_cause().await.0, "needs_reconnect");
        assert_eq!(world.account_row_of(second).await.status, "connected");
        // Meta is silent about one: the other one is through, the one comes again later.
        let silent = FaultSpec::from(FaultKind::ServerError { http_status: 503 }).edge(Edge::DebugToken);
        world.meta().fault(silent.page(world.page_id()));
        assert_eq!(world.check_all().await, (2, 1, 0));
    })
    .await;
}

#[tokio::test]
async fn a_run_happens_once_a_day_is_made_up_for_and_is_visible_when_late() {
    tell(async |world| {
        let connections = world.engine.connections();
        let runs = "job_runs WHERE name = 'tokens'";
        assert!(
            connections.newest_run().await.unwrap().overdue,
            "09:00 and nothing has happened yet"
        );
        for _ in 0..3 {
            connections.tick().await.unwrap();
        }
        assert_eq!(world.count(runs).await, 1);
        world.pass(days(3));
        connections.tick().await.unwrap();
        assert_eq!(world.count(runs).await, 2, "the last missed one, not each of them");
        let superseded = "token_checks WHERE result = 'superseded'";
        assert_eq!(world.count(superseded).await, 1);
        world.pass(hours(20));
        connections.tick().await.unwrap();
        assert_eq!(world.count(runs).await, 2, "05:00");
        world.pass(hours(1));
        connections.tick().await.unwrap();
        assert_eq!(world.count(runs).await, 3, "06:00");
        assert!(!connections.newest_run().await.unwrap().overdue, "just begun");
    })
    .await;
}
