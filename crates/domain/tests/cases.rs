//! Messages from public bug reports of other programs, each with the keyword that a shop owner would expect to answer.

use domain::ids::RuleId;
use domain::matching::{CompiledConfig, FoldedMessage};
use domain::rules::{KeywordMatcher, MatchMode, Matcher, ReplyConfig, ReplyRule, Response};
use serde::Deserialize;
use uuid::Uuid;

#[derive(Deserialize)]
struct Case {
    keywords: Vec<(String, MatchMode)>,
    messages: Vec<Message>,
}

#[derive(Deserialize)]
struct Message {
    text: String,
    #[serde(default)]
    note: String,
    expect: String,
}

fn compiled(keywords: &[(String, MatchMode)]) -> CompiledConfig {
    let rules = keywords.iter().zip(1..).map(|((keyword, mode), number)| ReplyRule {
        id: RuleId::from_uuid(Uuid::from_u128(number)),
        label: format!("Rule {number}"),
        matcher: Matcher::Keywords(KeywordMatcher {
            keywords: vec![keyword.clone()],
            mode: *mode,
        }),
        response: Response::Canned("yes".into()),
        enabled: true,
        leave_to_person: false,
        version: 1,
    });
    CompiledConfig::compile(&ReplyConfig {
        revision: 1,
        list_version: 1,
        default_reply: Response::Canned("default".into()),
        default_version: 1,
        rules: rules.collect(),
    })
}

fn answered(config: &CompiledConfig, message: &str) -> Vec<String> {
    let hits = config.match_keywords(&FoldedMessage::new(message));
    hits.iter().map(|(_, keyword)| keyword.to_owned()).collect()
}

#[test]
fn messages_find_their_keyword() {
    let files = [
        include_str!("cases/01-digits-of-other-scripts.json"),
        include_str!("cases/02-greek-without-accents.json"),
        include_str!("cases/04-one-letter-two-keyboards.json"),
        include_str!("cases/07-apostrophes-of-other-keys.json"),
    ];
    let mut messages = 0;
    for file in files {
        let case: Case = serde_json::from_str(file).unwrap();
        let config = compiled(&case.keywords);
        for message in case.messages {
            assert_eq!(answered(&config, &message.text), [message.expect], "{}", message.note);
            messages += 1;
        }
    }
    assert_eq!(messages, 13);
}

/// What was wrong one way round is right the other way round too.
#[test]
fn the_other_keyboard_may_be_the_owners() {
    let pairs = [
        ("قيمتي", "قیمتی"),
        ("كتاب", "کتاب"),
        ("١", "1"),
        ("τιμη", "τιμή"),
        ("ΩΡΕΣ", "ώρες"),
        ("what´s the cost", "what's the cost"),
    ];
    for (keyword, message) in pairs {
        let config = compiled(&[(keyword.to_owned(), MatchMode::WholeWord)]);
        assert_eq!(answered(&config, message), [keyword], "{message}");
    }
}
