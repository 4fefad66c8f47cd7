//! Writes: repeated ones are done once, and nobody's change is lost.

use std::future::{Future, poll_fn};
use std::num::NonZeroU32;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use axum::body::Body;
use http::Method;
use serde_json::json;

use super::client::{Program, rule, rules_of};
use crate::shared::{TestDatabase, TestDatabases, for_each_database};
use crate::support::World;

#[tokio::test]
async fn a_hundred_repeats_of_one_keyed_write_make_one_change() {
    for_each_database(async |database: TestDatabase| {
        let world = World::open(&database).await;
        let program = Program::of(&world).await;
        let path = rules_of(&world);
        let once = async || {
            let headers = [("idempotency-key", "9b2e-one")];
            program
                .send(Method::POST, &path, &headers, Some(rule("Prices", "price")))
                .await
        };
        // At once: one is done, the others are told that it is under way, or what came of it.
        let answers = futures::future::join_all((0..50).map(|_| once())).await;
        assert!(
            answers.iter().all(|answer| matches!(answer.status.as_u16(), 201 | 409)),
            "{answers:?}"
        );
        // One after the other: each gets the same answer.
        let first = once().await;
        assert_eq!(first.status, 201, "{first:?}");
        for _ in 0..49 {
            let again = once().await;
            assert_eq!((again.status, &again.body), (first.status, &first.body));
            assert_eq!(again.header("etag"), first.header("etag"));
            assert_eq!(again.header("location"), first.header("location"));
            assert_eq!(again.header("idempotency-replayed"), "true");
            assert_eq!(again.header("content-type"), "application/json");
        }
        let listed = program.get(&path).await.json();
        assert_eq!(listed["items"].as_array().unwrap().len(), 1);
        let audit = "SELECT COUNT(*) AS number FROM audit_log WHERE action = 'rules.added'";
        assert_eq!(database.numbers(audit, []).await, [1]);
    })
    .await;
}

#[tokio::test]
async fn a_used_key_takes_no_other_request_and_keys_of_others_do_not_meet() {
    for_each_database(async |database: TestDatabase| {
        let world = World::open(&database).await;
        let (program, other) = (Program::of(&world).await, Program::of(&world).await);
        let path = rules_of(&world);
        let headers = [("idempotency-key", "k")];
        let first = program.send(Method::POST, &path, &headers, Some(rule("A", "a"))).await;
        assert_eq!(first.status, 201);
        let changed = program.send(Method::POST, &path, &headers, Some(rule("B", "b"))).await;
        assert_eq!(changed.status, 422);
        assert_eq!(changed.json()["errors"][0]["field"], "Idempotency-Key");
        let elsewhere = format!("{path}?x=1");
        assert_eq!(
            program
                .send(Method::POST, &elsewhere, &headers, Some(rule("A", "a")))
                .await
                .status,
            422
        );
        assert_eq!(
            other
                .send(Method::POST, &path, &headers, Some(rule("B", "b")))
                .await
                .status,
            201
        );
        for bad in ["", "two words", &"k".repeat(256)] {
            let headers = [("idempotency-key", bad)];
            let answer = program.send(Method::POST, &path, &headers, Some(rule("C", "c"))).await;
            assert_eq!(answer.status, 422, "{bad}");
        }
        // Refusals are answers too.
        let headers = [("idempotency-key", "refused")];
        let blank = rule(" ", "d");
        let refused = program.send(Method::POST, &path, &headers, Some(blank.clone())).await;
        let again = program.send(Method::POST, &path, &headers, Some(blank)).await;
        assert_eq!((refused.status.as_u16(), &refused.body), (422, &again.body));
        assert_eq!(again.header("content-type"), "application/problem+json");
        assert_eq!(program.get(&path).await.json()["items"].as_array().unwrap().len(), 2);
    })
    .await;
}

