//! Gate 3, matching: the walk down the list of rules.

use super::{DecisionInput, IntentScores, Outcome, RuleVerdict, Step, WaitReason, gates};
use crate::ids::RuleId;
use crate::matching::{FoldedMessage, KeywordHits};
use crate::rules::{IntentMatcher, Matcher, ReplyRule, Response, ResponseKind};

/// A rule, or the default reply (`None`), and what it answers.
pub(super) struct Winner<'a> {
    pub(super) rule: Option<RuleId>,
    pub(super) response: &'a Response,
}

/// Who wins, or the outcome that the walk stopped with before it could end.
pub(super) fn walk<'a>(input: &DecisionInput<'a>, steps: &mut Vec<Step>) -> Result<Winner<'a>, Outcome> {
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
            return Ok(Winner {
                rule: Some(rule.id),
                response: &rule.response,
            });
        }
        if unknown {
            return Err(Outcome::Wait {
                reason: WaitReason::AiUnavailable,
                until: None,
            });
        }
    }
    steps.push(Step::Default);
    if hits.is_none() {
        let default_is_ai = config.default_reply.kind() == ResponseKind::AiPrompt;
        if let Some(outcome) = gates::pass([gates::no_text(default_is_ai)], steps) {
            return Err(outcome);
        }
    }
    Ok(Winner {
        rule: None,
        response: &config.default_reply,
    })
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
        Matcher::Prompt(matcher) => intent_verdict(input, rule.id, matcher),
    }
}

fn intent_verdict(input: &DecisionInput<'_>, rule: RuleId, matcher: &IntentMatcher) -> RuleVerdict {
    match input.intents {
        IntentScores::Off => return RuleVerdict::IntentsOff,
        IntentScores::ScriptUnknown => return RuleVerdict::ScriptUnknown,
        IntentScores::Unavailable | IntentScores::Scores(_) => {}
    }
    let Some(score) = input.intents.score(rule) else {
        return RuleVerdict::IntentUnavailable;
    };
    let threshold = matcher.threshold;
    if score < threshold.value() {
        return RuleVerdict::BelowThreshold { score, threshold };
    }
    match best_intent(input) {
        BestIntent::Of(other, best) if best > score => RuleVerdict::OutscoredBy {
            score,
            rule: other,
            best,
        },
        BestIntent::Of(..) => RuleVerdict::IntentReached { score, threshold },
        BestIntent::Unknown => RuleVerdict::IntentUnavailable,
    }
}

/// The enabled Prompt rule that fits best.
enum BestIntent {
    Of(RuleId, f64),
    /// One of them has no score yet: it may fit better.
    Unknown,
}

/// The first of equals, as in the list.
fn best_intent(input: &DecisionInput<'_>) -> BestIntent {
    let rules = &input.config.config().rules;
    let intents = rules
        .iter()
        .filter(|rule| rule.enabled && matches!(rule.matcher, Matcher::Prompt(_)));
    let mut best: Option<(RuleId, f64)> = None;
    for rule in intents {
        let Some(score) = input.intents.score(rule.id) else {
            return BestIntent::Unknown;
        };
        if best.is_none_or(|(_, highest)| score > highest) {
            best = Some((rule.id, score));
        }
    }
    best.map_or(BestIntent::Unknown, |(rule, score)| BestIntent::Of(rule, score))
}
