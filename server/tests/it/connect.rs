//! To Facebook and back through the real router: who may go, who comes back, and that no address can make it fall over.

use domain::views::ConnectProblemKind as Kind;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::shared::{TestDatabases, for_each_database};
use crate::support::World;

const CALLBACK: &str = "/instagram/callback";

#[tokio::test]
async fn only_owners_are_sent_to_facebook() {
    for_each_database(|database| async move {
        let world = World::open(&database).await;
        let dialog = world.signed_in(&world.owner).await.get("/instagram/connect").await;
        assert_eq!(dialog.status, 303, "{dialog:?}");
        let address = dialog.location();
        assert!(
            address.starts_with("https://www.facebook.com/v26.0/dialog/oauth?client_id=1&"),
            "{address}"
        );
        for part in [
            "redirect_uri=https%3A%2F%2Fconcierge.example%2Finstagram%2Fcallback",
            "response_type=code",
            "scope=instagram_basic%2Cinstagram_manage_messages%2Cpages_manage_metadata%2Cpages_messaging",
            "state=",
        ] {
            assert!(address.contains(part), "{part} is not in {address}");
        }
        assert_eq!(
            dialog.header("referrer-policy"),
            "same-origin",
            "Facebook is not told our address"
        );
        assert_eq!(dialog.header("cache-control"), "no-store");
        let again = world
            .signed_in(&world.owner)
            .await
            .get("/instagram/connect?ask=permissions")
            .await;
        assert!(again.location().contains("auth_type=rerequest"), "{again:?}");
        assert_eq!(
            world
                .signed_in(&world.viewer)
                .await
                .get("/instagram/connect")
                .await
                .status,
            403
        );
        let nobody = world.browser().get("/instagram/connect").await;
        assert_eq!(nobody.location(), "/login?next=%2Finstagram%2Fconnect");
    })
    .await;
}

#[tokio::test]
async fn whoever_was_signed_out_meanwhile_is_told_so_and_the_code_goes_nowhere() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let answer = world
        .browser()
        .get(&format!("{CALLBACK}?code=s3cr3tcode&state=abc"))
        .await;
    assert_eq!(answer.status, 303);
    assert!(
        answer.location().contains("session_ended") && !format!("{answer:?}").contains("s3cr3tcode"),
        "{answer:?}"
    );
}

#[tokio::test]
async fn another_browser_with_the_same_address_connects_nothing() {
    for_each_database(|database| async move {
        let world = World::open(&database).await;
        let mut owner = world.signed_in(&world.owner).await;
        let dialog = owner.get("/instagram/connect").await;
        let state = dialog
            .location()
            .split("state=")
            .nth(1)
            .unwrap()
            .split('&')
            .next()
            .unwrap()
            .to_owned();
        let back = format!("{CALLBACK}?state={state}&error=access_denied");
        // The same person in another browser, and another workspace's owner.
        for foreign in [&world.owner, &world.stranger] {
            let answer = world.signed_in(foreign).await.get(&back).await;
            assert_eq!(
                answer.location(),
                format!("/admin/instagram/connect?problem={}", Kind::Foreign)
            );
        }
        let own = owner.get(&back).await;
        assert!(own.location().starts_with("/admin/instagram/connect?visit="), "{own:?}");
        assert_eq!(
            owner.get(&back).await.location(),
            format!("/admin/instagram/connect?problem={}", Kind::Reused)
        );
    })
    .await;
}

#[test]
fn no_query_makes_the_callback_fall_over() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let (world, owner) = runtime.block_on(async {
        let world = World::open(&TestDatabases::sqlite().await).await;
        let owner = world.signed_in(&world.owner).await;
        (world, owner)
    });
    let pair = ("(state|code|error|error_reason|[a-z]{1,5})", "[ -~é☕\u{0}]{0,40}");
    let queries = proptest::collection::vec(pair, 0..6);
    let mut runner = TestRunner::new(Config {
        cases: 200,
        failure_persistence: None,
        ..Config::default()
    });
    runner
        .run(&queries, |pairs| {
            let query: String = url::form_urlencoded::Serializer::new(String::new())
                .extend_pairs(pairs)
                .finish();
            let mut browser = owner.clone();
            let answer = runtime.block_on(browser.get(&format!("{CALLBACK}?{query}")));
            prop_assert_eq!(answer.status.as_u16(), 303);
            prop_assert!(
                answer.location().starts_with("/admin/instagram/connect?problem="),
                "{:?}",
                answer
            );
            Ok(())
        })
        .unwrap();
    drop(world);
}
