//! Answers of real servers, and what is made of them.

use serde_json::{Value, json};

use super::read;
use crate::ai::{AiError, TokenUsage};

fn message(content: Value) -> Value {
    json!({ "choices": [{ "message": { "content": content }, "finish_reason": "stop" }] })
}

fn ending(reason: Value) -> Value {
    json!({ "choices": [{ "message": { "content": "We ship" }, "finish_reason": reason }] })
}

fn words(body: &Value) -> Result<String, AiError> {
    read(body, "asked", 50)
        .completion
        .map(|completion| completion.text.expose().to_owned())
}

#[test]
fn content_is_a_string_or_parts() {
    let parts =
        json!([{ "type": "text", "text": "We " }, { "type": "image_url", "text": "no" }, { "text": "ship" }, "!"]);
    assert_eq!(words(&message(json!("We ship"))).unwrap(), "We ship");
    assert_eq!(words(&message(parts)).unwrap(), "We ship!");
}

#[test]
fn an_answer_without_words_is_empty() {
    for content in [
        json!(null),
        json!(""),
        json!(" \n"),
        json!([]),
        json!("<think>a</think>"),
        json!("<think>a"),
        json!(7),
    ] {
        assert_eq!(words(&message(content.clone())), Err(AiError::EmptyAnswer), "{content}");
    }
    let reasoning = json!({ "choices": [{ "message": { "content": "", "reasoning_content": "secret" } }] });
    let answer = read(&reasoning, "asked", 50);
    assert!(answer.thought);
    assert_eq!(answer.completion.err(), Some(AiError::EmptyAnswer));
}

#[test]
fn the_end_of_an_answer_tells_whether_it_is_whole() {
    for whole in [
        json!("stop"),
        json!("STOP"),
        json!("eos"),
        json!(""),
        json!(null),
        json!("on_holiday"),
        json!(3),
    ] {
        assert!(
            !read(&ending(whole.clone()), "m", 1).completion.ok().unwrap().truncated,
            "{whole}"
        );
    }
    for cut_off in ["length", "max_tokens", "model_length", "MAX_TOKENS"] {
        assert!(
            read(&ending(json!(cut_off)), "m", 1).completion.ok().unwrap().truncated,
            "{cut_off}"
        );
    }
    for (reason, error) in [
        ("content_filter", AiError::Filtered),
        ("SAFETY", AiError::Filtered),
        ("error", AiError::Server),
    ] {
        assert_eq!(words(&ending(json!(reason))), Err(error), "{reason}");
    }
    let refused =
        json!({ "choices": [{ "message": { "content": null, "refusal": "I cannot" }, "finish_reason": "stop" }] });
    assert_eq!(words(&refused), Err(AiError::Filtered));
}

#[test]
fn missing_usage_is_estimated_and_odd_numbers_are_read() {
    let usage = |usage: Value| {
        let mut body = message(json!("We ship"));
        body["usage"] = usage;
        read(&body, "m", 50).completion.ok().unwrap().usage
    };
    assert_eq!(
        usage(json!(null)),
        TokenUsage {
            prompt: 50,
            completion: 3
        }
    );
    assert_eq!(
        usage(json!({ "prompt_tokens": 12 })),
        TokenUsage {
            prompt: 12,
            completion: 3
        }
    );
    assert_eq!(
        usage(json!({ "prompt_tokens": 12.0, "completion_tokens": 4 })),
        TokenUsage {
            prompt: 12,
            completion: 4
        }
    );
    assert_eq!(
        usage(json!({ "prompt_tokens": 0, "completion_tokens": -1 })),
        TokenUsage {
            prompt: 50,
            completion: 3
        }
    );
}

#[test]
fn the_model_that_answered_is_told() {
    let mut body = message(json!("We ship"));
    assert_eq!(read(&body, "asked", 1).completion.ok().unwrap().model, "asked");
    body["model"] = json!("vendor/another");
    assert_eq!(read(&body, "asked", 1).completion.ok().unwrap().model, "vendor/another");
}

#[test]
fn no_choice_is_no_answer() {
    for body in [
        json!({}),
        json!({ "choices": [] }),
        json!([]),
        json!("text"),
        json!({ "choices": [[]] }),
    ] {
        let expected = if body["choices"] == json!([[]]) {
            AiError::EmptyAnswer
        } else {
            AiError::Unreadable
        };
        assert_eq!(words(&body), Err(expected), "{body}");
    }
}
