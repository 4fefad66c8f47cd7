//! The OpenAPI document: committed as it is generated, whole, and never breaking what was released.
//!
//! `CONCIERGE_WRITE_OPENAPI=true cargo test -p server --test it api::document` writes docs/openapi.json anew. A release copies it to
//! docs/openapi-released.json.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use http::Method;
use serde_json::{Value, json};
use server::api::openapi;
use server::http::routes::table::{Access, Kind, ROUTES};

use super::client::Program;
use crate::shared::TestDatabases;
use crate::support::World;

/// style/public has it.
const ICON: &str = "<link rel=\"icon\" type=\"image/svg+xml\" href=\"/favicon.svg\">";

fn committed(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(name)
}

#[test]
fn the_committed_document_is_the_generated_one() {
    let (path, generated) = (committed("openapi.json"), openapi::as_text());
    if std::env::var_os("CONCIERGE_WRITE_OPENAPI").is_some() {
        std::fs::write(&path, &generated).unwrap();
    }
    let stored = std::fs::read_to_string(&path).unwrap();
    assert!(
        stored == generated,
        "docs/openapi.json is not what the code says; this module tells how to write it anew"
    );
}

#[test]
fn the_document_has_every_line_of_the_table_and_no_other() {
    let document = openapi::document();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let mut described = BTreeSet::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            assert!(operation["x-scope"].is_string(), "{method} {path}");
            assert!(operation["summary"].is_string(), "{method} {path}");
            described.insert(format!("{} {path}", method.to_uppercase()));
        }
    }
    let keyed = ROUTES.iter().filter(|route| matches!(route.access, Access::Key(_)));
    let listed: BTreeSet<String> = keyed.map(|route| format!("{} {}", route.method, route.path)).collect();
    assert_eq!(described, listed);
    assert!(
        ROUTES
            .iter()
            .filter(|route| route.path.starts_with("/api/v1"))
            .all(|route| route.kind == Kind::Api)
    );
}

#[tokio::test]
async fn everybody_may_read_the_document_and_its_page_under_our_policy() {
    let world = World::open(&TestDatabases::sqlite().await).await;
    let stranger = Program::stranger(&world);
    let document = stranger.get("/api/v1/openapi.json").await;
    assert_eq!(document.json(), *openapi::document());
    let page = stranger.get("/api/v1/docs").await;
    assert_eq!(page.status, 200);
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.header("content-security-policy").contains("default-src 'none'"));
    assert!(
        page.body.contains(ICON),
        "a browser asks for /favicon.ico where no icon is named"
    );
    assert!(!page.body.contains("<script") && !page.body.contains("http://") && !page.body.contains("https://"));
    let links = page
        .body
        .split("href=\"#")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap());
    for link in links {
        assert!(page.body.contains(&format!("id=\"{link}\"")), "{link} leads nowhere");
    }
    for route in ROUTES.iter().filter(|route| matches!(route.access, Access::Key(_))) {
        assert!(
            page.body.contains(&format!("{} {}", route.method, route.path)),
            "{route:?}"
        );
    }
}

#[test]
fn what_was_released_still_holds() {
    let released: Value =
        serde_json::from_str(&std::fs::read_to_string(committed("openapi-released.json")).unwrap()).unwrap();
    assert_eq!(breaks(&released, openapi::document()), Vec::<String>::new());
}

#[test]
fn every_kind_of_break_is_seen() {
    let document = openapi::document();
    let broken = |change: &dyn Fn(&mut Value)| {
        let mut changed = document.clone();
        change(&mut changed);
        assert_ne!(&changed, document, "the change is none");
        breaks(document, &changed)
    };
    let shape = |name: &str, rest: &str| format!("/components/schemas/{name}{rest}");
    let removed = |place: String, name: &'static str| {
        broken(&move |changed: &mut Value| {
            changed
                .pointer_mut(&place)
                .unwrap()
                .as_object_mut()
                .unwrap()
                .remove(name);
        })
    };
    assert_eq!(removed("/paths".into(), "/api/v1/persona").len(), 1);
    assert_eq!(
        removed("/paths/~1api~1v1~1accounts~1{account}~1rules".into(), "post").len(),
        1
    );
    assert_eq!(removed(shape("Rule", "/properties"), "label").len(), 1);
    assert_eq!(removed(shape("NewRule", "/properties"), "position").len(), 1);
    let without_name = broken(&|changed: &mut Value| {
        let names = changed.pointer_mut(&shape("KeywordMode", "/enum")).unwrap();
        names.as_array_mut().unwrap().pop();
    });
    assert_eq!(without_name.len(), 1, "{without_name:?}");
    let needed = broken(&|changed: &mut Value| {
        let required = changed.pointer_mut(&shape("NewRule", "/required")).unwrap();
        required.as_array_mut().unwrap().push(json!("position"));
    });
    assert_eq!(needed.len(), 1, "{needed:?}");
    let header = broken(&|changed: &mut Value| {
        let list = changed
            .pointer_mut("/paths/~1api~1v1~1messages/get/parameters")
            .unwrap();
        list[0]["required"] = json!(true);
    });
    assert_eq!(header.len(), 1, "{header:?}");
    // What is new breaks nothing.
    let mut more = document.clone();
    more["components"]["schemas"]["Rule"]["properties"]["colour"] = json!({ "type": "string" });
    more["paths"]["/api/v1/new"] = json!({ "get": {} });
    assert_eq!(breaks(document, &more), Vec::<String>::new());
}

