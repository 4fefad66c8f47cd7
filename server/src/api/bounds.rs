//! The sizes that the document names hold by construction: a body is held against its shape there before a handler sees it. How short a text
//! may be is left to the engine, which knows what a blank one means.

use serde_json::Value;

use super::openapi;
use super::problem::ProblemField;

/// The fields of `body` that are larger, longer or more than the document says of the shape.
#[must_use]
pub fn outside(shape: &str, body: &Value) -> Vec<ProblemField> {
    let mut found = Vec::new();
    look(
        &openapi::document()["components"]["schemas"][shape],
        body,
        "",
        &mut found,
    );
    found
}

fn look(schema: &Value, value: &Value, place: &str, found: &mut Vec<ProblemField>) {
    let schema = resolve(schema);
    if let Some(message) = too_much(schema, value) {
        let field = place.to_owned();
        found.push(ProblemField { field, message });
    }
    if let Some(kind) = schema["oneOf"].as_array().and_then(|kinds| kind_of(kinds, value)) {
        look(kind, value, place, found);
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(value) = value.get(name) {
            let dot = if place.is_empty() { "" } else { "." };
            look(property, value, &format!("{place}{dot}{name}"), found);
        }
    }
}

fn resolve(schema: &Value) -> &Value {
    let named = schema["$ref"].as_str().and_then(|path| path.strip_prefix('#'));
    named.map_or(schema, |path| openapi::document().pointer(path).unwrap_or(&Value::Null))
}

/// Of shapes that name their kind in a property, the one of this value.
fn kind_of<'a>(kinds: &'a [Value], value: &Value) -> Option<&'a Value> {
    kinds.iter().map(resolve).find(|kind| {
        let names = kind["properties"]["kind"]["enum"].as_array();
        names.is_some_and(|names| names.contains(&value["kind"]))
    })
}

fn too_much(schema: &Value, value: &Value) -> Option<String> {
    let most = |bound: &str| schema[bound].as_u64().and_then(|most| usize::try_from(most).ok());
    match value {
        Value::Number(number) => {
            let (least, most) = (schema["minimum"].as_f64(), schema["maximum"].as_f64());
            let number = number.as_f64()?;
            let is_outside = least.is_some_and(|least| number < least) || most.is_some_and(|most| number > most);
            is_outside.then(|| format!("Use a number from {} to {}.", schema["minimum"], schema["maximum"]))
        }
        Value::String(text) => {
            let (most, count) = (most("maxLength")?, text.chars().count());
            (count > most).then(|| format!("This is {count} characters long; {most} fit. Shorten it."))
        }
        Value::Array(items) => {
            let (most, count) = (most("maxItems")?, items.len());
            (count > most).then(|| format!("These are {count}; {most} fit. Take some out."))
        }
        _ => None,
    }
}
