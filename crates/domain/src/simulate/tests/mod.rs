//! What a simulation shows, and that it decides as the pipeline does.

mod explaining;
mod properties;

use std::collections::BTreeMap;

use uuid::Uuid;

use super::*;
use crate::decide::{Reason, RuleVerdict};
use crate::ids::{ExampleId, RuleId};
use crate::messages::MessageKind;
use crate::rules::{IntentMatcher, KeywordMatcher, MatchMode, Matcher, ReplyConfig, ReplyRule, Threshold};

const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);

fn id(number: u128) -> RuleId {
    RuleId::from_uuid(Uuid::from_u128(number))
}

fn facts() -> SimulatorFacts {
    SimulatorFacts {
        account: AccountFacts {
            status: AccountStatus::Connected,
            enabled: true,
            auto_reply: true,
        },
        ai: AiFacts {
            available: false,
            persona_approved: false,
        },
        intents: IntentModel::Ready,
        prompts: PromptApprovals::all_but([Some(id(3))]),
        credits_available: true,
        quiet_hours: 12,
        disclosure: None,
        default_frequency: DefaultReplyFrequency::EveryTime,
        limits: ReplyLimits::default(),
        now: NOW,
    }
}

fn rule(number: u128, label: &str, matcher: Matcher) -> ReplyRule {
    ReplyRule {
        id: id(number),
        label: label.into(),
        matcher,
        response: Response::Canned(format!("About {label}.")),
        enabled: true,
        leave_to_person: false,
        version: 1,
    }
}

fn words(mode: MatchMode, keywords: &[&str]) -> Matcher {
    let keywords = keywords.iter().map(|keyword| (*keyword).to_owned()).collect();
    Matcher::Keywords(KeywordMatcher { keywords, mode })
}

fn intent() -> Matcher {
    Matcher::Prompt(IntentMatcher {
        description: "wants to book".into(),
        examples: Vec::new(),
        threshold: Threshold::new(0.7),
    })
}

fn config(rules: Vec<ReplyRule>) -> ReplyConfig {
    ReplyConfig {
        revision: 1,
        list_version: 1,
        default_reply: Response::Canned("Soon.".into()),
        default_version: 1,
        rules,
    }
}

/// Hours, a rule that is off, booking by intent, prices.
fn shop() -> CompiledConfig {
    let mut off = rule(2, "Sale", words(MatchMode::Contains, &["price"]));
    off.enabled = false;
    CompiledConfig::compile(&config(vec![
        rule(1, "Hours", words(MatchMode::WholeWord, &["hours", "open"])),
        off,
        rule(3, "Booking", intent()),
        rule(4, "Prices", words(MatchMode::StartsWith, &["price"])),
    ]))
}

fn scored(score: f64) -> IntentScores {
    IntentScores::Scores(BTreeMap::from([(id(3), score)]))
}

#[test]
fn it_shows_the_winner_and_why_each_earlier_rule_lost() {
    let tried = simulate(&shop(), &facts(), &TriedMessage::text("Price?"), &scored(0.61));
    assert_eq!(tried.sentence(), "Rule 4, Prices, replies.");
    let lines: Vec<(u32, &str)> = tried
        .rules
        .iter()
        .map(|line| (line.place.position, line.sentence.as_str()))
        .collect();
    assert_eq!(
        lines,
        [
            (1, "None of “hours”, “open” stands in it as a word of its own."),
            (2, "It is switched off."),
            (3, "Confidence 0.61, needs 0.70."),
            (4, "Found “price”."),
        ]
    );
    assert_eq!(tried.reply.map(|reply| reply.text).as_deref(), Some("About Prices."));
    assert_eq!(
        (tried.live_cost, tried.by_default, tried.needs_scores),
        (1, false, false)
    );

    let default = simulate(&shop(), &facts(), &TriedMessage::text("hello"), &scored(0.1));
    assert_eq!(default.sentence(), "The default reply answers.");
    assert_eq!(default.rules[3].sentence, "“price” does not begin it.");
    assert!(default.by_default);
}

