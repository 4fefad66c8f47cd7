//! The JSON in the database's text columns: what is written today must be readable tomorrow.

use super::super::*;

fn same<T>(value: &T, json: &str)
where
    T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug,
{
    assert_eq!(serde_json::to_string(value).expect("json"), json);
    assert_eq!(&serde_json::from_str::<T>(json).expect("readable"), value);
}

#[test]
fn matchers_and_responses_keep_their_form() {
    let keywords = KeywordMatcher {
        keywords: vec!["price".into()],
        mode: MatchMode::StartsWith,
    };
    same(
        &Matcher::Keywords(keywords),
        r#"{"kind":"keywords","keywords":["price"],"mode":"starts_with"}"#,
    );
    let intent = IntentMatcher {
        description: "wants to book".into(),
        examples: Vec::new(),
        threshold: Threshold::default(),
    };
    same(
        &Matcher::Prompt(intent),
        r#"{"kind":"prompt","description":"wants to book","threshold":0.72}"#,
    );
    same(&Response::Canned("Hi".into()), r#"{"kind":"canned","text":"Hi"}"#);
    same(
        &Response::AiPrompt("Be kind".into()),
        r#"{"kind":"ai_prompt","text":"Be kind"}"#,
    );
}

#[test]
fn what_is_left_out_has_a_default_and_what_is_new_is_passed_over() {
    let matcher: Matcher = serde_json::from_str(r#"{"kind":"keywords","keywords":["a"],"later":1}"#).expect("readable");
    assert_eq!(
        matcher,
        Matcher::Keywords(KeywordMatcher {
            keywords: vec!["a".into()],
            mode: MatchMode::WholeWord
        })
    );
    let matcher: Matcher = serde_json::from_str(r#"{"kind":"prompt","description":"a"}"#).expect("readable");
    let Matcher::Prompt(intent) = matcher else {
        panic!("a prompt matcher")
    };
    assert_eq!(intent.threshold.to_string(), "0.72");
}

#[test]
fn a_response_knows_its_kind() {
    assert_eq!(Response::Canned("a".into()).kind(), ResponseKind::Canned);
    assert_eq!(Response::AiPrompt("a".into()).kind(), ResponseKind::AiPrompt);
    assert_eq!(Response::AiPrompt("a".into()).text(), "a");
}
