//! What holds for every address: methods, media types, sizes, names that are not known, rates, other sites.

use std::num::NonZeroU32;

use axum::body::Body;
use http::{Method, header};
use serde_json::{Value, json};
use server::http::routes::table::{Access, Kind, ROUTES};

use super::client::{Program, read, rule, rules_of};
use crate::shared::{TestDatabases, for_each_database};
use crate::support::{Answer, World};

async fn world() -> World {
    World::open(&TestDatabases::sqlite().await).await
}

fn field(answer: &Answer) -> Value {
    assert_eq!(answer.header("content-type"), "application/problem+json", "{answer:?}");
    let problem = answer.json();
    assert_eq!(problem["status"], answer.status.as_u16());
    assert!(problem["type"].as_str().unwrap().starts_with("/api/v1/docs#problem-"));
    problem["errors"][0]["field"].clone()
}

#[tokio::test]
async fn what_is_not_known_is_refused_with_its_name() {
    for_each_database(async |database| {
        let world = World::open(&database).await;
        let program = Program::of(&world).await;
        let rules = rules_of(&world);
        let with = |place: &str, value: Value| {
            let mut body = rule("Prices", "price");
            *body.pointer_mut(place).unwrap() = value;
            body
        };
        let mut unknown = rule("Prices", "price");
        unknown["labell"] = json!("x");
        let mut unknown_inside = rule("Prices", "price");
        unknown_inside["response"]["kindd"] = json!("x");
        let mut missing = rule("Prices", "price");
        missing.as_object_mut().unwrap().remove("label");
        for (body, named) in [
            (unknown, "labell"),
            (unknown_inside, "response.kindd"),
            (missing, "label"),
            (with("/label", json!(7)), "label"),
            (with("/label", json!(" ")), "label"),
            (with("/label", json!("a\0b")), "label"),
            (with("/matcher/keywords", json!([])), "matcher.keywords"),
            (with("/response/text", json!("x".repeat(1001))), "response.text"),
            (with("/response/kind", json!("spoken")), "response.kind"),
        ] {
            let answer = program.post(&rules, body.clone()).await;
            assert_eq!(answer.status, 422, "{body}: {answer:?}");
            assert_eq!(field(&answer), named, "{answer:?}");
        }
        for (path, named) in [
            ("/api/v1/messages?outcom=sent", "outcom"),
            ("/api/v1/messages?outcome=lost", "outcome"),
            ("/api/v1/messages?from=soon", "from"),
            ("/api/v1/messages?from=%00", "from"),
            ("/api/v1/messages?to=", "to"),
            ("/api/v1/messages?cursor=x", "cursor"),
            ("/api/v1/messages?account=x", "account"),
            ("/api/v1/messages?to=2026-01-01&to=2026-01-02", "to"),
            ("/api/v1/credits/ledger?show=some", "show"),
            ("/api/v1/credits/ledger?cursor=1.2", "cursor"),
            ("/api/v1/accounts?x", "x"),
        ] {
            let answer = program.get(path).await;
            assert_eq!(answer.status, 422, "{path}: {answer:?}");
            assert_eq!(field(&answer), named, "{answer:?}");
        }
        let far = format!("/api/v1/messages?cursor={}.{}", i64::MAX, "f".repeat(32));
        assert_eq!(program.get(&far).await.status, 200);
        for path in [
            "/api/v1/accounts/x",
            "/api/v1/accounts/%00",
            "/api/v1/accounts/%FF",
            "/api/v1/accounts/%FF/rules/%FF",
            "/api/v1/accounts/x/rules/y",
            "/api/v1/nothing",
            "/api/v1",
        ] {
            let answer = program.get(path).await;
            assert_eq!(answer.status, 404, "{path}: {answer:?}");
            field(&answer);
        }
    })
    .await;
}

#[tokio::test]
async fn bodies_are_json_and_not_too_large() {
    let world = world().await;
    let program = Program::of(&world).await;
    let rules = rules_of(&world);
    let send = async |kind: Option<&str>, body: Vec<u8>| {
        let headers: Vec<(&str, &str)> = kind.map(|kind| ("content-type", kind)).into_iter().collect();
        let request = program
            .request(Method::POST, &rules, &headers)
            .body(Body::from(body))
            .unwrap();
        read(program.open(request).await).await
    };
    let body = rule("A", "a").to_string().into_bytes();
    assert_eq!(send(None, body.clone()).await.status, 415);
    assert_eq!(send(Some("text/plain"), body.clone()).await.status, 415);
    assert_eq!(
        send(Some("application/x-www-form-urlencoded"), body.clone())
            .await
            .status,
        415
    );
    assert_eq!(
        send(Some("application/json"), b"{\"label\":".to_vec()).await.status,
        422
    );
    assert_eq!(send(Some("application/json"), vec![]).await.status, 422);
    let large = send(Some("application/json"), vec![b' '; 1024 * 1024 + 1]).await;
    assert_eq!(large.status, 413);
    field(&large);
    assert_eq!(send(Some("application/json; charset=utf-8"), body).await.status, 201);
    let check = format!("/api/v1/accounts/{}/check", world.account);
    let unknown = program.post(&check, json!({ "force": true })).await;
    assert_eq!((unknown.status.as_u16(), field(&unknown)), (422, json!("force")));
}