#[test]
fn without_scores_it_stops_at_the_first_intent_that_is_reached() {
    let tried = simulate(
        &shop(),
        &facts(),
        &TriedMessage::text("price"),
        &IntentScores::Unavailable,
    );
    assert!(tried.needs_scores);
    assert_eq!(
        (tried.winner.clone(), tried.by_default, tried.live_cost),
        (None, false, 0)
    );
    assert_eq!(
        tried.rules.last().map(|line| &line.verdict),
        Some(&RuleVerdict::IntentUnavailable)
    );
    let tried = simulate(
        &shop(),
        &facts(),
        &TriedMessage::text("open?"),
        &IntentScores::Unavailable,
    );
    assert!(!tried.needs_scores);
    assert_eq!(tried.sentence(), "Rule 1, Hours, replies.");
}

#[test]
fn what_stands_in_the_way_is_named_and_the_rules_are_shown_all_the_same() {
    let mut facts = facts();
    facts.account.auto_reply = false;
    facts.credits_available = false;
    let tried = simulate(&shop(), &facts, &TriedMessage::text("open"), &IntentScores::Unavailable);
    assert_eq!(tried.decision.outcome, Outcome::Silence(Reason::AutoReplyOff));
    let obstacles: Vec<&str> = tried
        .obstacles
        .iter()
        .map(|obstacle| obstacle.sentence.as_str())
        .collect();
    assert_eq!(
        obstacles,
        [Reason::AutoReplyOff.sentence(), Reason::NoCredits.sentence()]
    );
    assert_eq!(
        tried.obstacles[0].next_step.as_deref(),
        Reason::AutoReplyOff.next_step()
    );
    assert_eq!(
        tried.sentence(),
        "Nothing would be sent. Not answered: auto-reply is switched off."
    );
    assert_eq!(tried.winner.map(|place| place.position), Some(1));
    assert_eq!(tried.reply.map(|reply| reply.text).as_deref(), Some("About Hours."));
    assert_eq!(tried.live_cost, 0);
}

#[test]
fn time_kind_and_people_can_be_set() {
    let outcome = |change: fn(&mut TriedMessage)| {
        let mut message = TriedMessage::text("open");
        change(&mut message);
        let tried = simulate(&shop(), &facts(), &message, &IntentScores::Unavailable);
        (tried.decision.outcome, tried.winner.map(|place| place.position))
    };
    assert_eq!(
        outcome(|message| message.minutes_ago = 24 * 60).0,
        Outcome::Silence(Reason::WindowClosed)
    );
    assert_eq!(
        outcome(|message| message.person_minutes_ago = Some(10)),
        (Outcome::Silence(Reason::HumanActive), Some(1))
    );
    assert_eq!(
        outcome(|message| (message.minutes_ago, message.person_minutes_ago) = (20, Some(10))).0,
        Outcome::Silence(Reason::HumanAnswered)
    );
    assert!(matches!(
        outcome(|message| message.person_minutes_ago = Some(12 * 60)).0,
        Outcome::Reply { .. }
    ));
    assert_eq!(outcome(|message| message.kind = MessageKind::Attachment).1, None);
    assert_eq!(outcome(|message| message.kind = MessageKind::StoryReply).1, Some(1));
}

#[test]
fn a_default_reply_of_once_a_day_says_so_and_is_tried_all_the_same() {
    let mut facts = facts();
    facts.default_frequency = DefaultReplyFrequency::OnceADay;
    facts.intents = IntentModel::Off;
    let mut message = TriedMessage::text("zebra");
    message.last_reply_minutes_ago = Some(1);
    let tried = simulate(&shop(), &facts, &message, &IntentScores::Off);
    assert_eq!(
        tried.sentence(),
        "The default reply answers. At most once a day to one customer."
    );
    assert_eq!((tried.by_default, tried.live_cost), (true, 1));
    let by_rule = simulate(&shop(), &facts, &TriedMessage::text("open?"), &IntentScores::Off);
    assert_eq!(by_rule.sentence(), "Rule 1, Hours, replies.");
}

#[test]
fn the_disclosure_line_is_shown_where_it_would_be_sent() {
    let mut facts = facts();
    facts.disclosure = Some("This is automated.".into());
    let text = |reply: Option<u32>, person: Option<u32>| {
        let message = TriedMessage {
            last_reply_minutes_ago: reply,
            person_minutes_ago: person,
            ..TriedMessage::text("open")
        };
        let tried = simulate(&shop(), &facts, &message, &IntentScores::Unavailable);
        tried.reply.map(|reply| (reply.text, reply.bytes, reply.disclosed))
    };
    let disclosed = "This is automated.\n\nAbout Hours.";
    let with = Some((disclosed.to_owned(), disclosed.len(), true));
    let without = Some(("About Hours.".to_owned(), 12, false));
    assert_eq!(text(None, None), with, "a new customer");
    assert_eq!(text(Some(60), None), without, "a returning one");
    assert_eq!(text(Some(7 * 24 * 60), None), with, "after a week");
    assert_eq!(text(Some(60), Some(30)), with, "back from a person");
    assert_eq!(text(Some(60), Some(90)), without, "the person was earlier");
}

