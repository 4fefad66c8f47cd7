//! A config on its way through a file: export and import change nothing, and an error in any rule names that rule.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::drafts::{config, draft};
use super::*;

/// Ids that no config of these tests has.
fn new_ids() -> impl FnMut() -> RuleId {
    let mut next = 1_000;
    move || {
        next += 1;
        id(next)
    }
}

fn imported(present: &Snapshot, file: &str) -> Snapshot {
    let file = read_file(file).expect("a good file");
    Snapshot::imported(present, file, new_ids())
}

fn drafts(snapshot: &Snapshot) -> Vec<&RuleDraft> {
    snapshot.rules.iter().map(|known| &known.rule).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Exported and imported where it came from, a config is the same to the last id.
    #[test]
    fn export_and_import_are_one_identity(config in config()) {
        let file = write_file("bloomandstem", &config);
        let back = imported(&config, &file);
        prop_assert_eq!(&back, &config);
        prop_assert!(ConfigDiff::between(&config, &back).is_empty());
        prop_assert_eq!(write_file("bloomandstem", &back), file, "and writes the same file again");
    }

    /// Imported elsewhere it says the same; rules of a name that is there stay those rules, and no id comes twice.
    #[test]
    fn an_import_says_what_the_file_says_wherever_it_goes(there in config(), here in config()) {
        let arrived = imported(&here, &write_file("elsewhere", &there));
        prop_assert_eq!(&arrived.default_reply, &there.default_reply);
        prop_assert_eq!(drafts(&arrived), drafts(&there));
        let ids: BTreeSet<RuleId> = arrived.order().into_iter().collect();
        prop_assert_eq!(ids.len(), arrived.rules.len());
        for known in &arrived.rules {
            if let Some(same) = here.rule(known.id) {
                prop_assert_eq!(&same.label, &known.rule.label);
            }
        }
        let count = |snapshot: &Snapshot, label: &str| drafts(snapshot).iter().filter(|rule| rule.label == label).count();
        let kept = arrived.rules.iter().filter(|known| here.rule(known.id).is_some()).count();
        let labels: BTreeSet<&str> = drafts(&here).iter().map(|rule| rule.label.as_str()).collect();
        let shared: usize = labels.iter().map(|label| count(&here, label).min(count(&there, label))).sum();
        prop_assert_eq!(kept, shared, "as many stay as both have of each name");
        prop_assert_eq!(imported(&arrived, &write_file("elsewhere", &there)), arrived, "a second time changes nothing");
    }

    /// As a config that can be compiled it says the same; only versions are not its business.
    #[test]
    fn a_snapshot_is_a_config_without_versions(config in config()) {
        prop_assert_eq!(&Snapshot::of(&config.config()), &config);
        let json = serde_json::to_string(&config).expect("json");
        prop_assert_eq!(serde_json::from_str::<Snapshot>(&json).expect("a snapshot"), config);
    }

    /// One bad rule among good ones: every error stands at that rule, at a place that its part of the file has.
    #[test]
    fn errors_stand_at_the_rule_that_is_wrong(
        mut config in config(),
        rule in draft(),
        index in any::<prop::sample::Index>(),
        wrong in prop::collection::btree_set(0..3_u8, 1..=3),
    ) {
        let index = index.index(config.rules.len() + 1);
        let mut bad = rule;
        for part in &wrong {
            match part {
                0 => bad.label = " ".into(),
                1 => bad.matcher = Matcher::Keywords(KeywordMatcher::default()),
                _ => bad.response = Response::AiPrompt("x".repeat(2_001)),
            }
        }
        config.rules.insert(index, KnownRule { id: id(99), rule: bad });
        let errors = read_file(&write_file("bloomandstem", &config)).expect_err("a bad rule");
        let places: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        let expected: Vec<String> = wrong
            .iter()
            .map(|part| ["label", "matcher.keywords.any_of", "response.ai_prompt"][usize::from(*part)])
            .map(|place| format!("rules[{index}].{place}"))
            .collect();
        prop_assert_eq!(places, expected);
    }
}

#[test]
fn a_file_may_leave_out_what_has_a_default() {
    let text = r#"{
        "format": "concierge reply config",
        "version": 1,
        "default_reply": {"canned": "Soon."},
        "rules": [
            {"label": "Hours", "matcher": {"keywords": {"any_of": ["open"]}}, "response": {"canned": "9 to 6."}},
            {"label": "Booking", "matcher": {"prompt": {"description": "wants to book"}}, "response": {"ai_prompt": "Ask when."}}
        ]
    }"#;
    let file = read_file(text).expect("a good file");
    let [hours, booking] = &file.rules[..] else {
        panic!("two rules")
    };
    assert!(hours.enabled && !hours.leave_to_person);
    assert!(matches!(&hours.matcher, Matcher::Keywords(matcher) if matcher.mode == MatchMode::WholeWord));
    assert!(matches!(&booking.matcher, Matcher::Prompt(matcher) if matcher.threshold == Threshold::default()));
    // Editors of other systems put a mark of byte order first.
    assert_eq!(read_file(&format!("\u{FEFF}{text}")), Ok(file));
}

#[test]
fn a_file_is_read_whole_or_not_at_all() {
    let file = write_file("bloomandstem", &snapshot(&[(1, "Hours"), (2, "Prices")]));
    let places = |text: &str| -> Vec<String> {
        let errors = read_file(text).expect_err("errors");
        errors.into_iter().map(|error| error.field).collect()
    };
    let both = file.replacen("\"Hours\"", "\"\"", 1).replacen("\"Prices\"", "\" \"", 1);
    assert_eq!(places(&both), ["rules[0].label", "rules[1].label"]);
    assert_eq!(places(&file.replace("\"rules\"", "\"rule\"")), ["rule"]);
    let twice = file.replacen("\"version\": 1,", "\"version\": 1, \"version\": 1,", 1);
    assert_eq!(places(&twice), ["file"], "which of two should count?");
    assert_eq!(places("null"), ["file"]);
}
