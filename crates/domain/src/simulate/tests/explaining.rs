//! Every verdict, obstacle and comparison in the words that the page shows.

use std::time::Duration;

use super::*;
use crate::decide::{Gate, WaitReason};

fn sentence_of(matcher: Matcher, message: &str) -> String {
    let compiled = CompiledConfig::compile(&config(vec![rule(1, "R", matcher)]));
    let tried = simulate(&compiled, &facts(), &TriedMessage::text(message), &scored(0.5));
    tried.rules[0].sentence.clone()
}

#[test]
fn a_keyword_that_is_missing_is_missed_in_the_words_of_its_mode() {
    use MatchMode::{Contains, Exact, StartsWith, WholeWord};
    let rows: [(MatchMode, &[&str], &str); 8] = [
        (
            WholeWord,
            &["open"],
            "“open” does not stand in it as a word of its own.",
        ),
        (
            WholeWord,
            &["open", "hours"],
            "None of “open”, “hours” stands in it as a word of its own.",
        ),
        (Contains, &["open"], "“open” is not in it."),
        (Contains, &["open", "hours"], "None of “open”, “hours” is in it."),
        (Exact, &["open"], "“open” is not the whole message."),
        (
            Exact,
            &["open", "hours"],
            "None of “open”, “hours” is the whole message.",
        ),
        (StartsWith, &["open"], "“open” does not begin it."),
        (StartsWith, &["open", "hours"], "None of “open”, “hours” begins it."),
    ];
    for (mode, keywords, sentence) in rows {
        assert_eq!(sentence_of(words(mode, keywords), "hello"), sentence);
    }
    assert_eq!(sentence_of(words(Exact, &["shut", "OPEN"]), "open"), "Found “OPEN”.");
}

#[test]
fn a_message_without_words_says_so_at_every_rule_that_is_on() {
    let photo = TriedMessage {
        kind: MessageKind::Attachment,
        ..TriedMessage::text("open")
    };
    let tried = simulate(&shop(), &facts(), &photo, &IntentScores::Unavailable);
    let sentences: Vec<&str> = tried.rules.iter().map(|line| line.sentence.as_str()).collect();
    let none = "The message has no words.";
    assert_eq!(sentences, [none, "It is switched off.", none, none]);
    assert!(tried.by_default && !tried.needs_scores);
}

#[test]
fn scores_are_shown_as_the_threshold_is() {
    let at = |score| {
        let tried = simulate(&shop(), &facts(), &TriedMessage::text("a table"), &scored(score));
        (tried.rules[2].sentence.clone(), tried.sentence())
    };
    assert_eq!(at(0.7).0, "Confidence 0.70, needed 0.70.");
    assert_eq!(at(0.7).1, "Rule 3, Booking, replies.");
    assert_eq!(
        at(0.1234),
        (
            "Confidence 0.12, needs 0.70.".into(),
            "The default reply answers.".into()
        )
    );
    let unknown = simulate(&shop(), &facts(), &TriedMessage::text("x"), &IntentScores::Unavailable);
    assert_eq!(unknown.rules[2].sentence, "Its score is not known yet.");
    assert_eq!(unknown.rules.len(), 3, "nothing after it was looked at");
}

#[test]
fn obstacles_are_named_once_and_the_one_that_stops_it_first() {
    let gates = |change: fn(&mut SimulatorFacts), message: &TriedMessage| -> Vec<Gate> {
        let mut facts = facts();
        change(&mut facts);
        let tried = simulate(&shop(), &facts, message, &scored(0.1));
        for obstacle in &tried.obstacles {
            assert!(!obstacle.sentence.ends_with('.'), "{}", obstacle.sentence);
        }
        tried.obstacles.into_iter().map(|obstacle| obstacle.gate).collect()
    };
    let open = TriedMessage::text("open");
    assert_eq!(gates(|_| {}, &open), []);
    let no_credits = Gate::Silence(Reason::NoCredits);
    assert_eq!(
        gates(|facts| facts.credits_available = false, &open),
        [no_credits],
        "both ways of asking say it"
    );
    assert_eq!(
        gates(|facts| facts.account.status = AccountStatus::NeedsReconnect, &open),
        [Gate::Wait(WaitReason::NeedsReconnect)]
    );
    let paused = |facts: &mut SimulatorFacts| {
        facts.account.status = AccountStatus::Paused {
            until: NOW + Duration::from_secs(1),
        };
        facts.credits_available = false;
    };
    assert_eq!(gates(paused, &open), [Gate::Wait(WaitReason::Paused), no_credits]);
    let old = TriedMessage {
        minutes_ago: 24 * 60,
        person_minutes_ago: Some(60),
        ..open
    };
    assert_eq!(
        gates(|_| {}, &old),
        [Gate::Silence(Reason::HumanAnswered)],
        "one that holds hides those after it"
    );
}