#[test]
fn a_reply_that_is_too_long_or_leaves_to_a_person_says_so() {
    let mut long = rule(1, "Long", words(MatchMode::WholeWord, &["long"]));
    long.response = Response::Canned("x".repeat(990));
    long.leave_to_person = true;
    let compiled = CompiledConfig::compile(&config(vec![long]));
    let mut facts = facts();
    let reply = |facts: &SimulatorFacts| {
        simulate(
            &compiled,
            facts,
            &TriedMessage::text("long"),
            &IntentScores::Unavailable,
        )
        .reply
    };
    assert_eq!(
        reply(&facts).map(|reply| (reply.too_long, reply.leaves_to_person)),
        Some((false, true))
    );
    facts.disclosure = Some("Automated.".into());
    assert_eq!(
        reply(&facts).map(|reply| (reply.too_long, reply.bytes)),
        Some((true, 1_002))
    );
}

#[test]
fn a_change_is_told_by_the_examples_it_alters() {
    let before = config(vec![
        rule(1, "Hours", words(MatchMode::WholeWord, &["open"])),
        rule(2, "Prices", words(MatchMode::WholeWord, &["price"])),
    ]);
    let mut after = before.clone();
    after.rules.swap(0, 1);
    let messages: Vec<TriedMessage> = ["open?", "price?", "open, and the price?", "hello"]
        .map(TriedMessage::text)
        .into();
    let example = |number: usize| ExampleId::from_uuid(Uuid::from_u128(number as u128));
    let examples = || {
        messages
            .iter()
            .enumerate()
            .map(|(number, message)| (example(number), message))
    };
    let compiled = (CompiledConfig::compile(&before), CompiledConfig::compile(&after));
    let found = compare(&compiled.0, &compiled.1, &facts(), examples());
    assert_eq!(found.sentence().as_deref(), Some("This change alters 1 of 4 examples."));
    assert_eq!(found.altered[0].example, example(2));
    assert_eq!(found.altered[0].before.who(), "Rule 1, Hours");
    assert_eq!(found.altered[0].after.who(), "Rule 1, Prices");

    let same = compare(&compiled.0, &compiled.0, &facts(), examples());
    assert_eq!(
        same.sentence().as_deref(),
        Some("This change alters none of 4 examples.")
    );
    let none = compare(&compiled.0, &compiled.1, &facts(), []);
    assert_eq!(none.sentence(), None);

    after.rules.swap(0, 1);
    after.default_reply = Response::Canned("Later.".into());
    let other_default = compare(&compiled.0, &CompiledConfig::compile(&after), &facts(), examples());
    assert_eq!(other_default.altered.len(), 1, "the text of the default reply counts");
    assert_eq!(other_default.altered[0].after.who(), "Default reply");
}

#[test]
fn an_example_is_checked_before_it_is_kept() {
    assert!(TriedMessage::text("hi").check().is_ok());
    let photo = TriedMessage {
        kind: MessageKind::Attachment,
        ..TriedMessage::text("")
    };
    assert!(photo.check().is_ok());
    let said = |text: &str| TriedMessage::text(text).check().expect_err("an error").message;
    assert_eq!(said(" \n"), "Type a message to try.");
    assert!(said(&"x".repeat(1_001)).contains("1,001 of 1,000"));
    assert!(said("a\0b").contains("cannot be stored"));
}

#[test]
fn a_simulation_survives_json() {
    let tried = simulate(&shop(), &facts(), &TriedMessage::text("price"), &scored(0.61));
    let json = serde_json::to_string(&tried).expect("json");
    assert_eq!(serde_json::from_str::<Simulation>(&json).expect("simulation"), tried);
    let message: TriedMessage = serde_json::from_str(r#"{"text":"hi"}"#).expect("message");
    assert_eq!(message, TriedMessage::text("hi"));
}
