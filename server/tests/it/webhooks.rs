//! The page of outgoing webhooks, as a browser without WebAssembly uses it.

use app::endpoints;

use crate::shared::TestDatabases;
use crate::support::World;

const PAGE: &str = "/admin/settings/webhooks";
/// Nobody listens there.
const URL: &str = "http://127.0.0.1:9/hooks";

#[tokio::test]
async fn an_owner_adds_a_receiver_reads_its_secret_tests_it_and_deletes_it() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut owner = world.signed_in(&world.owner).await;
    let page = owner.get(PAGE).await.body;
    assert!(page.contains("No receivers yet"));
    assert!(page.contains("webhook-signature"), "how a receiver checks what it gets");
    assert!(!page.contains("docs/"), "nobody who signs in here has our files");
    let new = [("_form", "add-webhook"), ("url", URL), ("events[0]", "reply.sent")];
    let added = owner.post(PAGE, endpoints::ADD_WEBHOOK, &new).await;
    assert_eq!(added.status, 303, "{added:?}");
    let page = owner.get(PAGE).await.body;
    assert!(page.contains(URL) && page.contains("whsec_"), "{page}");
    let listed = owner.call(endpoints::LOAD_WEBHOOKS, &[]).await.json();
    let id = listed["endpoints"][0]["id"].as_str().unwrap().to_owned();
    let endpoint = [("endpoint", id.as_str())];
    owner.post(PAGE, endpoints::HIDE_WEBHOOK_SECRET, &endpoint).await;
    assert!(!owner.get(PAGE).await.body.contains("whsec_"));
    let tested = owner.call(endpoints::TEST_WEBHOOK, &endpoint).await;
    assert!(tested.body.contains("there was no connection"), "{tested:?}");
    let off = [endpoint[0], ("enabled", "false")];
    owner.post(PAGE, endpoints::SWITCH_WEBHOOK, &off).await;
    assert!(owner.get(PAGE).await.body.contains("It is told nothing."));
    let asked = owner.get(&format!("{PAGE}?delete={id}")).await.body;
    assert!(asked.contains("Its secret and its log go for good"));
    owner.post(PAGE, endpoints::DELETE_WEBHOOK, &endpoint).await;
    assert!(owner.get(PAGE).await.body.contains("No receivers yet"));
}

#[tokio::test]
async fn what_cannot_be_saved_comes_back_with_its_error_at_the_field() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut owner = world.signed_in(&world.owner).await;
    let typed = [
        ("_form", "add-webhook"),
        ("url", "shop.example/hooks"),
        ("description", "Our orders"),
        ("events[1]", "reply.failed"),
    ];
    let answer = owner.post(PAGE, endpoints::ADD_WEBHOOK, &typed).await;
    assert_eq!(answer.status, 303);
    let page = owner.get(PAGE).await.body;
    for shown in ["Type the whole address", "shop.example/hooks", "Our orders"] {
        assert!(page.contains(shown), "{shown}");
    }
}

#[tokio::test]
async fn others_than_owners_see_that_it_is_not_theirs() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut viewer = world.signed_in(&world.viewer).await;
    let page = viewer.get(PAGE).await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("An owner of this workspace can see and change"));
}