#[test]
fn an_ai_reply_shows_its_prompt_and_is_not_measured() {
    let mut written = rule(1, "Kind", words(MatchMode::Contains, &["hi"]));
    written.response = Response::AiPrompt("x".repeat(1_500));
    let compiled = CompiledConfig::compile(&config(vec![written]));
    let mut facts = facts();
    facts.disclosure = Some("Automated.".into());
    facts.ai = SimulatorFacts::of_rules_alone(NOW).ai;
    let tried = simulate(&compiled, &facts, &TriedMessage::text("hi"), &IntentScores::Unavailable);
    let reply = tried.reply.expect("a preview");
    assert_eq!(
        (reply.kind, reply.text.len(), reply.bytes),
        (ResponseKind::AiPrompt, 1_500, 0)
    );
    assert!(
        reply.disclosed && !reply.too_long,
        "the line comes before what the AI will write"
    );
    assert_eq!(tried.live_cost, 1);
}

#[test]
fn the_account_and_the_hour_do_not_change_what_the_rules_alone_say() {
    let mut closed = facts();
    closed.account = AccountFacts {
        status: AccountStatus::Disconnected,
        enabled: false,
        auto_reply: false,
    };
    let late = TriedMessage {
        minutes_ago: 100_000,
        person_minutes_ago: Some(0),
        ..TriedMessage::text("Price?")
    };
    let tried = simulate(&shop(), &closed, &late, &scored(0.1));
    let free = simulate(&shop(), &facts(), &TriedMessage::text("Price?"), &scored(0.1));
    assert_eq!((&tried.winner, &tried.rules), (&free.winner, &free.rules));
    assert_eq!((tried.live_cost, free.live_cost), (0, 1));
    assert_eq!(closed.unobstructed().unobstructed(), closed.unobstructed());
    assert_eq!(closed.for_warnings(), closed.unobstructed().for_warnings());
}

#[test]
fn every_intent_that_is_on_shows_its_confidence_the_best_first() {
    let mut rules = vec![
        rule(1, "Hours", words(MatchMode::WholeWord, &["open"])),
        rule(2, "Booking", intent()),
        rule(3, "Delivery", intent()),
        rule(4, "Returns", intent()),
    ];
    rules[3].enabled = false;
    let config = CompiledConfig::compile(&config(rules));
    let scores = IntentScores::Scores(BTreeMap::from([(id(2), 0.4), (id(3), 0.81), (id(4), 0.9)]));
    let tried = simulate(&config, &facts(), &TriedMessage::text("open?"), &scores);
    let shown: Vec<_> = tried
        .confidences
        .iter()
        .map(|found| (found.place.label.as_str(), found.confidence, found.passes()))
        .collect();
    assert_eq!(shown, [("Delivery", 0.81, true), ("Booking", 0.4, false)]);
    let unknown = simulate(
        &config,
        &facts(),
        &TriedMessage::text("open?"),
        &IntentScores::Unavailable,
    );
    assert_eq!(unknown.confidences, []);
}

#[test]
fn an_example_knows_who_answers() {
    let who = |text: &str, intents: &IntentScores| {
        let outcome = ExampleOutcome::of(&shop(), &facts(), &TriedMessage::text(text), intents);
        (
            outcome.who(),
            outcome.response.map(|response| response.text().to_owned()),
        )
    };
    let answer = |text: &str| Some(text.to_owned());
    assert_eq!(
        who("open", &scored(0.1)),
        ("Rule 1, Hours".into(), answer("About Hours."))
    );
    assert_eq!(who("hello", &scored(0.1)), ("Default reply".into(), answer("Soon.")));
    assert_eq!(
        who("hello", &IntentScores::Unavailable),
        ("Depends on an intent".into(), None)
    );
}

#[test]
fn a_new_name_or_place_alters_no_example_but_another_answer_does() {
    let before = config(vec![
        rule(1, "Hours", words(MatchMode::WholeWord, &["open"])),
        rule(2, "Prices", words(MatchMode::WholeWord, &["price"])),
    ]);
    let message = TriedMessage::text("price?");
    let example = ExampleId::from_uuid(Uuid::from_u128(1));
    let altered = |change: fn(&mut ReplyConfig)| {
        let mut after = before.clone();
        change(&mut after);
        let (before, after) = (CompiledConfig::compile(&before), CompiledConfig::compile(&after));
        let there = compare(&before, &after, &facts(), [(example, &message)]);
        let back = compare(&after, &before, &facts(), [(example, &message)]);
        assert_eq!(
            there.altered.len(),
            back.altered.len(),
            "a change and its undoing alter the same"
        );
        there.sentence().expect("there is an example")
    };
    let none = "This change does not alter the only example.";
    let one = "This change alters the only example.";
    assert_eq!(altered(|config| config.rules[1].label = "Cost".into()), none);
    assert_eq!(altered(|config| config.rules.swap(0, 1)), none);
    assert_eq!(
        altered(|config| config.rules[0].response = Response::Canned("9 to 6.".into())),
        none
    );
    assert_eq!(
        altered(|config| config.rules[1].response = Response::Canned("5 €".into())),
        one
    );
    assert_eq!(
        altered(|config| config.rules[1].response = Response::AiPrompt("About Prices.".into())),
        one
    );
    assert_eq!(altered(|config| config.rules[1].enabled = false), one);
    assert_eq!(altered(|config| drop(config.rules.remove(1))), one);
}