#[tokio::test]
async fn every_address_tells_its_methods() {
    let world = world().await;
    let program = Program::of(&world).await;
    for route in ROUTES.iter().filter(|route| route.kind == Kind::Api) {
        let path = route.path.replace("{account}", &world.account.to_string());
        let options = Program::stranger(&world).send(Method::OPTIONS, &path, &[], None).await;
        assert_eq!(options.status, 204, "{path}");
        let allow: Vec<&str> = options.header("allow").split(", ").collect();
        assert!(
            allow.contains(&route.method.as_str()) && allow.contains(&"OPTIONS"),
            "{allow:?}"
        );
        assert_eq!(allow.contains(&"GET"), allow.contains(&"HEAD"));
        let patch = program.send(Method::PATCH, &path, &[], None).await;
        assert_eq!(
            (patch.status.as_u16(), patch.header("allow")),
            (405, options.header("allow")),
            "{path}"
        );
        let is_read = *route.method == Method::GET && route.access != Access::Anyone;
        if is_read && !path.contains('{') && !path.ends_with("/events") {
            let (get, head) = (
                program.get(&path).await,
                program.send(Method::HEAD, &path, &[], None).await,
            );
            assert_eq!((head.status, head.body.as_str()), (get.status, ""), "{path}");
            assert_eq!(head.header("etag"), get.header("etag"));
        }
    }
}

#[tokio::test]
async fn every_answer_tells_what_is_left_and_too_many_are_refused() {
    let world = World::with(&TestDatabases::sqlite().await, |server| {
        server.limits.key = (NonZeroU32::new(3).unwrap(), NonZeroU32::MIN);
    })
    .await;
    let (program, other) = (Program::of(&world).await, Program::of(&world).await);
    let first = program.get("/api/v1/accounts").await;
    assert_eq!(first.header("ratelimit-policy"), "\"requests\";q=3;w=3");
    assert_eq!(first.header("ratelimit"), "\"requests\";r=2;t=1");
    let refused = until_refused(&program).await;
    assert_eq!(refused.header("retry-after"), "1");
    assert!(refused.header("ratelimit").starts_with("\"requests\";r=0;"));
    field(&refused);
    assert_eq!(other.get("/api/v1/accounts").await.status, 200);
    let stranger = Program::stranger(&world);
    assert_eq!(stranger.get("/api/v1/accounts").await.status, 401);
    until_refused(&stranger).await;
}

#[tokio::test]
async fn strangers_wait_for_documents_and_wrong_keys_while_proven_programs_go_on() {
    let world = World::with(&TestDatabases::sqlite().await, |server| {
        server.limits.key = (NonZeroU32::new(40).unwrap(), NonZeroU32::MIN);
    })
    .await;
    let program = Program::of(&world).await;
    assert_eq!(program.get("/api/v1/accounts").await.status, 200);
    let stranger = Program::stranger(&world);
    let request = stranger.request(Method::GET, "/api/v1/docs", &[]);
    let request = request.body(Body::from(vec![b' '; 2 * 1024 * 1024])).unwrap();
    assert_eq!(read(stranger.open(request).await).await.status, 200, "no body is read");
    let mut last = stranger.get("/api/v1/openapi.json").await;
    for _ in 0..500 {
        if last.status != 200 {
            break;
        }
        last = stranger.get("/api/v1/docs").await;
    }
    assert_eq!(last.status, 429);
    field(&last);
    let unknown = Program {
        key: Some(format!("concierge_{}_{}", "0".repeat(12), "0".repeat(64))),
        ..Program::stranger(&world)
    };
    until_refused(&unknown).await;
    assert_eq!(program.get("/api/v1/accounts").await.status, 200);
}

/// A slow machine earns a request now and then.
async fn until_refused(program: &Program) -> Answer {
    for _ in 0..50 {
        let answer = program.get("/api/v1/accounts").await;
        if answer.status == 429 {
            return answer;
        }
    }
    panic!("nothing is ever refused");
}

#[tokio::test]
async fn pages_of_other_sites_stay_outside_unless_the_operator_names_them() {
    let usual = world().await;
    let named = World::with(&TestDatabases::sqlite().await, |server| {
        server.web.api_origins = vec!["https://app.example".into()];
    })
    .await;
    let ask = async |world: &World, origin: &str| {
        let headers = [("origin", origin), ("access-control-request-method", "POST")];
        Program::of(world)
            .await
            .send(Method::OPTIONS, &rules_of(world), &headers, None)
            .await
    };
    let allowed = |answer: &Answer| answer.header("access-control-allow-origin").to_owned();
    assert_eq!(allowed(&ask(&usual, "https://app.example").await), "");
    assert_eq!(allowed(&ask(&named, "https://other.example").await), "");
    let preflight = ask(&named, "https://app.example").await;
    assert_eq!(allowed(&preflight), "https://app.example");
    assert_eq!(preflight.header("access-control-allow-credentials"), "");
    let program = Program::of(&named).await;
    let headers = [("origin", "https://app.example"), ("sec-fetch-site", "cross-site")];
    let written = program
        .send(Method::POST, &rules_of(&named), &headers, Some(rule("A", "a")))
        .await;
    assert_eq!(
        (written.status.as_u16(), allowed(&written).as_str()),
        (201, "https://app.example")
    );
    assert!(
        written
            .headers
            .get_all(header::VARY)
            .iter()
            .any(|vary| vary == "origin")
    );
}
