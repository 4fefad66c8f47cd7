//! Sessions: the cookie, its life, and what ends it.

use std::time::Duration;

use app::endpoints;
use server::config::BaseUrl;

use crate::shared::{TestDatabase, TestDatabases, for_each_database};
use crate::support::{Browser, World};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

async fn is_signed_in(browser: &mut Browser) -> bool {
    browser.get("/admin/settings").await.status == 200
}

fn session_id(browser: &Browser) -> String {
    browser
        .cookies
        .iter()
        .find(|(name, _)| name.ends_with("concierge"))
        .map(|(_, id)| id.clone())
        .unwrap_or_default()
}

#[tokio::test]
async fn over_https_the_cookie_belongs_to_this_host_alone() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let fields = [("email", world.owner.email), ("password", world.owner.password)];
    let answer = world.browser().call(endpoints::SIGN_IN, &fields).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-concierge="), "{cookie}");
    for attribute in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
}

#[tokio::test]
async fn on_this_machine_it_works_without_https() {
    let world = World::with(&TestDatabases::sqlite().await, |server| {
        server.web.base_url = BaseUrl::parse("http://127.0.0.1:3000").unwrap();
    })
    .await;
    let mut owner = world.signed_in(&world.owner).await;
    assert!(is_signed_in(&mut owner).await);
}

#[tokio::test]
async fn the_next_request_after_signing_in_is_signed_in_and_signing_out_ends_it() {
    for_each_database(async |database: TestDatabase| {
        let world = World::open(&database).await;
        let mut owner = world.signed_in(&world.owner).await;
        assert!(is_signed_in(&mut owner).await);
        let copied = owner.clone();
        owner.call(endpoints::SIGN_OUT, &[]).await;
        assert!(!is_signed_in(&mut owner).await);
        assert!(
            !is_signed_in(&mut copied.clone()).await,
            "the session is gone on the server, too"
        );
    })
    .await;
}

#[tokio::test]
async fn signing_in_changes_the_sessions_id() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut browser = world.signed_in(&world.stranger).await;
    let planted = session_id(&browser);
    assert!(!planted.is_empty());
    let fields = [("email", world.owner.email), ("password", world.owner.password)];
    browser.call(endpoints::SIGN_IN, &fields).await;
    assert_ne!(session_id(&browser), planted);
    let again = session_id(&browser);
    browser.call(endpoints::SIGN_IN, &fields).await;
    assert_ne!(session_id(&browser), again);
}

#[tokio::test]
async fn a_session_ends_after_fourteen_idle_days_and_after_sixty_in_any_case() {
    for_each_database(async |database: TestDatabase| {
        let world = World::open(&database).await;
        let mut idle = world.signed_in(&world.owner).await;
        let mut busy = world.signed_in(&world.owner).await;
        for day in (13..60).step_by(13) {
            world.clock.advance(DAY * 13);
            assert!(is_signed_in(&mut busy).await, "day {day}");
        }
        assert!(!is_signed_in(&mut idle).await);
        world.clock.advance(DAY * 9);
        assert!(!is_signed_in(&mut busy).await, "61 days");
    })
    .await;
}

#[tokio::test]
async fn a_new_password_ends_every_other_session() {
    for_each_database(async |database: TestDatabase| {
        let world = World::open(&database).await;
        let mut here = world.signed_in(&world.owner).await;
        let mut elsewhere = world.signed_in(&world.owner).await;
        let fields = [("current", world.owner.password), ("new", "a very new password")];
        let answer = here.call(endpoints::CHANGE_PASSWORD, &fields).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        assert!(is_signed_in(&mut here).await);
        assert!(!is_signed_in(&mut elsewhere).await);
    })
    .await;
}

#[tokio::test]
async fn wrong_passwords_are_the_forms_mistake_and_slow_down() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut browser = world.browser();
    let wrong = [("email", world.owner.email), ("password", "wrong password")];
    let answer = browser.call(endpoints::SIGN_IN, &wrong).await;
    assert_eq!(
        (answer.status.as_u16(), answer.json()["field"].as_str()),
        (422, Some("password"))
    );
    let mut last = answer;
    for _ in 0..5 {
        last = browser.call(endpoints::SIGN_IN, &wrong).await;
    }
    assert_eq!(last.status, 429, "{last:?}");
    let wait: u64 = last.header("retry-after").parse().unwrap();
    assert!((1..=30).contains(&wait), "{wait}");
}