#[test]
fn where_nothing_reads_intents_no_example_depends_on_one() {
    let mut booking_first = config(vec![
        rule(3, "Booking", intent()),
        rule(4, "Prices", words(MatchMode::WholeWord, &["price"])),
    ]);
    let before = CompiledConfig::compile(&booking_first);
    booking_first.rules[1].enabled = false;
    let after = CompiledConfig::compile(&booking_first);
    let message = TriedMessage::text("price?");
    let example = ExampleId::from_uuid(Uuid::from_u128(1));
    let told = |model| {
        let facts = SimulatorFacts {
            intents: model,
            ..facts()
        };
        let found = compare(&before, &after, &facts, [(example, &message)]);
        found
            .altered
            .iter()
            .map(|it| (it.before.who(), it.after.who()))
            .collect::<Vec<_>>()
    };
    let otherwise = vec![("Rule 2, Prices".to_owned(), "Default reply".to_owned())];
    assert_eq!(told(IntentModel::Missing), otherwise);
    assert_eq!(told(IntentModel::Off), otherwise);
    assert_eq!(told(IntentModel::Ready), [], "it depends on the intent before as after");
}

#[test]
fn what_depends_on_an_intent_is_told_once_it_is_known() {
    let mut rules = config(vec![
        rule(2, "Prices", words(MatchMode::WholeWord, &["cost"])),
        rule(3, "Booking", intent()),
        rule(4, "Delivery", words(MatchMode::WholeWord, &["delivery"])),
    ]);
    let before = CompiledConfig::compile(&rules);
    rules.rules[0].enabled = false;
    let after = CompiledConfig::compile(&rules);
    let message = TriedMessage::text("the delivery cost?");
    let example = ExampleId::from_uuid(Uuid::from_u128(1));
    let outcome = |config, score| ExampleOutcome::of(config, &facts(), &message, &scored(score));
    let found = |[before, after]: [&CompiledConfig; 2]| compare(before, after, &facts(), [(example, &message)]);
    let told = |comparison: Comparison| {
        let sides = comparison.altered.iter().map(|it| (it.before.who(), it.after.who()));
        sides.collect::<Vec<_>>()
    };
    let pair = |before: &str, after: &str| vec![(before.to_owned(), after.to_owned())];
    let off = found([&before, &after]);
    assert_eq!(told(off.clone()), pair("Rule 1, Prices", "Depends on an intent"));

    let older = outcome(&before, 0.1);
    let newer = outcome(&after, 0.1);
    let with = |known: Known| told(off.clone().settled(|_| Some(known.clone())));
    assert_eq!(
        with(Known::BeforeOrNow(older.clone())),
        pair("Rule 1, Prices", "Depends on an intent"),
        "the server has not heard of the change"
    );
    let settled = pair("Rule 1, Prices", "Rule 3, Delivery");
    assert_eq!(with(Known::BeforeOrNow(newer.clone())), settled);
    assert_eq!(with(Known::Now(newer.clone())), settled);

    let on_again = found([&after, &before]);
    let known = on_again.settled(|_| Some(Known::BeforeOrNow(newer.clone())));
    assert_eq!(told(known), pair("Rule 3, Delivery", "Rule 1, Prices"));

    // An intent above that the message does not reach alters nothing.
    let mut without = rules.clone();
    without.rules.remove(1);
    let without = CompiledConfig::compile(&without);
    let put_in = found([&without, &after]);
    let known = put_in.settled(|_| Some(Known::Now(newer.clone())));
    assert_eq!(
        known.sentence().as_deref(),
        Some("This change does not alter the only example.")
    );
}

#[test]
fn a_tried_message_holds_nothing_unknown() {
    let parse = |json: &str| serde_json::from_str::<TriedMessage>(json);
    assert!(
        parse(r#"{"text":"hi","sender":"4821"}"#).is_err(),
        "a misspelled field is no default"
    );
    let full = parse(r#"{"kind":"postback","text":"hi","minutes_ago":3,"person_minutes_ago":9}"#).expect("a message");
    assert_eq!(
        (full.kind, full.minutes_ago, full.person_minutes_ago),
        (MessageKind::Postback, 3, Some(9))
    );
    assert_eq!(full.last_reply_minutes_ago, None);
}
