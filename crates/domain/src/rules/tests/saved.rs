//! What holds for every draft that is saved, and for the list it is saved into.

use proptest::prelude::*;
use uuid::Uuid;

use super::super::*;
use crate::ids::RuleId;
use crate::matching::{CompiledConfig, FoldedMessage};

/// Thresholds of few digits, as forms and files give them: JSON reads up to fifteen digits exactly.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        3 => (0..=1_000_u32).prop_map(|thousandths| f64::from(thousandths) / 1_000.0),
        1 => prop::sample::select(&[f64::NAN, f64::INFINITY, -0.7, -0.0, 1e300][..]),
    ]
}

const FIELDS: [&str; 6] = ["label", "keywords", "description", "threshold", "canned", "prompt"];

fn id(number: u128) -> RuleId {
    RuleId::from_uuid(Uuid::from_u128(number))
}

/// Anything that a form can send, most of it not worth saving.
fn typed() -> impl Strategy<Value = RuleDraft> {
    let text = || prop_oneof![3 => "[ a-zé価]{0,12}", 1 => any::<String>(), 1 => "x{79,83}"];
    let keywords = (
        prop::collection::vec(text(), 0..5),
        prop::sample::select(MatchMode::all()),
    );
    let matcher = prop_oneof![
        3 => keywords.prop_map(|(keywords, mode)| Matcher::Keywords(KeywordMatcher { keywords, mode })),
        1 => (text(), number()).prop_map(|(description, threshold)| {
            Matcher::Prompt(IntentMatcher { description, examples: Vec::new(), threshold: Threshold::new(threshold) })
        }),
    ];
    let response = prop_oneof![text().prop_map(Response::Canned), text().prop_map(Response::AiPrompt)];
    (text(), matcher, response, any::<bool>(), any::<bool>()).prop_map(
        |(label, matcher, response, enabled, leave_to_person)| RuleDraft {
            label,
            matcher,
            response,
            enabled,
            leave_to_person,
        },
    )
}

