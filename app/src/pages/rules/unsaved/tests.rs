//! What is being written counts where the browser can tell what it would do, and is said not to count where it cannot.

use domain::matching::CompiledConfig;
use domain::rules::{IntentMatcher, KeywordMatcher, MatchMode, Threshold};
use domain::simulate::{Simulation, SimulatorFacts, TriedMessage, simulate};
use domain::time::Timestamp;
use uuid::Uuid;

use super::*;

fn id(number: u128) -> RuleId {
    RuleId::from_uuid(Uuid::from_u128(number))
}

fn draft(label: &str, keywords: &[&str]) -> RuleDraft {
    RuleDraft {
        label: label.into(),
        matcher: Matcher::Keywords(KeywordMatcher {
            keywords: keywords.iter().map(|word| (*word).to_owned()).collect(),
            mode: MatchMode::WholeWord,
        }),
        response: Response::Canned(format!("About {label}.")),
        enabled: true,
        leave_to_person: false,
    }
}

fn booking() -> RuleDraft {
    RuleDraft {
        matcher: Matcher::Prompt(IntentMatcher {
            description: "wants to book".into(),
            examples: Vec::new(),
            threshold: Threshold::default(),
        }),
        ..draft("Booking", &[])
    }
}

/// Prices, and Sale, which is off.
fn saved() -> ReplyConfig {
    let empty = ReplyConfig {
        revision: 1,
        list_version: 1,
        default_reply: Response::Canned("Soon.".into()),
        default_version: 1,
        rules: Vec::new(),
    };
    let mut sale = draft("Sale", &["sale"]);
    sale.enabled = false;
    empty
        .with_draft(id(1), &draft("Prices", &["price"]))
        .with_draft(id(2), &sale)
}

fn new(draft: RuleDraft) -> UnsavedRule {
    UnsavedRule { rule: None, draft }
}

fn tried_rules(saved: &ReplyConfig, unsaved: &[UnsavedRule]) -> TriedRules {
    TriedRules::of(saved, unsaved, None)
}

fn tried(rules: &TriedRules, text: &str) -> Simulation {
    let facts = SimulatorFacts::of_rules_alone(Timestamp::from_millis(1_800_000_000_000));
    let compiled = CompiledConfig::compile(&rules.config);
    simulate(&compiled, &facts, &TriedMessage::text(text), &facts.unscored())
}

#[test]
fn a_new_rule_is_tried_as_the_last_one_before_it_is_saved() {
    let rules = tried_rules(&saved(), &[new(draft(" Dogs ", &["dog"]))]);
    let found = tried(&rules, "can I bring my dog");
    assert_eq!(found.sentence(), "Rule 3, Dogs, replies.");
    assert_eq!(found.reply.map(|reply| reply.text).as_deref(), Some("About  Dogs ."));
    assert_eq!(
        found.winner.map(|place| anchor(place.rule)).as_deref(),
        Some("#rule-new")
    );
    assert_eq!(
        rules.sentence(true).as_deref(),
        Some("With the rule you are writing, not saved yet.")
    );
}

#[test]
fn a_changed_rule_is_tried_in_its_place_and_stays_off_where_it_is_off() {
    let changed = |number, draft| UnsavedRule {
        rule: Some(id(number)),
        draft,
    };
    let rules = tried_rules(
        &saved(),
        &[
            changed(1, draft("What it costs", &["cost"])),
            changed(2, draft("Sale", &["offer"])),
        ],
    );
    assert_eq!(tried(&rules, "the cost?").sentence(), "Rule 1, What it costs, replies.");
    assert_eq!(tried(&rules, "the price?").sentence(), "The default reply answers.");
    assert_eq!(tried(&rules, "an offer?").rules[1].sentence, "It is switched off.");
    assert_eq!(
        rules.sentence(true).as_deref(),
        Some("With the 2 rules you are writing, not saved yet.")
    );
    assert_eq!(
        rules.sentence(false).as_deref(),
        Some("Without the 2 rules you are writing: they are tried once saved.")
    );
}

#[test]
fn what_is_not_complete_or_only_the_server_can_tell_is_tried_once_saved() {
    let mut by_ai = draft("Dogs", &["dog"]);
    by_ai.response = Response::AiPrompt("Say that dogs are welcome.".into());
    for untried in [draft("", &["dog"]), draft("Dogs", &[]), booking(), by_ai] {
        let rules = tried_rules(&saved(), &[new(untried)]);
        assert_eq!(rules.config, saved());
        assert_eq!(
            rules.sentence(true).as_deref(),
            Some("Without the rule you are writing: it is tried once saved.")
        );
    }
}

#[test]
fn a_new_text_of_an_intent_is_tried_a_new_intent_is_not() {
    let with_intent = saved().with_draft(id(3), &booking());
    let changed = |draft| UnsavedRule {
        rule: Some(id(3)),
        draft,
    };
    let mut texts = booking();
    texts.response = Response::Canned("Tell us when.".into());
    assert_eq!(tried_rules(&with_intent, &[changed(texts)]).counted, 1);
    let mut eager = booking();
    if let Matcher::Prompt(intent) = &mut eager.matcher {
        intent.description = "wants a table".into();
    }
    assert_eq!(tried_rules(&with_intent, &[changed(eager)]).counted, 0);
}

#[test]
fn of_several_the_ready_ones_count_and_the_others_are_named() {
    let rules = tried_rules(
        &saved(),
        &[
            new(draft("Dogs", &[])),
            UnsavedRule {
                rule: Some(id(1)),
                draft: draft("Cost", &["cost"]),
            },
        ],
    );
    assert_eq!(
        rules.sentence(true).as_deref(),
        Some("With 1 of the 2 rules you are writing, not saved yet. The rest is tried once saved.")
    );
    assert_eq!(tried_rules(&saved(), &[]).sentence(true), None);
}

#[test]
fn a_reply_that_does_not_fit_behind_the_disclosure_line_is_not_tried() {
    let long = RuleDraft {
        response: Response::Canned("a".repeat(990)),
        ..draft("Dogs", &["dog"])
    };
    let counted = |line| TriedRules::of(&saved(), &[new(long.clone())], line).counted;
    assert_eq!(counted(None), 1);
    assert_eq!(counted(Some("Automatic reply")), 0);
}
