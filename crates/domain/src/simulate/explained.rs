//! The steps of a decision in words.

use serde::{Deserialize, Serialize};

use crate::decide::{Decision, Gate, IntentScores, Outcome, RuleVerdict, Step};
use crate::ids::RuleId;
use crate::rules::{MatchMode, Matcher, ReplyConfig, ReplyRule, RulePlace};
use crate::views::{IntentConfidence, shown_confidence};

/// One rule that was looked at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleLine {
    /// Which one.
    pub place: RulePlace,
    /// What came of it.
    pub verdict: RuleVerdict,
    /// Why: `None of “hours”, “open” stands in it as a word of its own.`
    pub sentence: String,
}

/// Something that keeps a reply from going out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obstacle {
    /// Which gate holds.
    pub gate: Gate,
    /// `Not answered: auto-reply is switched off`.
    pub sentence: String,
    /// What the admin can do, if anything.
    pub next_step: Option<String>,
}

impl Obstacle {
    fn of(gate: Gate) -> Self {
        let (sentence, next_step) = match gate {
            Gate::Silence(reason) => (reason.sentence(), reason.next_step()),
            Gate::Wait(reason) => (reason.sentence(), reason.next_step()),
        };
        Self {
            gate,
            sentence: sentence.to_owned(),
            next_step: next_step.map(str::to_owned),
        }
    }
}

/// What stops the reply: the gate before matching, then the one of the answer.
pub(super) fn obstacles(decision: &Decision, matched: &Decision) -> Vec<Obstacle> {
    let mut gates: Vec<Gate> = Vec::new();
    for outcome in [&decision.outcome, &matched.outcome] {
        let gate = match outcome {
            Outcome::Reply { .. } => continue,
            Outcome::Silence(reason) => Gate::Silence(*reason),
            Outcome::Wait { reason, .. } => Gate::Wait(*reason),
        };
        if !gates.contains(&gate) {
            gates.push(gate);
        }
    }
    gates.into_iter().map(Obstacle::of).collect()
}

/// Who wins: a rule, the default reply (`Some(None)`), or nobody.
pub(super) fn winner(decision: &Decision) -> Option<Option<RuleId>> {
    decision.steps.iter().find_map(|step| match step {
        Step::Rule { rule, verdict } if verdict.won() => Some(Some(*rule)),
        Step::Default => Some(None),
        Step::Rule { .. } | Step::Gate { .. } => None,
    })
}

/// Whether the walk stopped at a Prompt rule without a score.
pub(super) fn needs_scores(decision: &Decision) -> bool {
    let last = decision.steps.last();
    matches!(last, Some(Step::Rule { verdict, .. }) if *verdict == RuleVerdict::IntentUnavailable)
}

/// The Prompt rules that are on and have a score, the best first; equal ones in the order of the list.
pub(super) fn confidences(config: &ReplyConfig, scores: &IntentScores) -> Vec<IntentConfidence> {
    let mut found: Vec<IntentConfidence> = config
        .rules
        .iter()
        .enumerate()
        .filter(|(_, rule)| rule.enabled)
        .filter_map(|(index, rule)| {
            let Matcher::Prompt(intent) = &rule.matcher else {
                return None;
            };
            Some(IntentConfidence {
                place: config.place(index)?,
                confidence: scores.score(rule.id)?,
                threshold: intent.threshold,
            })
        })
        .collect();
    found.sort_by(|one, other| other.confidence.total_cmp(&one.confidence));
    found
}

/// The rules in the order of the walk.
pub(super) fn rules(config: &ReplyConfig, decision: &Decision) -> Vec<RuleLine> {
    let steps = decision.steps.iter().filter_map(|step| match step {
        Step::Rule { rule, verdict } => Some((*rule, verdict)),
        Step::Gate { .. } | Step::Default => None,
    });
    // The walk takes the rules in the order of the list, from the first.
    steps
        .zip(config.rules.iter().enumerate())
        .filter_map(|((_, verdict), (index, rule))| {
            Some(RuleLine {
                place: config.place(index)?,
                verdict: verdict.clone(),
                sentence: sentence(config, rule, verdict),
            })
        })
        .collect()
}

fn sentence(config: &ReplyConfig, rule: &ReplyRule, verdict: &RuleVerdict) -> String {
    match verdict {
        RuleVerdict::Off => "It is switched off.".into(),
        RuleVerdict::NoText => "The message has no words.".into(),
        RuleVerdict::KeywordFound { keyword } => format!("Found “{keyword}”."),
        RuleVerdict::NoKeyword => no_keyword(rule),
        RuleVerdict::BelowThreshold { score, threshold } => {
            format!("Confidence {}, needs {threshold}.", shown_confidence(*score))
        }
        RuleVerdict::OutscoredBy { score, rule, best } => outscored(config, *score, *rule, *best),
        RuleVerdict::ScriptUnknown => "The intent model cannot read the script of this message.".into(),
        RuleVerdict::IntentsOff => "The intent model is missing; only keywords match.".into(),
        RuleVerdict::IntentReached { score, threshold } => {
            format!("Confidence {}, needed {threshold}.", shown_confidence(*score))
        }
        RuleVerdict::IntentUnavailable => "Its score is not known yet.".into(),
    }
}

fn outscored(config: &ReplyConfig, score: f64, rule: RuleId, best: f64) -> String {
    let (score, best) = (shown_confidence(score), shown_confidence(best));
    match config.place_of(rule) {
        Some(place) => format!(
            "Confidence {score}, but rule {}, {}, has {best}.",
            place.position, place.label
        ),
        None => format!("Confidence {score}, but another rule has {best}."),
    }
}

fn no_keyword(rule: &ReplyRule) -> String {
    let Matcher::Keywords(matcher) = &rule.matcher else {
        return "No keyword.".into();
    };
    let quoted: Vec<String> = matcher.keywords.iter().map(|keyword| format!("“{keyword}”")).collect();
    let (none_of, place) = match (quoted.len(), matcher.mode) {
        (0 | 1, MatchMode::WholeWord) => ("", "does not stand in it as a word of its own"),
        (_, MatchMode::WholeWord) => ("None of ", "stands in it as a word of its own"),
        (0 | 1, MatchMode::Contains) => ("", "is not in it"),
        (_, MatchMode::Contains) => ("None of ", "is in it"),
        (0 | 1, MatchMode::Exact) => ("", "is not the whole message"),
        (_, MatchMode::Exact) => ("None of ", "is the whole message"),
        (0 | 1, MatchMode::StartsWith) => ("", "does not begin it"),
        (_, MatchMode::StartsWith) => ("None of ", "begins it"),
    };
    format!("{none_of}{} {place}.", quoted.join(", "))
}
