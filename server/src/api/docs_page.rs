//! `/api/v1/docs`: the document as a page. Drawn here, without script and without a foreign host; everything stands in one page, so that
//! the browser's own search finds it.

use std::fmt::Write as _;
use std::sync::LazyLock;

use axum::response::Html;
use serde_json::Value;

use super::openapi::document;
use super::problem::PROBLEM_KINDS;
use crate::http::plain_page::head;

static PAGE: LazyLock<String> = LazyLock::new(|| page(document()));

pub(super) async fn serve() -> Html<&'static str> {
    Html(&PAGE)
}

fn page(document: &Value) -> String {
    let mut body = String::new();
    let paths = document["paths"].as_object();
    for (path, operations) in paths.into_iter().flatten() {
        for (method, operation) in operations.as_object().into_iter().flatten() {
            operation_section(&mut body, path, method, operation);
        }
    }
    let shapes = document["components"]["schemas"].as_object();
    let mut described = String::new();
    for (name, schema) in shapes.into_iter().flatten() {
        let _ = write!(
            described,
            "<section class=\"card stack\"><h3 id=\"shape-{0}\">{0}</h3><p>{1}</p>{2}</section>",
            escape(name),
            escape(text(&schema["description"])),
            fields(schema)
        );
    }
    let problems: String = PROBLEM_KINDS
        .iter()
        .map(|(status, name, title, what)| {
            let status = status.as_u16();
            format!(
                "<dt id=\"problem-{name}\">{status} {}</dt><dd>{}</dd>",
                escape(title),
                escape(what)
            )
        })
        .collect();
    format!(
        "{}<body><main class=\"gate stack stack--6\" id=\"main\">\
         <h1>Concierge API</h1><p>{}</p><p><a href=\"/api/v1/openapi.json\">The same as an OpenAPI document</a></p>\
         <h2>Operations</h2>{body}<h2>Shapes</h2>{described}<h2>Problems</h2><dl class=\"facts\">{problems}</dl></main></body></html>",
        head("API"),
        escape(text(&document["info"]["description"]))
    )
}

fn operation_section(page: &mut String, path: &str, method: &str, operation: &Value) {
    let _ = write!(
        page,
        "<section class=\"card stack\" aria-labelledby=\"{id}\"><h3 id=\"{id}\"><code>{method} {path}</code></h3><p>{what}</p>\
         <dl class=\"facts\"><dt>Scope</dt><dd><code>{scope}</code></dd>",
        id = escape(text(&operation["operationId"])),
        method = method.to_ascii_uppercase(),
        path = escape(path),
        what = escape(text(&operation["summary"])),
        scope = escape(text(&operation["x-scope"])),
    );
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let needed = if parameter["required"] == true {
            ""
        } else {
            ", may be left out"
        };
        let _ = write!(
            page,
            "<dt><code>{}</code></dt><dd>{} ({}{needed})</dd>",
            escape(text(&parameter["name"])),
            escape(text(&parameter["description"])),
            escape(text(&parameter["in"])),
        );
    }
    if let Some(shape) = shape_of(&operation["requestBody"]) {
        let _ = write!(page, "<dt>Body</dt><dd>{shape}</dd>");
    }
    for (status, response) in operation["responses"].as_object().into_iter().flatten() {
        let shape = shape_of(response).map(|shape| format!(": {shape}")).unwrap_or_default();
        let what = escape(text(&response["description"]));
        let _ = write!(page, "<dt>{}</dt><dd>{what}{shape}</dd>", escape(status));
    }
    page.push_str("</dl></section>");
}

/// The shape of a body, as a link.
fn shape_of(holder: &Value) -> Option<String> {
    let (_, media) = holder["content"].as_object()?.iter().next()?;
    named(&media["schema"])
}

fn named(schema: &Value) -> Option<String> {
    let name = schema["$ref"].as_str()?.rsplit('/').next()?;
    Some(format!("<a href=\"#shape-{0}\">{0}</a>", escape(name)))
}

/// The fields of a shape, those of its kinds one after the other.
fn fields(schema: &Value) -> String {
    if let Some(names) = schema["enum"].as_array() {
        let names: Vec<String> = names
            .iter()
            .map(|name| format!("<code>{}</code>", escape(text(name))))
            .collect();
        return format!("<p>One of {}.</p>", names.join(", "));
    }
    let parts = ["allOf", "oneOf"]
        .iter()
        .filter_map(|part| schema[part].as_array())
        .flatten();
    let of_parts: String = parts
        .map(|part| named(part).map_or_else(|| fields(part), |link| format!("<p>As {link}, and:</p>")))
        .collect();
    let own: String = schema["properties"]
        .as_object()
        .into_iter()
        .flatten()
        .map(field)
        .collect();
    match own.is_empty() {
        true => of_parts,
        false => format!("{of_parts}<dl class=\"facts\">{own}</dl>"),
    }
}

fn field((name, schema): (&String, &Value)) -> String {
    let shape = named(schema)
        .or_else(|| named(&schema["items"]).map(|link| format!("list of {link}")))
        .or_else(|| schema["oneOf"].as_array()?.iter().find_map(named))
        .unwrap_or_else(|| escape(&type_of(schema)));
    let name = escape(name);
    let what = escape(text(&schema["description"]));
    format!("<dt><code>{name}</code></dt><dd>{what} ({shape})</dd>")
}

fn type_of(schema: &Value) -> String {
    match &schema["type"] {
        Value::String(one) => one.clone(),
        Value::Array(several) => several.iter().map(text).collect::<Vec<_>>().join(" or "),
        _ => "any".to_owned(),
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
