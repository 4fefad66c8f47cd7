//! Every address for programs and the scope that opens it, written a second time: a line of the table that is new, or that opens more than
//! it did, has no row here until somebody thought about it. And what no key opens, and what a neighbour's key finds.

use std::collections::BTreeSet;

use axum::body::Body;
use domain::api_keys::Scope;
use domain::persona::PersonaContent;
use engine::identity::Actor;
use http::Method;
use server::http::routes::table::{Access, Kind, ROUTES};

use super::client::{Program, grant, rule, rules_of};
use crate::shared::{TestDatabase, TestDatabases, for_each_database};
use crate::support::World;
use crate::webhook::receive;

const ROWS: [(Scope, &[&str]); 4] = [
    (
        Scope::Read,
        &[
            "GET /accounts",
            "GET /accounts/{account}",
            "GET /accounts/{account}/reply-config",
            "GET /accounts/{account}/default-reply",
            "GET /accounts/{account}/rules",
            "GET /accounts/{account}/rules/{rule}",
            "GET /accounts/{account}/deleted-rules",
            "POST /accounts/{account}/simulate",
            "GET /accounts/{account}/examples",
            "GET /accounts/{account}/export",
            "GET /accounts/{account}/history",
            "GET /persona",
            "GET /messages",
            "GET /health",
            "GET /notices",
            "GET /events",
        ],
    ),
    (
        Scope::WriteRules,
        &[
            "PUT /accounts/{account}/default-reply",
            "POST /accounts/{account}/rules",
            "PUT /accounts/{account}/rules/{rule}",
            "DELETE /accounts/{account}/rules/{rule}",
            "POST /accounts/{account}/rules/{rule}/move",
            "PUT /accounts/{account}/rules/{rule}/enabled",
            "POST /accounts/{account}/rules/{rule}/duplicate",
            "POST /accounts/{account}/rules/{rule}/restore",
            "POST /accounts/{account}/examples",
            "DELETE /accounts/{account}/examples/{example}",
            "POST /accounts/{account}/import",
        ],
    ),
    (
        Scope::Switch,
        &[
            "PUT /accounts/{account}/enabled",
            "PUT /accounts/{account}/auto-reply",
            "POST /accounts/{account}/check",
        ],
    ),
    (Scope::Credits, &["GET /credits", "GET /credits/ledger"]),
];
/// What tells of the API, to everybody.
const OPEN: [&str; 2] = ["GET /docs", "GET /openapi.json"];

/// The lines of the table for programs that this opens.
fn lines(access: Access) -> BTreeSet<String> {
    let lines = ROUTES
        .iter()
        .filter(|route| route.kind == Kind::Api && route.access == access);
    lines
        .map(|route| format!("{} {}", route.method, route.path.trim_start_matches("/api/v1")))
        .collect()
}

#[test]
fn each_line_of_the_table_for_programs_has_its_row_here() {
    for (scope, rows) in ROWS {
        let rows: BTreeSet<String> = rows.iter().map(|row| (*row).to_owned()).collect();
        assert_eq!(lines(Access::Key(scope)), rows, "{scope}");
    }
    assert_eq!(lines(Access::Anyone), OPEN.map(str::to_owned).into());
    let count: usize = ROWS.iter().map(|(_, rows)| rows.len()).sum();
    let all = ROUTES.iter().filter(|route| route.kind == Kind::Api);
    assert_eq!(
        all.count(),
        count + OPEN.len(),
        "nothing else opens a line for programs"
    );
}

#[tokio::test]
async fn no_key_opens_what_is_for_people() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let program = Program::of(&world).await;
    let mut seen = 0;
    for route in ROUTES.iter().filter(|route| matches!(route.access, Access::Role(_))) {
        seen += 1;
        let path = route.path.replace("{id}", &world.account.to_string());
        let accepts = if *route.method == Method::GET {
            "text/html"
        } else {
            "application/json"
        };
        let headers = [("accept", accepts), ("sec-fetch-site", "same-origin")];
        let request = program.request(route.method.clone(), &path, &headers);
        let answer = program.open(request.body(Body::empty()).unwrap()).await;
        let location = answer
            .headers()
            .get("location")
            .map(|to| to.to_str().unwrap().to_owned());
        let to_sign_in = location.is_some_and(|to| to.starts_with("/login"));
        assert!(answer.status() == 401 || to_sign_in, "{route:?}: {answer:?}");
    }
    assert!(seen > 80, "{seen}");
}

/// What tells the owner something that no other workspace has; nobody has a notice.
const TELLING: [&str; 6] = [
    "GET /accounts",
    "GET /persona",
    "GET /messages",
    "GET /health",
    "GET /credits",
    "GET /credits/ledger",
];

#[tokio::test]
async fn a_neighbour_reads_their_own_things_alone() {
    for_each_database(async |database: TestDatabase| {
        let world = World::open(&database).await;
        let owner = Program::of(&world).await;
        let neighbour = Program::with(&world, world.stranger.tenant, Scope::all(), None).await;
        owner.post(&rules_of(&world), rule("Prices", "price")).await;
        let account = world.account.to_string();
        grant(&world, 10, "canary-note").await;
        receive(&world, "hello").await;
        let persona = PersonaContent::OwnText("We sell canaries.".into());
        let personas = world.engine.personas(world.owner.tenant);
        personas.save(Actor::Command, &persona, 0).await.unwrap();
        for row in ROWS.iter().flat_map(|(_, rows)| rows.iter()) {
            if !row.starts_with("GET ") || row.contains('{') || *row == "GET /events" {
                continue;
            }
            let path = row.replace("GET ", "/api/v1");
            let (theirs, ours) = (neighbour.get(&path).await, owner.get(&path).await);
            assert_eq!((theirs.status.as_u16(), ours.status.as_u16()), (200, 200), "{row}");
            assert_eq!(TELLING.contains(row), ours.body != theirs.body, "{row}: {ours:?}");
            for canary in [account.as_str(), "The Shop", "canaries", "canary-note", "Prices"] {
                assert!(!theirs.body.contains(canary), "{row}: {theirs:?}");
            }
        }
    })
    .await;
}
