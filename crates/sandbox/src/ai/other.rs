//! Answers anything that is neither a reply nor a verdict: the doctor's probes, and whoever tries the endpoint by hand.

use serde_json::{Map, Value, json};

use super::reply::MARK;
use super::request::ChatRequest;

/// Before the word that is to be recalled.
const CODE_WORD: &str = "code word is ";

/// The words of the answer.
pub fn content(request: &ChatRequest<'_>) -> String {
    let word = code_word(request.system)
        .or_else(|| code_word(request.user))
        .unwrap_or(MARK);
    let schema = request.body.pointer("/response_format/json_schema/schema");
    match schema {
        Some(schema) => instance(schema, word).to_string(),
        None if request.wants_json() => json!({ "word": word }).to_string(),
        None => word.to_owned(),
    }
}

fn code_word(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once(CODE_WORD)?;
    rest.split(|letter: char| !letter.is_alphanumeric())
        .find(|word| !word.is_empty())
}

/// Something that a schema allows.
fn instance(schema: &Value, word: &str) -> Value {
    if let Some(first) = schema.pointer("/enum/0") {
        return first.clone();
    }
    match schema["type"].as_str() {
        Some("object") => {
            let properties = schema["properties"].as_object().into_iter().flatten();
            let members = properties.map(|(name, schema)| (name.clone(), instance(schema, word)));
            members.collect::<Map<_, _>>().into()
        }
        Some("array") => json!([]),
        Some("integer" | "number") => json!(0),
        Some("boolean") => json!(false),
        Some("null") => Value::Null,
        _ => json!(word),
    }
}
