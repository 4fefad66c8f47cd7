//! Who may come in: every line of the table, asked by somebody who may not.

use app::endpoints;
use domain::roles::Role;
use server::http::routes::table::{Access, Kind, ROUTES};

use crate::shared::TestDatabases;
use crate::support::World;

#[tokio::test]
async fn pages_send_strangers_to_the_sign_in_with_the_way_back() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let pages = ROUTES
        .iter()
        .filter(|route| route.kind == Kind::Page && route.access != Access::Anyone);
    for route in pages {
        let answer = world.browser().get(&route.path.replace("{id}", "x")).await;
        assert_eq!(answer.status, 303, "{route:?}");
        assert!(
            answer.location().starts_with("/login?next=%2Fadmin"),
            "{route:?}: {}",
            answer.location()
        );
    }
}

#[tokio::test]
async fn functions_refuse_strangers_and_roles_that_are_too_small() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut viewer = world.signed_in(&world.viewer).await;
    let functions = ROUTES.iter().filter(|route| route.kind == Kind::Function);
    for route in functions {
        let Access::Role(role) = route.access else { continue };
        let answer = world.browser().call(route.path, &[]).await;
        assert_eq!(
            (answer.status.as_u16(), answer.json()["error"].as_str()),
            (401, Some("not_signed_in")),
            "{route:?}"
        );
        if role != Role::Viewer {
            let answer = viewer.call(route.path, &[]).await;
            assert_eq!(
                (answer.status.as_u16(), answer.json()["error"].as_str()),
                (403, Some("not_allowed")),
                "{route:?}"
            );
        }
    }
}

#[tokio::test]
async fn another_tenants_account_does_not_exist() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let mut stranger = world.signed_in(&world.stranger).await;
    let account = world.account.to_string();
    for page in ["/admin/instagram/", "/admin/rules/instagram/"] {
        assert_eq!(stranger.get(&format!("{page}{account}")).await.status, 404, "{page}");
        assert_eq!(stranger.get(&format!("{page}not-an-id")).await.status, 404, "{page}");
    }
    let on = [("account", account.as_str()), ("enabled", "false")];
    assert_eq!(stranger.call(endpoints::ENABLE_ACCOUNT, &on).await.status, 404);
    let rule = [
        ("account", account.as_str()),
        ("label", "Mine"),
        ("keywords", "mine"),
        ("canned", "Mine."),
    ];
    assert_eq!(stranger.call(endpoints::ADD_RULE, &rule).await.status, 404);
}