fn config(drafts: &[RuleDraft]) -> ReplyConfig {
    let empty = ReplyConfig {
        revision: 1,
        list_version: 1,
        default_reply: Response::Canned("Soon.".into()),
        default_version: 1,
        rules: Vec::new(),
    };
    let numbered = drafts.iter().zip(1..);
    numbered.fold(empty, |config, (draft, number)| config.with_draft(id(number), draft))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// Checked twice is checked once; switches stay; errors stand in the order of the form, one a field.
    #[test]
    fn a_draft_is_saved_as_checked_or_told_what_is_wrong(draft in typed()) {
        match draft.validate() {
            Ok(saved) => {
                prop_assert_eq!(saved.validate(), Ok(saved.clone()));
                prop_assert_eq!((saved.enabled, saved.leave_to_person), (draft.enabled, draft.leave_to_person));
                let json = serde_json::to_string(&saved).expect("json");
                prop_assert_eq!(serde_json::from_str::<RuleDraft>(&json).expect("a draft"), saved);
            }
            Err(errors) => {
                let places: Vec<Option<usize>> = errors
                    .iter()
                    .map(|error| FIELDS.iter().position(|field| *field == error.field))
                    .collect();
                prop_assert!(!places.is_empty() && places.iter().all(Option::is_some), "{:?}", errors);
                prop_assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", errors);
            }
        }
    }

    /// A message that is a saved keyword and nothing else is answered by that rule, in every mode.
    #[test]
    fn every_saved_keyword_finds_itself(draft in typed()) {
        let Ok(mut saved) = draft.validate() else { return Ok(()) };
        saved.enabled = true;
        let Matcher::Keywords(matcher) = &saved.matcher else { return Ok(()) };
        let compiled = CompiledConfig::compile(&config(std::slice::from_ref(&saved)));
        for keyword in &matcher.keywords {
            let hits = compiled.match_keywords(&FoldedMessage::new(keyword));
            prop_assert!(hits.keyword(id(1)).is_some(), "{:?} in {:?}", keyword, matcher.mode);
        }
    }

    /// Saving a rule changes that rule alone and keeps its place; a new one comes last.
    #[test]
    fn saving_touches_one_rule(drafts in prop::collection::vec(typed(), 0..6), draft in typed(), number in 1..9_u128) {
        let before = config(&drafts);
        let after = before.with_draft(id(number), &draft);
        let place = before.place_of(id(number));
        let saved = after.place_of(id(number)).expect("it is there");
        let last = u32::try_from(drafts.len() + 1).expect("few");
        prop_assert_eq!(saved.position, place.map_or(last, |place| place.position));
        prop_assert_eq!(&saved.label, &draft.label);
        let others = |config: &ReplyConfig| -> Vec<ReplyRule> {
            config.rules.iter().filter(|rule| rule.id != id(number)).cloned().collect()
        };
        prop_assert_eq!(others(&after), others(&before));
        for (index, rule) in after.rules.iter().enumerate() {
            prop_assert_eq!(after.place(index), after.place_of(rule.id));
            prop_assert_eq!(&ReplyRule::of_draft(rule.id, rule.draft(), rule.version), rule);
        }
        prop_assert_eq!(after.place(after.rules.len()), None);
    }

    /// A list that was split is split: joined by commas or lines it comes apart the same way.
    #[test]
    fn splitting_is_done_once(pasted in "[a-z ,\\n\\t，、،]{0,40}") {
        let keywords = split_keywords(&pasted);
        prop_assert_eq!(&split_keywords(&keywords.join(", ")), &keywords);
        prop_assert_eq!(&split_keywords(&keywords.join("\r\n")), &keywords);
        for keyword in &keywords {
            prop_assert!(!keyword.is_empty() && keyword.trim() == keyword);
        }
        let letters = |text: &str| -> String { text.chars().filter(char::is_ascii_lowercase).collect() };
        prop_assert_eq!(letters(&keywords.concat()), letters(&pasted), "no letter is lost");
    }

    /// Whatever is stored can be shown as text and comes back as it was.
    #[test]
    fn a_stored_list_survives_the_text_field(keywords in prop::collection::vec("[a1,，、\"“”„«» ]{1,8}", 0..6)) {
        let keywords: Vec<String> = keywords.iter().map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect();
        let shown = join_keywords(&keywords);
        prop_assert_eq!(split_keywords(&shown), keywords, "{}", shown);
    }

    /// Any order can be had by moving one rule at a time, each at most once.
    #[test]
    fn moves_reach_every_order(wanted in Just((0..12_u128).map(id).collect::<Vec<_>>()).prop_shuffle()) {
        let mut order: Vec<RuleId> = (0..12).map(id).collect();
        for (rule, position) in wanted.iter().zip(1..) {
            order = move_item(&order, *rule, position);
        }
        prop_assert_eq!(order, wanted);
    }

    /// A threshold is a number for the rule and two digits for the eye; no number makes it unequal to itself.
    #[test]
    fn thresholds_are_numbers(value in number()) {
        let threshold = Threshold::new(value);
        prop_assert_eq!(threshold, Threshold::from(f64::from(threshold)));
        prop_assert!(!threshold.value().is_nan());
        if threshold.is_valid() {
            let shown: f64 = threshold.to_string().parse().expect("a number");
            prop_assert!((shown - value).abs() <= 0.005_000_1);
            let json = serde_json::to_string(&threshold).expect("json");
            prop_assert_eq!(serde_json::from_str::<Threshold>(&json).expect("a threshold"), threshold);
        }
    }
}

#[test]
fn each_starter_answers_what_it_is_for() {
    let drafts = STARTERS.map(Starter::draft);
    let compiled = CompiledConfig::compile(&config(&drafts));
    let rows = [
        ("Are you open on Sunday?", Some("hours")),
        ("What are your HOURS", Some("hours")),
        ("how  much is the bouquet", Some("prices")),
        ("the price, the price!", Some("prices")),
        ("I want to talk to a human", Some("person")),
        ("please call me", Some("person")),
        ("what is the price today", Some("hours")),
        ("opening a shop", None),
        ("that was priceless", None),
        ("", None),
    ];
    for (message, key) in rows {
        let hits = compiled.match_keywords(&FoldedMessage::new(message));
        let first = hits.iter().next().map(|(rule, _)| rule.as_uuid().as_u128());
        let starter = first.map(|number| STARTERS[usize::try_from(number - 1).expect("few")].key);
        assert_eq!(starter, key, "{message}");
    }
}
