//! What holds for any list of rules and any message.

use proptest::prelude::*;

use super::*;

const WORDS: [&str; 4] = ["price", "hours", "table", "hello"];

/// One rule of the model: on or off, and the word or the score it looks for.
#[derive(Clone, Debug)]
enum Model {
    Word(usize),
    Score(Option<f64>),
}

fn model() -> impl Strategy<Value = (bool, Model)> {
    let one = prop_oneof![
        3 => (0..WORDS.len()).prop_map(Model::Word),
        1 => prop::option::weighted(0.8, 0.0_f64..1.0).prop_map(Model::Score),
    ];
    (prop::bool::weighted(0.8), one)
}

/// What must come out: the number of the winning rule, 0 for the default, `None` for waiting.
fn expected(models: &[(bool, Model)], words: &[usize]) -> Option<u128> {
    for ((enabled, model), number) in models.iter().zip(1..) {
        match model {
            _ if !enabled => {}
            Model::Word(word) if words.contains(word) => return Some(number),
            Model::Score(Some(score)) if *score >= 0.7 => match best_score(models) {
                Some(best) if *score < best => {}
                Some(_) => return Some(number),
                None => return None,
            },
            Model::Score(None) => return None,
            Model::Word(_) | Model::Score(Some(_)) => {}
        }
    }
    Some(0)
}

/// The highest score of the rules that are on; `None` when one has none.
fn best_score(models: &[(bool, Model)]) -> Option<f64> {
    models
        .iter()
        .filter(|(enabled, _)| *enabled)
        .try_fold(0.0, |best, (_, model)| match model {
            Model::Score(score) => score.map(|score| f64::max(best, score)),
            Model::Word(_) => Some(best),
        })
}

/// Rule n answers its own number.
fn rules_of(models: &[(bool, Model)], leaves_to_person: impl Fn(u128) -> bool) -> Vec<ReplyRule> {
    let rules = models.iter().zip(1..).map(|((enabled, model), number)| {
        let matcher = match model {
            Model::Word(word) => keywords(&[WORDS[*word]]),
            Model::Score(_) => intent(),
        };
        ReplyRule {
            enabled: *enabled,
            leave_to_person: leaves_to_person(number),
            ..rule(number, matcher, canned(&number.to_string()))
        }
    });
    rules.collect()
}

fn scores_of(models: &[(bool, Model)]) -> IntentScores {
    let scored = models.iter().zip(1..).filter_map(|((_, model), number)| match model {
        Model::Score(Some(score)) => Some((id(number), *score)),
        _ => None,
    });
    IntentScores::Scores(scored.collect())
}

/// "zebra" matches nothing.
fn text_of(words: &[usize]) -> String {
    let words: Vec<&str> = words.iter().map(|word| WORDS[*word]).collect();
    format!("zebra {}", words.join(" "))
}

proptest! {
    #[test]
    fn the_first_match_wins(
        models in prop::collection::vec(model(), 0..12),
        words in prop::collection::vec(0..WORDS.len(), 1..4),
    ) {
        let config = compiled(rules_of(&models, |_| false), canned("0"));
        let intents = scores_of(&models);
        let text = text_of(&words);
        let decision = decide(&input(&config, &intents, Some(&text)));

        let outcome = match expected(&models, &words) {
            Some(0) => reply(None, canned("0")),
            Some(number) => reply(Some(number), canned(&number.to_string())),
            None => Outcome::Wait { reason: WaitReason::AiUnavailable, until: None },
        };
        prop_assert_eq!(&decision.outcome, &outcome);

        let walked = verdicts(&decision);
        let numbers: Vec<u128> = walked.iter().map(|(number, _)| *number).collect();
        prop_assert_eq!(numbers, (1..=walked.len() as u128).collect::<Vec<_>>(), "in order, none left out");
        let wins = walked.iter().filter(|(_, verdict)| verdict.won()).count();
        prop_assert_eq!(wins, usize::from(matches!(outcome, Outcome::Reply { rule: Some(_), .. })));
    }

    #[test]
    fn beyond_the_limit_only_a_rule_that_leaves_the_conversation_to_a_person_answers(
        models in prop::collection::vec(model(), 0..8),
        leaving in any::<u8>(),
        words in prop::collection::vec(0..WORDS.len(), 1..4),
        waits in any::<bool>(),
    ) {
        let leaves = |number: u128| leaving & (1 << (number - 1)) != 0;
        let config = compiled(rules_of(&models, leaves), canned("0"));
        let (intents, text) = (scores_of(&models), text_of(&words));
        let mut input = input(&config, &intents, Some(&text));
        let stands_at = verdicts(&decide(&input)).last().map_or(0, |(number, _)| *number);
        if waits {
            input.account.status = AccountStatus::NeedsReconnect;
        }
        let below = decide(&input);
        input.conversation.replies_in_10_minutes = input.limits.per_10_minutes;
        let beyond = decide(&input);

        let still_ahead = |number| number >= stands_at && leaves(number);
        let can_be_asked_for = models.iter().zip(1..).any(|((enabled, _), number)| *enabled && still_ahead(number));
        let scores_wanted = Outcome::Wait { reason: WaitReason::AiUnavailable, until: None };
        let outcome = match expected(&models, &words) {
            Some(number) if number > 0 && leaves(number) => below.outcome,
            None if can_be_asked_for => scores_wanted,
            _ => Outcome::Silence(Reason::ConversationLimit),
        };
        prop_assert_eq!(&beyond.outcome, &outcome);
        let rule = expected(&models, &words).filter(|number| *number > 0).map(id);
        let recheck = recheck_before_send(&input, rule);
        match outcome {
            Outcome::Reply { .. } => prop_assert_eq!(recheck, None, "what was decided may be sent"),
            outcome if expected(&models, &words).is_some() => prop_assert_eq!(recheck, Some(outcome)),
            _ => {}
        }
    }

    #[test]
    fn once_a_day_silences_the_default_reply_and_nothing_else(
        models in prop::collection::vec(model(), 0..8),
        words in prop::collection::vec(0..WORDS.len(), 1..4),
        hours_ago in prop::option::of(0_u32..48),
        once_a_day in any::<bool>(),
    ) {
        let config = compiled(rules_of(&models, |_| false), canned("0"));
        let (intents, text) = (scores_of(&models), text_of(&words));
        let mut input = input(&config, &intents, Some(&text));
        let every_time = decide(&input).outcome;
        input.default_reply.last_sent = hours_ago.map(|hours| NOW - HOUR * hours);
        if once_a_day {
            input.default_reply.frequency = DefaultReplyFrequency::OnceADay;
        }
        let enough = once_a_day && hours_ago.is_some_and(|hours| hours < 24);
        let outcome = match every_time {
            Outcome::Reply { rule: None, .. } if enough => Outcome::Silence(Reason::DefaultReplySent),
            other => other,
        };
        prop_assert_eq!(&decide(&input).outcome, &outcome);
        if let Outcome::Reply { rule, .. } = outcome {
            prop_assert_eq!(recheck_before_send(&input, rule), None, "what was decided may be sent");
        }
    }

    #[test]
    fn a_closed_gate_silences_any_message(text in any::<String>(), credits in any::<bool>()) {
        let config = compiled(vec![rule(1, keywords(&["a"]), ai("a"))], canned("default"));
        let mut input = input(&config, &IntentScores::Unavailable, Some(&text));
        input.account.auto_reply = false;
        input.credits_available = credits;
        let decision = decide(&input);
        prop_assert_eq!(decision.outcome, Outcome::Silence(Reason::AutoReplyOff));
        prop_assert_eq!(decision.steps.len(), 3);
    }
}
