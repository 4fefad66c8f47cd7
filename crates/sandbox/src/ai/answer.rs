//! The body of an answer, bent by the faults that are on.

use serde_json::{Value, json};

use super::fault::{AiFault, JsonForm};
use super::request::ChatRequest;

/// What a model might think.
const THOUGHT: &str = "zq7thought: the customer asks something, and the instructions say how to answer.";

/// The body of a 200 with `content`.
pub fn body(request: &ChatRequest<'_>, content: &str, faults: &[AiFault], id: u64) -> Value {
    let mut content = content.to_owned();
    let mut finish_reason = "stop";
    let has = |fault: &AiFault| faults.contains(fault);
    for fault in faults {
        match fault {
            AiFault::JsonSchemaIgnored { form } => content = in_form(*form, &content),
            AiFault::Truncated => {
                content = halved(&content);
                finish_reason = "length";
            }
            AiFault::ContentFilterStopped => {
                content = String::new();
                finish_reason = "content_filter";
            }
            AiFault::EmptyContent | AiFault::ReasoningOnly | AiFault::Refusal => content = String::new(),
            AiFault::ThinkOnly => content = format!("<think>{THOUGHT}</think>"),
            AiFault::UnclosedThink => content = format!("<think>{THOUGHT} {content}"),
            AiFault::ThinkFirst => content = format!("<think>\n{THOUGHT}\n</think>\n\n{content}"),
            _ => {}
        }
    }
    let mut message = json!({ "role": "assistant", "content": content, "refusal": null });
    if has(&AiFault::ContentParts) {
        message["content"] = json!([{ "type": "text", "text": content }]);
    }
    if has(&AiFault::ReasoningOnly) {
        message["reasoning_content"] = json!(THOUGHT);
        message["reasoning"] = json!(THOUGHT);
    }
    if has(&AiFault::Refusal) {
        message["content"] = Value::Null;
        message["refusal"] = json!("I cannot help with that.");
    }
    let model = request.body["model"].as_str().unwrap_or("pretend");
    let model = if has(&AiFault::OtherModel) {
        "pretend/another-model"
    } else {
        model
    };
    let mut body = json!({
        "id": format!("chatcmpl-{id}"),
        "object": "chat.completion",
        "created": 1_795_000_000 + id,
        "model": model,
        "choices": [{ "index": 0, "message": message, "finish_reason": finish_reason }],
        "usage": usage(request, &content, faults),
    });
    if has(&AiFault::MissingUsage) {
        drop_members(&mut body, &["usage"]);
    }
    if has(&AiFault::MissingMembers) {
        drop_members(&mut body, &["id", "object", "created", "model"]);
        drop_members(&mut body["choices"][0]["message"], &["role", "refusal"]);
        drop_members(&mut body["choices"][0], &["index", "finish_reason"]);
    }
    if has(&AiFault::OddMembers) {
        body["service_tier"] = json!("on_demand");
        body["created"] = json!(1_795_000_000.25);
        body["choices"][0]["finish_reason"] = json!("on_demand_stop");
        body["usage"]["completion_tokens"] = Value::Null;
    }
    body
}

fn drop_members(body: &mut Value, names: &[&str]) {
    if let Some(members) = body.as_object_mut() {
        members.retain(|name, _| !names.contains(&name.as_str()));
    }
}

fn in_form(form: JsonForm, content: &str) -> String {
    match form {
        JsonForm::Prose => {
            format!("Here is the JSON you asked for:\n{content}\nLet me know if you need anything else!")
        }
        JsonForm::Fence => format!("```json\n{content}\n```"),
        JsonForm::DuplicateKeys => twice(content),
        JsonForm::ExtraKeys => content.replacen('{', "{\"confidence\":0.9,", 1),
    }
}

/// The first member once more in front, with another value.
fn twice(content: &str) -> String {
    let object: Value = serde_json::from_str(content).unwrap_or_default();
    let first = object
        .as_object()
        .and_then(|members| members.keys().next())
        .cloned()
        .unwrap_or_default();
    content.replacen('{', &format!("{{\"{first}\":\"first\","), 1)
}

fn halved(content: &str) -> String {
    let half = content.chars().count().div_ceil(2);
    content.chars().take(half).collect()
}

fn usage(request: &ChatRequest<'_>, content: &str, faults: &[AiFault]) -> Value {
    let mut prompt = tokens(&request.body["messages"].to_string());
    let mut completion = tokens(content);
    for fault in faults {
        match fault {
            AiFault::SilentTruncation { tokens } => prompt = prompt.min(*tokens),
            AiFault::MaxCompletionTokensIgnored => {
                let limit = request.body["max_completion_tokens"].as_u64().unwrap_or_default();
                completion = completion.max(u32::try_from(limit).unwrap_or_default() + 500);
            }
            _ => {}
        }
    }
    json!({ "prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion })
}

/// About as many as a tokenizer makes.
pub fn tokens(text: &str) -> u32 {
    let ascii = text.bytes().filter(u8::is_ascii).count();
    let others = text.chars().count() - ascii;
    u32::try_from(ascii / 4 + others / 2 + 1).unwrap_or(u32::MAX)
}
