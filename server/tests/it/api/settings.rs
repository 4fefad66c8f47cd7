//! An owner makes and revokes a key in the settings, with nothing but forms.

use app::endpoints;
use http::StatusCode;

use super::client::Program;
use crate::shared::{TestDatabase, TestDatabases, for_each_database};
use crate::support::World;

const PAGE: &str = "/admin/settings";

#[tokio::test]
async fn a_plain_form_shows_the_key_once_and_another_ends_it() {
    for_each_database(async |database: TestDatabase| {
        let world = World::open(&database).await;
        let mut owner = world.signed_in(&world.owner).await;
        let fields = [
            ("_form", "api-key"),
            ("name", "Website"),
            ("read", "true"),
            ("days", "90"),
        ];
        let made = owner.post(PAGE, endpoints::CREATE_API_KEY, &fields).await;
        assert_eq!(made.status, 200, "{made:?}");
        let key = made
            .body
            .split("value=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned();
        let (beginning, secret) = key.rsplit_once('_').unwrap();
        let program = Program {
            key: Some(key.clone()),
            ..Program::stranger(&world)
        };
        assert_eq!(program.get("/api/v1/accounts").await.status, 200);
        assert_eq!(program.get("/api/v1/credits").await.status, 403);

        let page = owner.get(PAGE).await;
        assert!(page.body.contains(beginning) && page.body.contains("Website"));
        assert!(!page.body.contains(secret), "shown once");
        let flashes = database.numbers("SELECT COUNT(*) AS number FROM flashes", []).await;
        assert_eq!(flashes, [0], "nothing is kept for a next page");

        let id = page
            .body
            .split("?revoke=")
            .nth(1)
            .unwrap()
            .split('#')
            .next()
            .unwrap()
            .to_owned();
        let asked = owner.get(&format!("{PAGE}?revoke={id}")).await;
        assert!(asked.body.contains("Revoke Website?"), "{}", asked.body);
        let revoked = owner
            .post(PAGE, endpoints::REVOKE_API_KEY, &[("_form", "revoke"), ("key", &id)])
            .await;
        assert_eq!(
            (revoked.status, revoked.location()),
            (StatusCode::SEE_OTHER, "/admin/settings#api-keys")
        );
        assert_eq!(program.get("/api/v1/accounts").await.status, 401);
        assert!(!owner.get(PAGE).await.body.contains(beginning));
    })
    .await;
}

#[tokio::test]
async fn what_is_missing_is_told_at_its_field_and_what_was_typed_is_kept() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut owner = world.signed_in(&world.owner).await;
    let fields = [("_form", "api-key"), ("name", "Website"), ("days", "90")];
    let refused = owner.post(PAGE, endpoints::CREATE_API_KEY, &fields).await;
    assert_eq!(refused.status, 303);
    let page = owner.get(PAGE).await;
    assert!(
        page.body.contains("Choose at least one thing that the key allows."),
        "{}",
        page.body
    );
    assert!(page.body.contains("value=\"Website\""));
}

#[tokio::test]
async fn only_an_owner_sees_keys() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    Program::of(&world).await;
    let page = world.signed_in(&world.owner).await.get(PAGE).await;
    assert!(page.body.contains("API keys"));
    let page = world.signed_in(&world.viewer).await.get(PAGE).await;
    assert!(!page.body.contains("API keys") && !page.body.contains("concierge_"));
}
