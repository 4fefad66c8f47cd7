//! *Check now*: what it sees, what it mends, and what it leaves to people.

use domain::views::{AccountData, Attention, CheckLine, Place, Tone};
use engine::accounts::AccountCause;
use engine::connect::{CheckError, CheckResult};
use engine::identity::Actor;
use sandbox::{Edge, FaultKind, FaultSpec, LifeEvent};

use crate::world::{World, connected, days, hours, tell};

async fn check(world: &World) -> Result<CheckResult, CheckError> {
    world
        .engine
        .connections()
        .check(world.tenant, world.account, Actor::Command)
        .await
}

async fn is_broken_by(world: &World, cause: AccountCause) {
    assert_eq!(check(world).await.unwrap(), CheckResult::Broken(cause));
    assert_eq!(world.status_and_cause().await.1.as_deref(), Some(cause.as_str()));
}

impl World {
    /// Meta ends the subscription without a word.
    fn page_is_unsubscribed(&self) {
        self.meta()
            .fault(FaultSpec::from(FaultKind::Unsubscribed).page(self.page_id()));
    }

    /// The line of *Needs you* about a time without a subscription.
    async fn told_of_a_loss(&self) -> Option<Attention> {
        let attention = self.overview().page().await.unwrap().attention;
        attention.into_iter().find(|line| line.what.contains("cut off"))
    }

    /// What the account's page and *Health* say about the subscription.
    async fn subscription_line(&self) -> CheckLine {
        let find = |lines: Vec<CheckLine>| lines.into_iter().find(|line| line.label == "Subscription").unwrap();
        let account = find(self.accounts().page(self.account).await.unwrap().connection.lines);
        let health = self.health().page().await.unwrap().accounts.remove(0);
        assert_eq!(find(health.lines), account);
        account
    }
}

#[tokio::test]
async fn a_lost_subscription_is_made_again_and_told_for_a_day() {
    tell(async |world| {
        assert_eq!(check(world).await.unwrap(), CheckResult::Working { woken: 0 });
        world.pass(hours(2));
        world.page_is_unsubscribed();
        world.customer_asks("is anybody there").await;
        assert_eq!(world.replies(), Vec::<String>::new(), "Meta does not deliver it");
        world.pass(hours(1));
        let found = check(world).await.unwrap();
        assert_eq!(found, CheckResult::Resubscribed { woken: 0 });
        assert!(found.sentence().contains("may have been missed. Look in Instagram."));
        let row = world.account_row().await;
        assert!(row.subscribed_fields.contains("messages"), "{row:?}");
        let noted = "audit_log WHERE tenant_id = $1 AND action = 'account.checked' AND detail LIKE '%made again%'";
        assert_eq!(world.count(noted).await, 1);
        world.customer_asks("hello").await;
        assert_eq!(world.replies().len(), 1, "deliveries come again");

        let told = world.told_of_a_loss().await.unwrap();
        assert_eq!(
            (told.tone, told.subject.as_str()),
            (Tone::Warn, world.username.as_str())
        );
        assert_eq!(told.what, "was cut off from Meta until 12:00");
        assert!(told.detail.contains("at some time after 09:00."), "{}", told.detail);
        assert_eq!(told.next_step.place, Place::Account { id: world.account });
        let line = world.subscription_line().await;
        assert_eq!(line.state, Tone::Ok);
        assert!(
            line.sentence.starts_with("Made again at 12:00: it had been lost."),
            "{}",
            line.sentence
        );

        world.pass(hours(23));
        assert_eq!(check(world).await.unwrap(), CheckResult::Working { woken: 0 });
        assert!(
            world.told_of_a_loss().await.is_some(),
            "a check that finds it there changes nothing"
        );
        world.pass(hours(1));
        assert_eq!(world.told_of_a_loss().await, None);
        let line = world.subscription_line().await;
        assert!(
            line.sentence.starts_with("Meta sends this account’s messages here"),
            "{}",
            line.sentence
        );
    })
    .await;
}

