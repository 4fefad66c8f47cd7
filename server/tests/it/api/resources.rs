//! Every resource once, by the shapes of the document.

use std::collections::BTreeSet;

use http::Method;
use serde_json::{Value, json};

use super::client::{Program, rule, rules_of};
use crate::shared::{TestDatabase, for_each_database};
use crate::support::World;

fn keys_of(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[tokio::test]
async fn every_resource_answers_in_the_shape_that_the_document_promises() {
    for_each_database(async |database: TestDatabase| {
        let world = World::open(&database).await;
        let program = Program::of(&world).await;
        let document = server::api::openapi::document();
        let account = format!("/api/v1/accounts/{}", world.account);
        let added = program.post(&rules_of(&world), rule("Prices", "price")).await;
        assert_eq!(added.status, 201);
        let one = added.header("location").to_owned();
        program
            .post(&format!("{account}/examples"), json!({ "text": "what price?" }))
            .await;
        for (path, shape) in [
            ("/api/v1/accounts".to_owned(), "Accounts"),
            (format!("{account}/reply-config"), "ReplyConfig"),
            (format!("{account}/default-reply"), "Reply"),
            (format!("{account}/rules"), "Rules"),
            (one.clone(), "Rule"),
            (format!("{account}/deleted-rules"), "DeletedRules"),
            (format!("{account}/examples"), "Examples"),
            (format!("{account}/history"), "History"),
            ("/api/v1/persona".to_owned(), "Persona"),
            ("/api/v1/messages".to_owned(), "LoggedMessages"),
            ("/api/v1/credits".to_owned(), "Balance"),
            ("/api/v1/credits/ledger".to_owned(), "Ledger"),
            ("/api/v1/health".to_owned(), "Health"),
            ("/api/v1/notices".to_owned(), "Notices"),
        ] {
            let answer = program.get(&path).await;
            assert_eq!(answer.status, 200, "{path}: {answer:?}");
            let promised = &document["components"]["schemas"][shape]["properties"];
            assert_eq!(keys_of(&answer.json()), keys_of(promised), "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_rule_lives_through_everything_that_can_be_done_to_it() {
    for_each_database(async |database: TestDatabase| {
        let world = World::open(&database).await;
        let program = Program::of(&world).await;
        let rules = rules_of(&world);
        let account = format!("/api/v1/accounts/{}", world.account);
        let mut first = rule("Prices", "price");
        first["position"] = json!(1);
        let one = program.post(&rules, first).await.header("location").to_owned();

        let tried = program
            .post(&format!("{account}/simulate"), json!({ "text": "the price?" }))
            .await
            .json();
        assert_eq!(tried["rule"]["label"], "Prices", "{tried}");
        assert_eq!(tried["reply"]["text"], "Ten euros.");

        let off = program
            .send(
                Method::PUT,
                &format!("{one}/enabled"),
                &[],
                Some(json!({ "enabled": false })),
            )
            .await;
        assert_eq!(off.json()["enabled"], false);
        let tried = program
            .post(&format!("{account}/simulate"), json!({ "text": "the price?" }))
            .await
            .json();
        assert_eq!((&tried["rule"], &tried["by_default"]), (&Value::Null, &json!(true)));

        let copy = program.send(Method::POST, &format!("{one}/duplicate"), &[], None).await;
        assert_eq!(copy.status, 201, "{copy:?}");
        assert_eq!(
            (&copy.json()["label"], &copy.json()["position"]),
            (&json!("Prices (copy)"), &json!(2))
        );
        assert_eq!(program.send(Method::DELETE, &one, &[], None).await.status, 204);
        assert_eq!(program.get(&one).await.status, 404);
        assert_eq!(program.send(Method::DELETE, &one, &[], None).await.status, 404);
        let deleted = program.get(&format!("{account}/deleted-rules")).await.json();
        assert_eq!(deleted["items"][0]["label"], "Prices");
        let restored = program.send(Method::POST, &format!("{one}/restore"), &[], None).await;
        assert_eq!(
            (restored.status.as_u16(), &restored.json()["position"]),
            (200, &json!(1))
        );

        let history = program.get(&format!("{account}/history")).await.json();
        let by = history["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|change| change["by"].clone());
        assert!(by.into_iter().all(|by| by == "API key Website"), "{history}");

        let example = program
            .post(&format!("{account}/examples"), json!({ "text": "hello" }))
            .await;
        assert_eq!(
            (example.status.as_u16(), &example.json()["answered_by"]),
            (201, &json!("Default reply"))
        );
        let kept = format!("{account}/examples/{}", example.json()["id"].as_str().unwrap());
        assert_eq!(program.send(Method::DELETE, &kept, &[], None).await.status, 204);
        assert_eq!(program.send(Method::DELETE, &kept, &[], None).await.status, 404);

        let switched = program
            .send(
                Method::PUT,
                &format!("{account}/auto-reply"),
                &[],
                Some(json!({ "enabled": false })),
            )
            .await;
        assert_eq!(switched.json()["auto_reply"], false);
        let switched = program
            .send(
                Method::PUT,
                &format!("{account}/enabled"),
                &[],
                Some(json!({ "enabled": false })),
            )
            .await;
        assert_eq!(switched.json()["enabled"], false);
    })
    .await;
}

#[tokio::test]
async fn the_ledger_is_read_page_by_page() {
    let database = crate::shared::TestDatabases::sqlite().await;
    let world = World::open(&database).await;
    for number in 0..120 {
        let transaction = database.begin().await.unwrap();
        let grant = engine::credits::Grant {
            tenant: world.owner.tenant,
            amount: 1,
            expires_at: None,
            note: format!("Invoice {number}"),
            reference: None,
        };
        engine::credits::grant(&transaction, &grant, world.engine.clock().now())
            .await
            .unwrap();
        transaction.commit().await.unwrap();
    }
    let program = Program::of(&world).await;
    let (mut path, mut seen) = ("/api/v1/credits/ledger?show=added".to_owned(), Vec::new());
    loop {
        let answer = program.get(&path).await;
        let page = answer.json();
        seen.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|entry| entry["id"].clone().to_string()),
        );
        let Some(next) = page["next"].as_str() else {
            assert_eq!(answer.header("link"), "");
            break;
        };
        assert_eq!(answer.header("link"), format!("<{next}>; rel=\"next\""));
        assert!(next.contains("show=added"));
        path = next.to_owned();
    }
    let distinct: BTreeSet<_> = seen.iter().collect();
    assert_eq!((seen.len(), distinct.len()), (120, 120));
    assert_eq!(program.get("/api/v1/credits").await.json()["balance"], 120);
}
