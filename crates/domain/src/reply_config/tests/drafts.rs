//! Reply configs of any texts that pass the checks, for properties.

use proptest::prelude::*;

use super::*;

fn keywords() -> impl Strategy<Value = Matcher> {
    let words = prop::collection::btree_set(
        "[a-zäé0-9]{1,6}( [a-z]{1,4})?|价格|👍|1,000 [a-z]{1,5}|[\"\\\\{}]{1,3}x",
        1..5,
    );
    (words, prop::sample::select(MatchMode::all())).prop_map(|(keywords, mode)| {
        let keywords = keywords.into_iter().collect();
        Matcher::Keywords(KeywordMatcher { keywords, mode })
    })
}

fn intent() -> impl Strategy<Value = Matcher> {
    ("[a-z]{1,20}\\PC{0,30}", 50..=95_u32).prop_map(|(description, hundredths)| {
        Matcher::Prompt(IntentMatcher {
            description,
            examples: Vec::new(),
            threshold: Threshold::new(f64::from(hundredths) / 100.0),
        })
    })
}

pub(super) fn response() -> impl Strategy<Value = Response> {
    prop_oneof![
        3 => "(?s)[ a-z]{0,3}[a-z].{0,60}".prop_map(Response::Canned),
        1 => "[a-z]\\PC{0,60}".prop_map(Response::AiPrompt),
    ]
    .prop_filter("NUL cannot be stored", |response| !response.text().contains('\0'))
}

/// A rule as it is stored: checked and trimmed.
pub(super) fn draft() -> impl Strategy<Value = RuleDraft> {
    let matcher = prop_oneof![3 => keywords(), 1 => intent()];
    let drafts = (
        "[A-C]|[A-Z][a-zé ]{0,12}",
        matcher,
        response(),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(label, matcher, response, enabled, leave_to_person)| RuleDraft {
            label,
            matcher,
            response,
            enabled,
            leave_to_person,
        });
    drafts.prop_filter_map("two keywords fold to one", |draft| draft.validate().ok())
}

/// A whole config with ids from 1 in the order of the list; labels may come twice.
pub(super) fn config() -> impl Strategy<Value = Snapshot> {
    (response(), prop::collection::vec(draft(), 0..8)).prop_map(|(default_reply, drafts)| Snapshot {
        default_reply: validate_default_reply(&default_reply).expect("a good default"),
        rules: drafts
            .into_iter()
            .zip(1..)
            .map(|(rule, number)| KnownRule { id: id(number), rule })
            .collect(),
    })
}