/// The example is there, and then the answer cannot be made: the repeat must not add it again.
#[tokio::test]
async fn a_write_that_failed_after_its_commit_is_not_done_again() {
    for_each_database(async |database: TestDatabase| {
        let world = World::open(&database).await;
        let program = Program::of(&world).await;
        let path = format!("/api/v1/accounts/{}/examples", world.account);
        let add = async || {
            let headers = [("idempotency-key", "example-1")];
            let message = json!({ "text": "how much is it?" });
            program.send(Method::POST, &path, &headers, Some(message)).await
        };
        database
            .execute("ALTER TABLE credit_balances RENAME TO balances_elsewhere", [])
            .await;
        let lost = add().await;
        assert!(lost.status.is_server_error(), "{lost:?}");
        database
            .execute("ALTER TABLE balances_elsewhere RENAME TO credit_balances", [])
            .await;
        for minutes in [0, 2] {
            world.clock.advance(Duration::from_secs(60 * minutes));
            let again = add().await;
            assert_eq!(again.status, 409, "{again:?}");
        }
        assert_eq!(database.count("examples").await, 1);
        let named = "audit_log WHERE action = 'examples.added' AND api_key_id IS NOT NULL";
        assert_eq!(database.count(named).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_program_that_hangs_up_at_any_moment_gets_its_answer_with_a_repeat() {
    for_each_database(async |database: TestDatabase| {
        let many = NonZeroU32::new(1_000_000).unwrap();
        let world = World::with(&database, |server| server.limits.key = (many, many)).await;
        let program = Program::of(&world).await;
        let path = format!("/api/v1/accounts/{}/examples", world.account);
        for moment in 1..=25 {
            let key = format!("hang-up-{moment}");
            let headers = [("idempotency-key", key.as_str()), ("content-type", "application/json")];
            let message = json!({ "text": key }).to_string();
            let request = program.request(Method::POST, &path, &headers);
            hang_up_after(moment, program.open(request.body(Body::from(message)).unwrap())).await;
            let repeat = async || {
                let message = json!({ "text": key });
                program.send(Method::POST, &path, &headers[..1], Some(message)).await
            };
            let mut answer = repeat().await;
            for _ in 0..1_000 {
                if answer.status != 409 {
                    break;
                }
                answer = repeat().await;
            }
            assert_eq!(answer.status, 201, "after {moment} steps: {answer:?}");
        }
        assert_eq!(database.count("examples").await, 25);
    })
    .await;
}

/// Drops the request after it was polled so many times.
async fn hang_up_after<F: Future>(steps: usize, request: F) {
    let mut request = pin!(request);
    let mut done = 0;
    poll_fn(|context| {
        done += 1;
        match request.as_mut().poll(context) {
            Poll::Pending if done < steps => Poll::Pending,
            _ => Poll::Ready(()),
        }
    })
    .await;
}

#[tokio::test]
async fn what_did_nothing_may_be_repeated_under_its_key() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let program = Program::of(&world).await;
    let account = format!("/api/v1/accounts/{}", world.account);
    let headers = [("idempotency-key", "k")];
    for text in ["how much is it?", "where are you?"] {
        let message = json!({ "text": text });
        let simulate = format!("{account}/simulate");
        let tried = program.send(Method::POST, &simulate, &headers, Some(message)).await;
        assert_eq!(tried.status, 200, "{tried:?}");
    }
    for _ in 0..2 {
        let check = format!("{account}/check");
        let unreachable = program.send(Method::POST, &check, &headers, None).await;
        assert_eq!(unreachable.status, 503, "{unreachable:?}");
    }
}

#[tokio::test]
async fn a_change_names_the_version_that_it_was_made_from() {
    for_each_database(async |database: TestDatabase| {
        let world = World::open(&database).await;
        let program = Program::of(&world).await;
        let rules = rules_of(&world);
        for label in ["A", "B", "C"] {
            program.post(&rules, rule(label, label)).await;
        }
        let list = program.get(&rules).await;
        let one = format!("{rules}/{}", list.json()["items"][0]["id"].as_str().unwrap());
        let text = |label: &str| {
            let mut text = rule(label, "a");
            text["leave_to_person"] = json!(true);
            text
        };
        let missing = program.send(Method::PUT, &one, &[], Some(text("A2"))).await;
        assert_eq!(missing.status, 428);
        let version = program.get(&one).await.header("etag").to_owned();
        let edited = program.put(&one, &version, text("A2")).await;
        assert_eq!(edited.status, 200, "{edited:?}");
        let late = program.put(&one, &version, text("A3")).await;
        assert_eq!(late.status, 412);
        assert_eq!(late.header("etag"), edited.header("etag"));
        assert_eq!(format!("\"{}\"", late.json()["current_version"]), edited.header("etag"));
        assert_eq!(program.get(&one).await.json()["label"], "A2");
        for bad in ["*", "1", "\"x\"", "W/\"1\""] {
            assert_eq!(program.put(&one, bad, text("A4")).await.status, 422, "{bad}");
        }

        let place = json!({ "position": 3 });
        let stale = list.header("etag").to_owned();
        let move_to = async |version: &str| {
            let headers = [("if-match", version)];
            program
                .send(Method::POST, &format!("{one}/move"), &headers, Some(place.clone()))
                .await
        };
        let late = move_to(&stale).await;
        assert_eq!(late.status, 412, "{late:?}");
        let moved = move_to(late.header("etag")).await;
        assert_eq!(moved.status, 200, "{moved:?}");
        let labels: Vec<_> = moved.json()["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|rule| rule["label"].clone())
            .collect();
        assert_eq!(labels, ["B", "C", "A2"]);

        let default = format!("/api/v1/accounts/{}/default-reply", world.account);
        let version = program.get(&default).await.header("etag").to_owned();
        let reply = json!({ "kind": "canned", "text": "Soon." });
        let saved = program.put(&default, &version, reply).await;
        assert_eq!(saved.status, 200);
        let late = program
            .put(&default, &version, json!({ "kind": "canned", "text": "Later." }))
            .await;
        assert_eq!((late.status.as_u16(), late.header("etag")), (412, saved.header("etag")));
    })
    .await;
}

#[tokio::test]
async fn an_import_is_looked_at_first_and_names_its_revision() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let program = Program::of(&world).await;
    let account = format!("/api/v1/accounts/{}", world.account);
    let rules = rules_of(&world);
    program.post(&rules, rule("A", "a")).await;
    let exported = program.get(&format!("{account}/export")).await;
    let mut file = exported.json();
    let mut second = file["rules"][0].clone();
    second["label"] = json!("B");
    file["rules"].as_array_mut().unwrap().push(second);

    let dry = program
        .post(&format!("{account}/import?dry_run=true"), file.clone())
        .await;
    assert_eq!(dry.status, 200, "{dry:?}");
    assert_eq!(dry.json()["dry_run"], true);
    assert_eq!(dry.json()["rules"][0]["change"], "added");
    assert_eq!(program.get(&rules).await.json()["items"].as_array().unwrap().len(), 1);
    assert_eq!(
        program.post(&format!("{account}/import"), file.clone()).await.status,
        428
    );

    let version = dry.header("etag").to_owned();
    let import = async |file| {
        let headers = [("if-match", version.as_str())];
        program
            .send(Method::POST, &format!("{account}/import"), &headers, Some(file))
            .await
    };
    let done = import(file.clone()).await;
    assert_eq!(done.status, 200, "{done:?}");
    assert_eq!(program.get(&rules).await.header("etag"), done.header("etag"));
    assert_eq!(import(file.clone()).await.status, 412);
    let headers = [("if-match", done.header("etag"))];
    let same = program
        .send(Method::POST, &format!("{account}/import"), &headers, Some(file.clone()))
        .await;
    assert_eq!((same.status.as_u16(), same.header("etag")), (200, done.header("etag")));
    let mut nul = file.clone();
    nul["rules"][1]["label"] = json!("a\0b");
    let nul = import(nul).await;
    assert_eq!(nul.status, 422, "{nul:?}");
    assert!(nul.body.contains("rules[1].label"), "{nul:?}");
    file["rules"][0]["labell"] = json!("x");
    let wrong = import(file).await;
    assert_eq!(wrong.status, 422, "{wrong:?}");
    assert!(wrong.body.contains("rules[0]"), "{wrong:?}");
}
