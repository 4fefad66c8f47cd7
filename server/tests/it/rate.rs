//! Too much at once is refused, politely and per network.

use std::num::NonZeroU32;

use crate::shared::TestDatabases;
use crate::support::World;
use app::endpoints;

const ONE: NonZeroU32 = NonZeroU32::MIN;

#[tokio::test]
async fn a_network_that_asks_too_fast_waits_and_others_do_not() {
    let world = World::with(&TestDatabases::sqlite().await, |server| {
        server.limits.api = (NonZeroU32::new(3).unwrap(), ONE);
    })
    .await;
    let mut fast = world.browser();
    for _ in 0..3 {
        assert_eq!(fast.call(endpoints::LOAD_AUTH_STATE, &[]).await.status, 200);
    }
    let refused = fast.call(endpoints::LOAD_AUTH_STATE, &[]).await;
    assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (429, "1"));
    assert_eq!(refused.json()["error"], "too_many");
    assert_eq!(fast.get("/login").await.status, 200, "pages are not limited");

    let mut other = world.browser();
    other.address = "192.0.2.8".parse().unwrap();
    assert_eq!(other.call(endpoints::LOAD_AUTH_STATE, &[]).await.status, 200);
}

#[tokio::test]
async fn sign_in_has_a_limit_of_its_own() {
    let world = World::with(&TestDatabases::sqlite().await, |server| {
        server.limits.sign_in = (ONE, ONE)
    })
    .await;
    let mut browser = world.browser();
    let fields = [("email", "a@b.example"), ("password", "wrong")];
    assert_eq!(browser.call(endpoints::SIGN_IN, &fields).await.status, 422);
    assert_eq!(browser.call(endpoints::SIGN_IN, &fields).await.status, 429);
    assert_eq!(browser.call(endpoints::LOAD_AUTH_STATE, &[]).await.status, 200);
}
