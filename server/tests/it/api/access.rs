//! Every line of the table for programs, asked with every key that may not, and with every key that may.

use std::time::Duration;

use domain::api_keys::Scope;
use engine::identity::Actor;
use http::{Method, StatusCode};
use serde_json::json;
use server::http::routes::table::{Access, Kind, ROUTES, Route};
use uuid::Uuid;

use super::client::{Program, keys, read, rule, rules_of};
use crate::shared::{TestDatabase, for_each_database};
use crate::support::World;

/// Its address with real ids.
fn address(route: &Route, world: &World, rule: &str) -> String {
    route
        .path
        .replace("{account}", &world.account.to_string())
        .replace("{rule}", rule)
        .replace("{example}", &Uuid::from_u128(7).to_string())
}

fn keyed() -> impl Iterator<Item = (&'static Route, Scope)> {
    ROUTES
        .iter()
        .filter(|route| route.kind == Kind::Api)
        .filter_map(|route| match route.access {
            Access::Key(scope) => Some((route, scope)),
            Access::Anyone => None,
            Access::Role(_) => panic!("no session opens {route:?}"),
        })
}

async fn ask(program: &Program, route: &Route, address: &str) -> StatusCode {
    let body = (*route.method != Method::GET && *route.method != Method::DELETE).then(|| json!({}));
    let kind = [("content-type", "application/json")];
    let body = body.map_or_else(axum::body::Body::empty, |body| body.to_string().into());
    let request = program
        .request(route.method.clone(), address, &kind)
        .body(body)
        .unwrap();
    // The body of a stream never ends.
    program.open(request).await.status()
}

#[tokio::test]
async fn each_route_opens_to_its_scope_alone() {
    for_each_database(async |database: TestDatabase| {
        let world = World::open(&database).await;
        let all = Program::of(&world).await;
        let added = all.post(&rules_of(&world), rule("Prices", "price")).await.json();
        let rule = added["id"].as_str().unwrap();
        let tenant = world.owner.tenant;
        let mut by_scope = Vec::new();
        for scope in Scope::all() {
            by_scope.push((*scope, Program::with(&world, tenant, &[*scope], None).await));
        }
        let revoked = Program::of(&world).await;
        keys(&world, tenant)
            .revoke(revoked.id.unwrap(), Actor::Command)
            .await
            .unwrap();
        let over = Program::with(&world, tenant, Scope::all(), Some(1)).await;
        world.clock.advance(Duration::from_secs(24 * 60 * 60));
        let unknown = Program {
            key: Some(format!("concierge_{}_{}", "0".repeat(12), "0".repeat(64))),
            ..Program::stranger(&world)
        };
        let neighbour = Program::with(&world, world.stranger.tenant, Scope::all(), None).await;
        let mut session = world.signed_in(&world.owner).await;

        let mut seen = 0;
        for (route, needed) in keyed() {
            seen += 1;
            let address = address(route, &world, rule);
            for nobody in [&Program::stranger(&world), &revoked, &over, &unknown] {
                assert_eq!(ask(nobody, route, &address).await, 401, "{route:?}");
            }
            let request = session.request(route.method.clone(), &address, "application/json");
            let request = request.body(axum::body::Body::empty()).unwrap();
            assert_eq!(session.send(request).await.status, 401, "a session, {route:?}");
            for (scope, program) in &by_scope {
                let status = ask(program, route, &address).await;
                assert_eq!(status == 403, *scope != needed, "{scope} at {route:?}: {status}");
                assert_ne!(status, 401, "{route:?}");
                assert!(!status.is_server_error() || status == 503, "{route:?}: {status}");
            }
            if route.path.contains("{account}") {
                let status = ask(&neighbour, route, &address).await;
                // What is asked wrongly is refused before anything is looked up.
                assert!(matches!(status.as_u16(), 404 | 422 | 428), "{route:?}: {status}");
            }
        }
        assert!(seen > 30, "{seen}");
    })
    .await;
}

#[tokio::test]
async fn a_neighbour_finds_nothing_with_requests_that_the_owner_may_make() {
    for_each_database(async |database: TestDatabase| {
        let world = World::open(&database).await;
        let owner = Program::of(&world).await;
        let neighbour = Program::with(&world, world.stranger.tenant, Scope::all(), None).await;
        let rules = rules_of(&world);
        let added = owner.post(&rules, rule("Prices", "price")).await.json();
        let one = format!("{rules}/{}", added["id"].as_str().unwrap());
        let account = format!("/api/v1/accounts/{}", world.account);
        let text = rule("Mine", "mine");
        let file = owner.get(&format!("{account}/export")).await.json();
        let writes = [
            (Method::PUT, format!("{account}/enabled"), json!({ "enabled": false })),
            (
                Method::PUT,
                format!("{account}/auto-reply"),
                json!({ "enabled": false }),
            ),
            (Method::POST, format!("{account}/check"), json!({})),
            (
                Method::PUT,
                format!("{account}/default-reply"),
                json!({ "kind": "canned", "text": "Mine." }),
            ),
            (Method::POST, rules.clone(), text.clone()),
            (Method::PUT, one.clone(), text.clone()),
            (Method::DELETE, one.clone(), json!({})),
            (Method::POST, format!("{one}/move"), json!({ "position": 1 })),
            (Method::PUT, format!("{one}/enabled"), json!({ "enabled": false })),
            (Method::POST, format!("{one}/duplicate"), json!({})),
            (Method::POST, format!("{one}/restore"), json!({})),
            (Method::POST, format!("{account}/simulate"), json!({ "text": "price" })),
            (Method::POST, format!("{account}/examples"), json!({ "text": "price" })),
            (Method::POST, format!("{account}/import"), file),
        ];
        for (method, path, body) in writes {
            let answer = neighbour
                .send(method, &path, &[("if-match", "\"1\"")], Some(body))
                .await;
            assert_eq!(answer.status, 404, "{path}: {answer:?}");
        }
        let page = owner.get(&rules).await.json();
        assert_eq!(page["items"].as_array().unwrap().len(), 1);
        assert_eq!(page["items"][0]["label"], "Prices");
        // A rule is found under its own account alone.
        let elsewhere = one.replace(&world.account.to_string(), &Uuid::from_u128(9).to_string());
        assert_eq!(owner.get(&elsewhere).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn a_key_counts_in_its_header_alone() {
    let world = World::open(&crate::shared::TestDatabases::sqlite().await).await;
    let program = Program::of(&world).await;
    let key = program.key.clone().unwrap();
    let stranger = Program::stranger(&world);
    let in_the_address = stranger
        .get(&format!("/api/v1/accounts?key={key}&access_token={key}"))
        .await;
    assert_eq!(in_the_address.status, 401);
    assert!(!in_the_address.body.contains(&key));
    for sent in [
        key.clone(),
        format!("Basic {key}"),
        format!("Bearer {key}x"),
        "Bearer".into(),
    ] {
        let request = stranger.request(Method::GET, "/api/v1/accounts", &[("authorization", &sent)]);
        let answer = read(stranger.open(request.body(axum::body::Body::empty()).unwrap()).await).await;
        assert_eq!(answer.status, 401);
        assert!(
            answer.header("www-authenticate").contains("invalid_token"),
            "{answer:?}"
        );
    }
    assert_eq!(program.get("/api/v1/accounts").await.status, 200);
    // No key opens a page or a server function.
    let page = program.get("/admin").await;
    assert_ne!(page.status, 200);
    assert_eq!(program.post("/api/accounts/list", json!({})).await.status, 401);
}
