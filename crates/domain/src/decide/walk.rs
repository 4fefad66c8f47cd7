//! Gate 3, matching: the walk down the list of rules.

use super::{DecisionInput, Outcome, RuleVerdict, Step, WaitReason, gates};
use crate::ids::RuleId;
use crate::matching::{FoldedMessage, KeywordHits};
use crate::rules::{Matcher, ReplyRule, Response, ResponseKind};

/// Where the walk ended.
pub(super) enum Walked<'a> {
    /// At a rule, or at the default reply.
    Won {
        rule: Option<RuleId>,
        response: &'a Response,
    },
    /// Before it could end.
    Stopped(Outcome),
}

pub(super) fn walk<'a>(input: &DecisionInput<'a>, steps: &mut Vec<Step>) -> Walked<'a> {
    let config = input.config.config();
    let hits = input
        .message
        .words()
        .map(|words| input.config.match_keywords(&FoldedMessage::new(words)));
    for (position, rule) in config.rules.iter().enumerate() {
        let verdict = verdict(input, hits.as_ref(), position, rule);
        let (won, unknown) = (verdict.won(), verdict == RuleVerdict::IntentUnavailable);
        steps.push(Step::Rule { rule: rule.id, verdict });
        if won {
            return Walked::Won {
                rule: Some(rule.id),
                response: &rule.response,
            };
        }
        if unknown {
            return Walked::Stopped(Outcome::Wait {
                reason: WaitReason::AiUnavailable,
                until: None,
            });
        }
    }
    steps.push(Step::Default);
    if hits.is_none() {
        let default_is_ai = config.default_reply.kind() == ResponseKind::AiPrompt;
        if let Some(outcome) = gates::pass([gates::no_text(default_is_ai)], steps) {
            return Walked::Stopped(outcome);
        }
    }
    Walked::Won {
        rule: None,
        response: &config.default_reply,
    }
}

fn verdict(input: &DecisionInput<'_>, hits: Option<&KeywordHits>, position: usize, rule: &ReplyRule) -> RuleVerdict {
    if !rule.enabled {
        return RuleVerdict::Off;
    }
    let Some(hits) = hits else {
        return RuleVerdict::NoText;
    };
    match &rule.matcher {
        Matcher::Keywords(_) => match hits.at(position) {
            Some(keyword) => RuleVerdict::KeywordFound {
                keyword: keyword.to_owned(),
            },
            None => RuleVerdict::NoKeyword,
        },
        Matcher::Prompt(matcher) => {
            let threshold = matcher.threshold;
            match input.intents.score(rule.id) {
                Some(score) if score >= threshold.value() => RuleVerdict::IntentReached { score, threshold },
                Some(score) => RuleVerdict::BelowThreshold { score, threshold },
                None => RuleVerdict::IntentUnavailable,
            }
        }
    }
}
