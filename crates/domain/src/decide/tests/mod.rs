//! First match wins, the gates hold in order, nothing falls through.

mod conversation;
mod gates;
mod properties;
mod walk;

use std::time::Duration;

use uuid::Uuid;

use super::*;
use crate::default_reply::{DefaultReplyFacts, DefaultReplyFrequency};
use crate::ids::RuleId;
use crate::matching::CompiledConfig;
use crate::rules::{IntentMatcher, KeywordMatcher, MatchMode, Matcher, ReplyConfig, ReplyRule, Response, Threshold};
use crate::time::Timestamp;

const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);
const HOUR: Duration = Duration::from_secs(3_600);
const DAY: Duration = Duration::from_secs(24 * 3_600);

fn id(number: u128) -> RuleId {
    RuleId::from_uuid(Uuid::from_u128(number))
}

fn canned(text: &str) -> Response {
    Response::Canned(text.into())
}

fn ai(prompt: &str) -> Response {
    Response::AiPrompt(prompt.into())
}

fn rule(number: u128, matcher: Matcher, response: Response) -> ReplyRule {
    ReplyRule {
        id: id(number),
        label: format!("rule {number}"),
        matcher,
        response,
        enabled: true,
        leave_to_person: false,
        version: 1,
    }
}

fn keywords(words: &[&str]) -> Matcher {
    let keywords = words.iter().map(|word| (*word).to_owned()).collect();
    Matcher::Keywords(KeywordMatcher {
        keywords,
        mode: MatchMode::WholeWord,
    })
}

fn intent() -> Matcher {
    Matcher::Prompt(IntentMatcher {
        description: "wants to book".into(),
        examples: Vec::new(),
        threshold: Threshold::new(0.7),
    })
}

fn compiled(rules: Vec<ReplyRule>, default_reply: Response) -> CompiledConfig {
    CompiledConfig::compile(&ReplyConfig {
        revision: 1,
        list_version: 1,
        default_reply,
        default_version: 1,
        rules,
    })
}

/// A message that nothing stands in the way of.
fn input<'a>(config: &'a CompiledConfig, intents: &'a IntentScores, text: Option<&'a str>) -> DecisionInput<'a> {
    DecisionInput {
        account: AccountFacts {
            status: AccountStatus::Connected,
            enabled: true,
            auto_reply: true,
        },
        ai: AiFacts {
            available: true,
            persona_approved: true,
        },
        prompts: PromptApprovals::ALL,
        message: MessageFacts {
            text,
            kind: MessageKind::Text,
            occurred_at: NOW - HOUR,
            unsent: false,
        },
        conversation: ConversationFacts {
            window_until: NOW + HOUR * 23,
            human_answered: false,
            human_active_until: None,
            replies_in_10_minutes: 0,
            replies_in_24_hours: 0,
        },
        default_reply: DefaultReplyFacts::default(),
        limits: ReplyLimits::default(),
        config,
        intents,
        credits_available: true,
        already_reserved: false,
        now: NOW,
    }
}

fn reply(rule: Option<u128>, response: Response) -> Outcome {
    Outcome::Reply {
        rule: rule.map(id),
        response,
    }
}

/// The verdicts on the rules, in order.
fn verdicts(decision: &Decision) -> Vec<(u128, RuleVerdict)> {
    let of_rule = |step: &Step| match step {
        Step::Rule { rule, verdict } => Some((rule.as_uuid().as_u128(), verdict.clone())),
        Step::Gate { .. } | Step::Default => None,
    };
    decision.steps.iter().filter_map(of_rule).collect()
}
