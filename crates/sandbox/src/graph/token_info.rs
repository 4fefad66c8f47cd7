//! The answer of `debug_token` for a token that a fault, or its own end, has changed.

use serde_json::{Value, json};

use crate::faults::answer::dead_token_text;

/// The same answer for a token that has died: still HTTP 200.
pub fn dead(mut body: Value, subcode: u32) -> Value {
    let data = &mut body["data"];
    data["is_valid"] = false.into();
    data["scopes"] = json!([]);
    let mut error = json!({ "code": 190, "message": dead_token_text(subcode) });
    if subcode != 0 {
        error["subcode"] = subcode.into();
    }
    data["error"] = error;
    if let Some(fields) = data.as_object_mut() {
        fields.remove("granular_scopes");
    }
    body
}

/// The same answer after the messaging permission was taken away.
pub fn without_messaging(mut body: Value) -> Value {
    let gone = |scope: &Value| scope.as_str() == Some("instagram_manage_messages");
    if let Some(scopes) = body["data"]["scopes"].as_array_mut() {
        scopes.retain(|scope| !gone(scope));
    }
    if let Some(scopes) = body["data"]["granular_scopes"].as_array_mut() {
        scopes.retain(|entry| !gone(&entry["scope"]));
    }
    body
}
