//! Connecting what is known already: everything an admin made stays, and what waited goes out.

use domain::rules::Response;
use domain::views::CandidateStanding as Standing;
use engine::identity::Actor;
use sandbox::LifeEvent;

use crate::world::{DEFAULT_REPLY, connected, seconds, tell};

#[tokio::test]
async fn a_reconnect_repairs_the_token_keeps_everything_and_sends_what_waited() {
    tell(async |world| {
        world.rule("Greeting", &["hello"], "Hello to you.").await;
        world.meta().life(&LifeEvent::ChangePassword { user: None }).unwrap();
        world.customer_asks("hello").await;
        assert_eq!(
            world.status_and_cause().await,
            ("needs_reconnect".into(), Some("password_changed".into()))
        );
        let accounts = connected(world.log_in(&world.admin(), world.only(0)).await);
        assert_eq!(
            (accounts[0].id, accounts[0].standing),
            (world.account, Standing::Reconnect)
        );
        let row = world.account_row().await;
        assert_eq!(
            (row.status.as_str(), row.enabled, row.auto_reply),
            ("connected", true, true)
        );
        world.wait(seconds(1)).await;
        assert_eq!(world.replies(), ["Hello to you."]);
        assert_eq!(world.balance().await, 9);
    })
    .await;
}

#[tokio::test]
async fn an_account_that_moved_to_another_page_is_updated_in_place() {
    tell(async |world| {
        let reply = Response::Canned("Moved along.".into());
        world
            .accounts()
            .edit_default_reply(world.account, 2, &reply, Actor::Command)
            .await
            .unwrap();
        let target = world.facebook_page(2).page_id;
        let move_it = LifeEvent::MoveAccount {
            account: world.username.clone(),
            to: target.clone(),
        };
        world.meta().life(&move_it).unwrap();
        let decision = sandbox::LoginDecision::everything().only(&[&target]);
        let accounts = connected(world.log_in(&world.admin(), decision).await);
        assert_eq!((accounts[0].id, accounts[0].standing), (world.account, Standing::Moved));
        let row = world.account_row().await;
        assert_eq!(
            (row.page_id.as_str(), row.status.as_str()),
            (target.as_str(), "connected")
        );
        world.customer_asks("hello").await;
        assert_eq!(world.replies(), ["Moved along."]);
    })
    .await;
}

#[tokio::test]
async fn an_account_whose_page_serves_another_now_keeps_no_token() {
    tell(async |world| {
        let page = world.facebook_page(0).page_id;
        let other = LifeEvent::MoveAccount {
            account: world.facebook_page(1).page_id,
            to: page,
        };
        world.meta().life(&other).unwrap();
        connected(world.log_in(&world.admin(), world.only(0)).await);
        let given_up = ("disconnected".into(), Some("page_unlinked".into()));
        assert_eq!(world.status_and_cause().await, given_up);
        let kept = format!(
            "sealed_values s JOIN instagram_accounts i ON i.account_id = s.owner_id
            WHERE i.username = '{}'",
            world.username
        );
        assert_eq!(world.count(&kept).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_page_left_out_of_a_later_login_is_warned_about_before_and_named_after() {
    tell(async |world| {
        let admin = world.admin();
        connected(world.log_in(&admin, world.only(0)).await);
        let start = world.engine.connections().page(&admin, None).await.unwrap();
        let domain::views::ConnectStep::Start {
            connected: names,
            warning,
        } = start.step
        else {
            panic!("{start:?}")
        };
        assert_eq!(names, [world.username.as_str()]);
        assert!(warning.unwrap().contains("leave the Pages of these accounts ticked"));
        let page = world.log_in(&admin, world.only(1)).await;
        let domain::views::ConnectStep::Done { dropped, .. } = &page.step else {
            panic!("{page:?}")
        };
        assert_eq!(dropped, &[world.username.as_str()]);
        assert_eq!(
            world.status_and_cause().await,
            ("needs_reconnect".into(), Some("token_invalid".into()))
        );
    })
    .await;
}

#[tokio::test]
async fn after_a_disconnect_connecting_again_brings_everything_back() {
    tell(async |world| {
        let connections = world.engine.connections();
        let keep = domain::views::AccountData::Keep;
        connections
            .disconnect(world.tenant, world.account, keep, Actor::Command)
            .await
            .unwrap();
        let accounts = connected(world.log_in(&world.admin(), world.only(0)).await);
        assert_eq!(accounts[0].id, world.account);
        world.customer_asks("hello").await;
        assert_eq!(world.replies(), [DEFAULT_REPLY]);
    })
    .await;
}
