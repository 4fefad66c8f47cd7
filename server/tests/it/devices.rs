//! A device that signed in before is not held up by guesses from elsewhere, and can guess no more than anybody.

use std::time::Duration;

use app::endpoints;

use crate::shared::{TestDatabase, TestDatabases, for_each_database};
use crate::support::{Answer, Browser, World};

async fn attempt(browser: &mut Browser, email: &str, password: &str) -> Answer {
    browser
        .call(endpoints::SIGN_IN, &[("email", email), ("password", password)])
        .await
}

/// Guesses from everywhere until the address is blocked for everybody who is not known.
async fn attack(world: &World) {
    for guess in 0..30u8 {
        let mut elsewhere = world.browser();
        elsewhere.address = [198, 51, 100, guess].into();
        attempt(&mut elsewhere, world.owner.email, "wrong password").await;
        world.clock.advance(Duration::from_secs(30));
    }
    let mut elsewhere = world.browser();
    elsewhere.address = [203, 0, 113, 1].into();
    attempt(&mut elsewhere, world.owner.email, "wrong password").await;
}

#[tokio::test]
async fn the_owner_signs_in_from_a_known_device_during_an_attack_at_the_first_try() {
    for_each_database(async |database: TestDatabase| {
        let world = World::open(&database).await;
        let mut known = world.signed_in(&world.owner).await;
        known.call(endpoints::SIGN_OUT, &[]).await;
        attack(&world).await;
        let mut unknown = world.browser();
        let refused = attempt(&mut unknown, world.owner.email, world.owner.password).await;
        assert_eq!(refused.status, 429, "the attack works: {refused:?}");
        let answer = attempt(&mut known, world.owner.email, world.owner.password).await;
        assert_eq!(answer.status, 200, "{answer:?}");
    })
    .await;
}

#[tokio::test]
async fn a_known_device_guesses_no_more_than_anybody() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut known = world.signed_in(&world.owner).await;
    for _ in 0..5 {
        assert_eq!(
            attempt(&mut known, world.owner.email, "wrong password").await.status,
            422
        );
    }
    assert_eq!(
        attempt(&mut known, world.owner.email, world.owner.password)
            .await
            .status,
        429
    );
}

#[tokio::test]
async fn a_device_is_known_for_the_address_that_signed_in_there_alone() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut stranger = world.signed_in(&world.stranger).await;
    attack(&world).await;
    let refused = attempt(&mut stranger, world.owner.email, world.owner.password).await;
    assert_eq!(refused.status, 429, "{refused:?}");
}

#[tokio::test]
async fn the_cookie_is_long_lived_and_its_sites_own() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let fields = [("email", world.owner.email), ("password", world.owner.password)];
    let answer = world.browser().call(endpoints::SIGN_IN, &fields).await;
    let cookies = answer.headers.get_all("set-cookie").iter();
    let cookie = cookies
        .filter_map(|it| it.to_str().ok())
        .find(|it| it.starts_with("__Host-device="));
    let cookie = cookie.expect("a device cookie is set");
    for attribute in ["Max-Age=34560000", "HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert!(!cookie.contains("owner"), "{cookie}");
    let failed = attempt(&mut world.browser(), world.owner.email, "wrong password").await;
    assert_eq!(failed.header("set-cookie"), "");
}