#[tokio::test]
async fn the_daily_check_tells_of_a_lost_subscription_too_and_a_second_loss_does_not_hide_the_first() {
    tell(async |world| {
        assert_eq!(world.check_all().await, (1, 1, 0));
        world.pass(hours(4));
        world.page_is_unsubscribed();
        assert_eq!(world.check_all().await, (1, 1, 0));
        world.pass(hours(1));
        world.page_is_unsubscribed();
        assert_eq!(world.check_all().await, (1, 1, 0));
        let told = world.told_of_a_loss().await.unwrap();
        assert_eq!(told.what, "was cut off from Meta until 14:00");
        assert!(told.detail.contains("at some time after 09:00."), "{}", told.detail);
    })
    .await;
}

#[tokio::test]
async fn a_first_subscription_is_no_lost_one() {
    tell(async |world| {
        world.page_is_unsubscribed();
        assert_eq!(check(world).await.unwrap(), CheckResult::Working { woken: 0 });
        assert_eq!(world.told_of_a_loss().await, None);
        connected(world.log_in(&world.admin(), world.only(0)).await);
        assert_eq!(world.told_of_a_loss().await, None, "connecting subscribes in any case");
    })
    .await;
}

#[tokio::test]
async fn without_pages_messaging_the_page_cannot_be_subscribed_and_the_admin_reads_it() {
    tell(async |world| {
        let gone = LifeEvent::RemovePermission {
            scope: "pages_messaging".into(),
        };
        world.meta().life(&gone).unwrap();
        is_broken_by(world, AccountCause::PermissionMissing).await;
    })
    .await;
}

#[tokio::test]
async fn a_changed_link_is_noticed_and_mended_by_changing_it_back() {
    tell(async |world| {
        let (own, free) = (world.page_id(), world.facebook_page(2).page_id);
        let to = |account: &str, to: &str| LifeEvent::MoveAccount {
            account: account.into(),
            to: to.into(),
        };
        world.meta().life(&to(&world.username, &free)).unwrap();
        is_broken_by(world, AccountCause::PageUnlinked).await;
        let second = world.facebook_page(1).username.unwrap();
        world.meta().life(&to(&second, &own)).unwrap();
        is_broken_by(world, AccountCause::LinkChanged).await;
        let elsewhere = world.facebook_page(1).page_id;
        world.meta().life(&to(&second, &elsewhere)).unwrap();
        world.meta().life(&to(&world.username, &own)).unwrap();
        assert_eq!(check(world).await.unwrap(), CheckResult::Working { woken: 0 });
        assert_eq!(world.status_and_cause().await, ("connected".into(), None));
    })
    .await;
}

#[tokio::test]
async fn a_token_that_cannot_be_opened_is_reported_as_that_and_never_sent() {
    tell(async |world| {
        let text = "UPDATE sealed_values SET key_id = 'gone' WHERE purpose = 'page_token'";
        world.execute(text, []).await;
        let calls = world.meta().calls().len();
        is_broken_by(world, AccountCause::TokenUnreadable).await;
        assert_eq!(world.meta().calls().len(), calls, "Meta was not asked");
    })
    .await;
}

#[tokio::test]
async fn a_silent_meta_changes_nothing() {
    tell(async |world| {
        let before = world.account_row().await;
        world
            .meta()
            .fault(FaultSpec::from(FaultKind::ServerError { http_status: 503 }).edge(Edge::DebugToken));
        assert!(matches!(check(world).await, Err(CheckError::Unreachable)));
        assert_eq!(world.account_row().await, before);
    })
    .await;
}

#[tokio::test]
async fn a_dead_page_token_is_replaced_while_the_persons_token_lives() {
    tell(async |world| {
        connected(world.log_in(&world.admin(), world.only(0)).await);
        world.meta().set_token_dead(&world.username, Some(467)).unwrap();
        assert_eq!(check(world).await.unwrap(), CheckResult::Working { woken: 0 });
        world.customer_asks("hello").await;
        assert_eq!(world.replies().len(), 1, "the new token sends");
    })
    .await;
}

#[tokio::test]
async fn nobody_elses_account_and_no_disconnected_one_can_be_checked() {
    tell(async |world| {
        let other = world.another_tenant().await;
        let connections = world.engine.connections();
        let foreign = connections.check(other, world.account, Actor::Command).await;
        assert!(matches!(foreign, Err(CheckError::NotFound)));
        connections
            .disconnect(world.tenant, world.account, AccountData::Keep, Actor::Command)
            .await
            .unwrap();
        assert!(matches!(check(world).await, Err(CheckError::NotFound)));
        world.pass(days(1));
    })
    .await;
}
