//! The OpenAPI document. Handlers say what is their own; what holds for all of them, from the table of routes and the conventions, is
//! added here.

use std::sync::LazyLock;

use axum::response::IntoResponse;
use domain::api_keys::Scope;
use http::{Method, header};
use serde_json::{Value, json};
use utoipa::OpenApi as _;
use utoipa::openapi::OpenApi;

use super::problem::{PROBLEM_JSON, ProblemDetails};
use crate::http::routes::table::{self, Access};

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Concierge",
        version = "1",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
        description = "Accounts, rules, message log and credits of one workspace, for programs. A key belongs to one workspace; an owner makes it in the settings. Times are RFC 3339, amounts are whole credits, ids are UUIDs. A program sends its key in the header Authorization, behind the word Bearer."
    ),
    servers((url = "/", description = "This server")),
    components(schemas(ProblemDetails))
)]
struct Head;

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| whole(Head::openapi()));

/// The document.
#[must_use]
pub fn document() -> &'static Value {
    &DOCUMENT
}

/// As it is committed: one line end after it.
#[must_use]
pub fn as_text() -> String {
    format!("{:#}\n", document())
}

static BYTES: LazyLock<String> = LazyLock::new(|| document().to_string());

pub(super) async fn serve() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], BYTES.as_str())
}

fn whole(head: OpenApi) -> Value {
    let (_, resources) = super::resource_routes().split_for_parts();
    let mut document = serde_json::to_value(head.merge_from(resources)).unwrap_or_default();
    document["components"]["securitySchemes"] = json!({
        "apiKey": {
            "type": "http",
            "scheme": "bearer",
            "description": "An API key. Its scopes: read, write_rules, switch, credits."
        }
    });
    // utoipa says this of structs alone.
    for kind in document["components"]["schemas"]["Matcher"]["oneOf"]
        .as_array_mut()
        .into_iter()
        .flatten()
    {
        kind["additionalProperties"] = json!(false);
    }
    if let Some(paths) = document["paths"].as_object_mut() {
        for (path, operations) in paths {
            for (method, operation) in operations.as_object_mut().into_iter().flatten() {
                add_conventions(path, method, operation);
            }
        }
    }
    document
}

fn add_conventions(path: &str, method: &str, operation: &mut Value) {
    let method = Method::from_bytes(method.to_ascii_uppercase().as_bytes()).unwrap_or_default();
    let scope = scope_of(&method, path);
    operation["security"] = json!([{ "apiKey": [] }]);
    if let Some(scope) = scope {
        operation["x-scope"] = json!(scope.as_str());
    }
    let is_write = is_write(&method, path);
    if is_write {
        add_idempotency_key(operation);
    }
    let has_body = operation.get("requestBody").is_some();
    let takes_version = has_parameter(operation, "If-Match");
    let takes_input = has_body || operation.get("parameters").is_some() || method == Method::GET;
    let Some(responses) = operation["responses"].as_object_mut() else {
        return;
    };
    let mut add = |status: &str, what: &str| {
        responses.entry(status).or_insert_with(|| problem(what));
    };
    add("401", "The key is missing, unknown, revoked or over");
    add("403", "The key lacks the scope");
    add("429", "Too many requests; `Retry-After` says how long to wait");
    add("500", "Something broke on our side");
    add("503", "Something is away for now");
    if path.contains('{') {
        add("404", "Not there, or another workspace's");
    }
    if takes_input {
        add("422", "Something that was sent cannot be used");
    }
    if has_body || method == Method::POST {
        add("408", "The body did not arrive");
        add("413", "The body is too large");
        add("415", "The body is no JSON");
    }
    if is_write {
        add(
            "409",
            "Not possible now: the same request is under way, or the sentence says what is",
        );
    }
    if takes_version {
        add(
            "412",
            "Somebody changed it meanwhile; `ETag` and `current_version` hold the present version",
        );
        add("428", "`If-Match` is missing");
    }
    for response in responses.values_mut() {
        add_rate_headers(response);
    }
}

/// The scope that an operation asks for, as the table of routes has it.
#[must_use]
pub fn scope_of(method: &Method, path: &str) -> Option<Scope> {
    match table::find(method, path)?.access {
        Access::Key(scope) => Some(scope),
        Access::Anyone | Access::Role(_) => None,
    }
}

/// Whether an operation changes something: trying a message is a POST and changes nothing.
#[must_use]
pub fn is_write(method: &Method, path: &str) -> bool {
    !method.is_safe() && scope_of(method, path) != Some(Scope::Read)
}

fn has_parameter(operation: &Value, name: &str) -> bool {
    let parameters = operation["parameters"].as_array();
    parameters
        .into_iter()
        .flatten()
        .any(|parameter| parameter["name"] == name)
}

fn add_idempotency_key(operation: &mut Value) {
    let parameter = json!({
        "name": "Idempotency-Key",
        "in": "header",
        "required": false,
        "description": "A new value for each write, the same for its repeats: they get the first answer, for 24 hours.",
        "schema": { "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$" }
    });
    match operation["parameters"].as_array_mut() {
        Some(parameters) => parameters.push(parameter),
        None => operation["parameters"] = json!([parameter]),
    }
}

fn problem(what: &str) -> Value {
    json!({
        "description": what,
        "content": { PROBLEM_JSON: { "schema": { "$ref": "#/components/schemas/Problem" } } }
    })
}

fn add_rate_headers(response: &mut Value) {
    for (name, what) in [
        ("RateLimit-Policy", "How many requests (q) in how many seconds (w)"),
        (
            "RateLimit",
            "How many requests are left (r), and in how many seconds all are (t)",
        ),
    ] {
        response["headers"][name] = json!({ "description": what, "schema": { "type": "string" } });
    }
}