/// What a program that was written for `before` loses in `after`.
fn breaks(before: &Value, after: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for (path, operations) in before["paths"].as_object().unwrap() {
        let Some(present) = after["paths"].get(path) else {
            found.push(format!("{path} is gone"));
            continue;
        };
        for (method, operation) in operations.as_object().unwrap() {
            match present.get(method) {
                None => found.push(format!("{method} {path} is gone")),
                Some(present) => operation_breaks(&format!("{method} {path}"), operation, present, &mut found),
            }
        }
    }
    let sent = sent_shapes(after);
    for (name, schema) in before["components"]["schemas"].as_object().unwrap() {
        match after["components"]["schemas"].get(name) {
            None => found.push(format!("the shape {name} is gone")),
            Some(present) => schema_breaks(name, schema, present, sent.contains(name), &mut found),
        }
    }
    found
}

fn operation_breaks(name: &str, before: &Value, after: &Value, found: &mut Vec<String>) {
    let parameters = |operation: &Value| operation["parameters"].as_array().cloned().unwrap_or_default();
    let is_needed = |parameter: &Value| parameter["required"] == true;
    let known = parameters(before);
    for parameter in parameters(after) {
        let earlier = known.iter().find(|known| known["name"] == parameter["name"]);
        if is_needed(&parameter) && !earlier.is_some_and(is_needed) {
            found.push(format!("{name} needs {}", parameter["name"]));
        }
    }
    for parameter in &known {
        if !parameters(after)
            .iter()
            .any(|present| present["name"] == parameter["name"])
        {
            found.push(format!("{name} no longer takes {}", parameter["name"]));
        }
    }
    for status in before["responses"]
        .as_object()
        .unwrap()
        .keys()
        .filter(|status| status.starts_with('2'))
    {
        if after["responses"].get(status).is_none() {
            found.push(format!("{name} no longer answers {status}"));
        }
    }
    if before.get("x-scope") != after.get("x-scope") {
        found.push(format!("{name} asks for another scope"));
    }
}

fn schema_breaks(name: &str, before: &Value, after: &Value, is_sent: bool, found: &mut Vec<String>) {
    for property in before["properties"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(property, _)| property)
    {
        if after["properties"].get(property).is_none() {
            found.push(format!("{name} has no {property} any more"));
        }
    }
    for value in before["enum"].as_array().into_iter().flatten() {
        if !after["enum"].as_array().is_some_and(|values| values.contains(value)) {
            found.push(format!("{name} is never {value} any more"));
        }
    }
    let required = |schema: &Value| -> BTreeSet<String> {
        let names = schema["required"].as_array().cloned().unwrap_or_default();
        names.iter().map(|name| name.as_str().unwrap().to_owned()).collect()
    };
    if is_sent {
        found.extend(
            required(after)
                .difference(&required(before))
                .map(|property| format!("{name} needs {property}")),
        );
    } else {
        found.extend(
            required(before)
                .difference(&required(after))
                .map(|property| format!("{name} may lack {property}")),
        );
    }
    for part in ["oneOf", "allOf"] {
        let parts = |schema: &Value| schema[part].as_array().cloned().unwrap_or_default();
        let present = parts(after);
        for (index, schema) in parts(before).iter().enumerate() {
            match present.get(index) {
                Some(present) => schema_breaks(&format!("{name} {index}"), schema, present, is_sent, found),
                None => found.push(format!("{name} lacks its part {index}")),
            }
        }
    }
}

/// Shapes that programs send, with those inside of them.
fn sent_shapes(document: &Value) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for operations in document["paths"].as_object().unwrap().values() {
        for operation in operations.as_object().unwrap().values() {
            collect(document, &operation["requestBody"], &mut names);
        }
    }
    names
}

fn collect(document: &Value, value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(all) => {
            if let Some(name) = all
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|path| path.rsplit('/').next())
                && names.insert(name.to_owned())
            {
                collect(document, &document["components"]["schemas"][name], names);
            }
            all.values().for_each(|value| collect(document, value, names));
        }
        Value::Array(all) => all.iter().for_each(|value| collect(document, value, names)),
        _ => {}
    }
}

#[test]
fn methods_of_the_document_are_methods() {
    assert!(openapi::scope_of(&Method::GET, "/api/v1/accounts").is_some());
    assert!(openapi::scope_of(&Method::GET, "/admin").is_none());
}
