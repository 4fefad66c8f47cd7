//! Every size that the document names for what is sent, and what lies one beyond it: refused, with the name of the field.

use std::collections::BTreeSet;

use http::Method;
use serde_json::{Value, json};
use server::api::openapi;

use super::client::{Program, rule, rules_of};
use crate::shared::{TestDatabase, for_each_database};
use crate::support::World;

/// A body that is taken, for every shape that is sent and has a size.
fn bodies() -> Vec<(&'static str, Value)> {
    let intent =
        json!({ "kind": "prompt", "description": "Asks the price", "examples": ["how much"], "threshold": 0.8 });
    let keywords = rule("Prices", "price");
    let prompt = json!({ "label": "Prices", "matcher": intent, "response": keywords["response"] });
    let mut placed = keywords.clone();
    placed["position"] = json!(1);
    let tried = json!({ "text": "hi", "minutes_ago": 1, "last_reply_minutes_ago": 1, "person_minutes_ago": 1 });
    vec![
        ("NewRule", placed),
        ("NewRule", prompt.clone()),
        ("RuleText", keywords.clone()),
        ("RuleText", prompt),
        ("Reply", keywords["response"].clone()),
        ("Move", json!({ "position": 1 })),
        ("Message", tried),
    ]
}

/// The shapes with their addresses; a rule is there, and its version is 1.
fn addresses(world: &World, rule: &str) -> Vec<(&'static str, Method, String)> {
    let (account, rules) = (format!("/api/v1/accounts/{}", world.account), rules_of(world));
    vec![
        ("NewRule", Method::POST, rules.clone()),
        ("RuleText", Method::PUT, format!("{rules}/{rule}")),
        ("Reply", Method::PUT, format!("{account}/default-reply")),
        ("Move", Method::POST, format!("{rules}/{rule}/move")),
        ("Message", Method::POST, format!("{account}/simulate")),
        ("Message", Method::POST, format!("{account}/examples")),
    ]
}

/// One place of a body with a size, and what is one beyond it.
struct Beyond {
    field: String,
    bound: &'static str,
    value: Value,
}

/// Reads the bounds from the document on its own, so that what checks them is not asked what they are.
fn beyond(schema: &Value, body: &Value, place: &str, found: &mut Vec<Beyond>) {
    let document = openapi::document();
    if let Some(path) = schema["$ref"].as_str() {
        return beyond(document.pointer(&path[1..]).unwrap(), body, place, found);
    }
    for kind in schema["oneOf"].as_array().into_iter().flatten() {
        if kind["properties"]["kind"]["enum"][0] == body["kind"] {
            beyond(kind, body, place, found);
        }
    }
    let mut add = |bound, value| {
        let field = place.to_owned();
        found.push(Beyond { field, bound, value });
    };
    let step = if schema["type"] == "number" { 0.01 } else { 1.0 };
    let number = |value: f64| if step < 1.0 { json!(value) } else { json!(value as i64) };
    for (bound, step) in [("minimum", -step), ("maximum", step)] {
        if let Some(most) = schema[bound].as_f64() {
            add(bound, number(most + step));
        }
    }
    if let Some(most) = schema["maxLength"].as_u64() {
        add("maxLength", json!("x".repeat(most as usize + 1)));
        add("maxLength", json!(format!("x{}", " ".repeat(most as usize))));
    }
    if schema["minLength"] == 1 {
        add("minLength", json!(""));
    }
    if let Some(most) = schema["maxItems"].as_u64() {
        add("maxItems", (0..=most).map(|item| format!("item {item}")).collect());
    }
    if schema["minItems"] == 1 {
        add("minItems", json!([]));
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(value) = body.get(name) {
            let dot = if place.is_empty() { "" } else { "." };
            beyond(property, value, &format!("{place}{dot}{name}"), found);
        }
    }
}

fn with(body: &Value, beyond: &Beyond) -> Value {
    let mut body = body.clone();
    let pointer = format!("/{}", beyond.field.replace('.', "/"));
    *body.pointer_mut(&pointer).unwrap() = beyond.value.clone();
    body
}

#[tokio::test]
async fn what_lies_one_beyond_a_size_is_refused_at_its_field() {
    for_each_database(async |database: TestDatabase| {
        let world = World::open(&database).await;
        let program = Program::of(&world).await;
        let present = program.post(&rules_of(&world), rule("First", "first")).await.json();
        let listed = program.get(&rules_of(&world)).await;
        let mut seen = BTreeSet::new();
        for (shape, method, path) in addresses(&world, present["id"].as_str().unwrap()) {
            let schema = &openapi::document()["components"]["schemas"][shape];
            for (_, body) in bodies().into_iter().filter(|(name, _)| *name == shape) {
                let mut all = Vec::new();
                beyond(schema, &body, "", &mut all);
                for one in all {
                    let version = match shape {
                        "Move" => listed.header("etag").to_owned(),
                        _ => "\"1\"".to_owned(),
                    };
                    let sent = with(&body, &one);
                    let answer = program
                        .send(method.clone(), &path, &[("if-match", &version)], Some(sent))
                        .await;
                    let what = format!("{method} {path}: {} {}: {answer:?}", one.field, one.bound);
                    assert_eq!(answer.status, 422, "{what}");
                    let problem = answer.json();
                    assert_eq!(problem["errors"].as_array().unwrap().len(), 1, "{what}");
                    assert_eq!(problem["errors"][0]["field"], one.field, "{what}");
                    let message = problem["errors"][0]["message"].as_str().unwrap();
                    assert!(
                        !message.contains("null"),
                        "a bound that the document does not name: {what}"
                    );
                    seen.insert((shape, one.field, one.bound));
                }
            }
        }
        let sized = |name: &str| seen.iter().filter(|(shape, ..)| *shape == name).count();
        assert_eq!(
            ["NewRule", "RuleText", "Reply", "Move", "Message"].map(sized),
            [13, 11, 2, 2, 7],
            "{seen:#?}"
        );
        let after = program.get(&rules_of(&world)).await;
        assert_eq!(after.body, listed.body, "nothing that was refused changed anything");
    })
    .await;
}

#[test]
fn every_shape_that_is_sent_and_has_a_size_is_tried() {
    let document = openapi::document();
    let tried: BTreeSet<&str> = bodies().iter().map(|(shape, _)| *shape).collect();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) else {
                continue;
            };
            let is_switch = name == "Switch";
            assert!(is_switch || tried.contains(name), "{method} {path} sends {name}");
        }
    }
}
