//! For any rules, any message and any circumstances.

use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::decide::ConversationFacts;

const WORDS: [&str; 6] = ["price", "hours", "open", "cost", "book", "preço"];

fn matcher() -> impl Strategy<Value = Matcher> {
    let keywords = prop::collection::vec(prop::sample::select(&WORDS[..]), 1..3);
    prop_oneof![
        4 => (keywords, prop::sample::select(MatchMode::all())).prop_map(|(keywords, mode)| words(mode, &keywords)),
        1 => Just(intent()),
    ]
}

fn rules() -> impl Strategy<Value = Vec<ReplyRule>> {
    prop::collection::vec((matcher(), prop::bool::weighted(0.8), any::<bool>()), 0..8).prop_map(|rules| {
        let rules = rules.into_iter().zip(1..);
        let made = rules.map(|((matcher, enabled, ai), number)| {
            let mut rule = rule(number, &format!("R{number}"), matcher);
            rule.enabled = enabled;
            if ai {
                rule.response = Response::AiPrompt("Be kind.".into());
            }
            rule
        });
        made.collect()
    })
}

fn message() -> impl Strategy<Value = TriedMessage> {
    let text = prop_oneof![
        3 => prop::collection::vec(prop::sample::select(&WORDS[..]), 0..4).prop_map(|words| words.join(" ")),
        1 => any::<String>(),
    ];
    let minutes = || prop_oneof![Just(0), 0..30_u32, 0..20_000_u32];
    (
        prop::sample::select(MessageKind::all()),
        text,
        minutes(),
        prop::option::of(minutes()),
        prop::option::of(minutes()),
    )
        .prop_map(
            |(kind, text, minutes_ago, last_reply_minutes_ago, person_minutes_ago)| TriedMessage {
                kind,
                text,
                minutes_ago,
                last_reply_minutes_ago,
                person_minutes_ago,
            },
        )
}

fn circumstances() -> impl Strategy<Value = SimulatorFacts> {
    let status = prop_oneof![
        6 => Just(AccountStatus::Connected),
        1 => Just(AccountStatus::NeedsReconnect),
        1 => Just(AccountStatus::Paused { until: NOW + Duration::from_secs(60) }),
        1 => Just(AccountStatus::Disconnected),
    ];
    let on = || prop::bool::weighted(0.9);
    (
        status,
        on(),
        on(),
        on(),
        on(),
        on(),
        prop::sample::select(&[0_u32, 1, 12][..]),
    )
        .prop_map(|(status, enabled, auto_reply, ai, persona, credits, quiet_hours)| {
            let mut facts = facts();
            facts.account = AccountFacts {
                status,
                enabled,
                auto_reply,
            };
            facts.ai = AiFacts {
                available: ai,
                persona_approved: persona,
            };
            facts.credits_available = credits;
            facts.quiet_hours = quiet_hours;
            facts
        })
}

/// The question as the pipeline would put it, written down a second time.
fn as_the_pipeline_asks<'a>(
    config: &'a CompiledConfig,
    facts: &'a SimulatorFacts,
    message: &'a TriedMessage,
    intents: &'a IntentScores,
) -> DecisionInput<'a> {
    let before = |minutes: u32| NOW - Duration::from_secs(u64::from(minutes) * 60);
    let occurred_at = before(message.minutes_ago);
    let person = message.person_minutes_ago.map(before);
    let quiet = Duration::from_secs(u64::from(facts.quiet_hours) * 3_600);
    let replies = |minutes| u32::from(message.last_reply_minutes_ago.is_some_and(|ago| ago < minutes));
    DecisionInput {
        account: facts.account,
        ai: facts.ai,
        prompts: &facts.prompts,
        message: MessageFacts {
            text: Some(message.text.as_str()),
            kind: message.kind,
            occurred_at,
            unsent: false,
        },
        conversation: ConversationFacts {
            window_until: occurred_at + Duration::from_secs(24 * 3_600),
            human_answered: person.is_some_and(|person| occurred_at <= person),
            human_active_until: person.filter(|_| facts.quiet_hours > 0).map(|person| person + quiet),
            replies_in_10_minutes: replies(10),
            replies_in_24_hours: replies(24 * 60),
        },
        default_reply: DefaultReplyFacts::default(),
        limits: facts.limits,
        config,
        intents,
        credits_available: facts.credits_available,
        already_reserved: false,
        now: NOW,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn it_decides_as_the_pipeline_does(
        rules in rules(),
        message in message(),
        facts in circumstances(),
        score in prop::option::of(0.0_f64..1.0),
    ) {
        let ids: Vec<RuleId> = rules.iter().map(|rule| rule.id).collect();
        let compiled = CompiledConfig::compile(&config(rules));
        let intents = match score {
            Some(score) => IntentScores::Scores(ids.into_iter().map(|id| (id, score)).collect()),
            None => IntentScores::Unavailable,
        };
        let tried = simulate(&compiled, &facts, &message, &intents);
        let decided = decide(&as_the_pipeline_asks(&compiled, &facts, &message, &intents));
        prop_assert_eq!(&tried.decision, &decided);

        let replies = matches!(decided.outcome, Outcome::Reply { .. });
        prop_assert_eq!(tried.live_cost, u32::from(replies));
        prop_assert_eq!(tried.obstacles.is_empty(), replies);
        if let Outcome::Reply { rule, response } = &decided.outcome {
            prop_assert_eq!(tried.winner.as_ref().map(|place| place.rule), *rule);
            let reply = tried.reply.as_ref().expect("a preview");
            prop_assert_eq!(reply.kind, response.kind());
            prop_assert!(reply.text.ends_with(response.text()));
        }
        prop_assert!(!tried.sentence().is_empty());
    }

    /// What a simulation knows of a message is enough to try it again.
    #[test]
    fn its_scores_decide_the_same(
        rules in rules(),
        message in message(),
        facts in circumstances(),
        score in prop::option::of(0.0_f64..1.0),
        unread in prop::option::of(prop::sample::select(&[IntentScores::Off, IntentScores::ScriptUnknown][..])),
    ) {
        let known = score.map(|score| IntentScores::Scores(rules.iter().map(|rule| (rule.id, score)).collect()));
        let intents = unread.or(known).unwrap_or_default();
        let compiled = CompiledConfig::compile(&config(rules));
        let tried = simulate(&compiled, &facts, &message, &intents);
        let again = simulate(&compiled, &facts, &message, &tried.scores());
        prop_assert_eq!(again, tried);
    }
}
