//! What is to be done about a claimed reply, by the facts of this moment.

use domain::answer_checks::HeldBy;
use domain::decide::{Decision, Outcome, RuleVerdict, Step, decide, recheck_before_send};
use domain::ids::RuleId;
use domain::reasons::Reason;
use domain::rules::{Response, ResponseKind};
use domain::time::Timestamp;

use super::composing::{Claimed, Winner};
use super::context::PipelineContext;
use super::facts::{Facts, words_purpose};
use crate::replies::OpenReply;
use crate::vault::{Content, store};

/// The words of a reply and where they come from.
pub(super) struct Composed {
    pub(super) rule: Option<RuleId>,
    pub(super) kind: ResponseKind,
    /// As they are sent, the disclosure line included.
    pub(super) text: Content,
    /// Why they stand in for an answer of the AI, if they do.
    pub(super) held_by: Option<HeldBy>,
    /// The conversation is left to a person with them.
    pub(super) hand_over: bool,
}

/// What is to be done.
pub(super) enum Decided {
    /// Send this.
    Reply(Composed),
    /// Ask the AI.
    Ask(Winner),
    /// A Prompt rule is reached: find out what the message means, and decide again.
    Score(Content),
    /// A Prompt rule is reached, and what the message means cannot be found out now.
    ScoresMissing,
    /// Something else.
    Outcome(Outcome),
}

/// A reply that was composed before keeps its words: only the gates are looked at again.
pub(super) fn resume(context: &PipelineContext, reply: &OpenReply, facts: &Facts, now: Timestamp) -> Decided {
    if let Some(outcome) = recheck_before_send(&facts.input(context.limits, None, None, now), reply.rule) {
        return Decided::Outcome(outcome);
    }
    match open(context, reply, facts) {
        Opened::Words(text) => Decided::Reply(Composed {
            rule: reply.rule,
            kind: reply.response_kind.unwrap_or(ResponseKind::Canned),
            text,
            held_by: reply.held_by,
            hand_over: reply.hand_over,
        }),
        Opened::Nothing | Opened::Unreadable => Decided::Outcome(Outcome::Silence(Reason::ContentUnreadable)),
    }
}

pub(super) fn decide_now(context: &PipelineContext, claimed: &Claimed, facts: &Facts, now: Timestamp) -> Decided {
    let (reply, scores) = (&claimed.reply, claimed.scores.as_ref());
    let text = match open(context, reply, facts) {
        Opened::Words(text) => Some(text),
        Opened::Nothing => None,
        Opened::Unreadable => return Decided::Outcome(Outcome::Silence(Reason::ContentUnreadable)),
    };
    let decision = decide(&facts.input(context.limits, text.as_ref(), scores, now));
    if let Some(matches) = &context.matches {
        matches.remember(reply.message, &decision);
    }
    let lacks_scores = lacks_scores(&decision);
    match (decision.outcome, text) {
        (Outcome::Wait { .. }, Some(text)) if lacks_scores && scores.is_none() => Decided::Score(text),
        (Outcome::Wait { .. }, _) if lacks_scores => Decided::ScoresMissing,
        (Outcome::Reply { rule, response }, text) => {
            let rule_id = rule.map(tracing::field::display);
            let kind = response.kind();
            tracing::debug!(rule.id = rule_id, response.kind = kind.as_str(), "the reply is decided");
            answer(facts, rule, response, text, now)
        }
        (outcome, _) => Decided::Outcome(outcome),
    }
}

fn answer(facts: &Facts, rule: Option<RuleId>, response: Response, text: Option<Content>, now: Timestamp) -> Decided {
    match (response, text) {
        (Response::Canned(text), _) => Decided::Reply(Composed {
            rule,
            kind: ResponseKind::Canned,
            text: Content::new(facts.disclosed(&text, now)),
            held_by: None,
            hand_over: false,
        }),
        (Response::AiPrompt(prompt), Some(message)) => Decided::Ask(Winner { rule, prompt, message }),
        // `decide` answers no message without words by AI.
        (Response::AiPrompt(_), None) => Decided::Outcome(Outcome::Silence(Reason::NoText)),
    }
}

/// Whether the walk stopped at a Prompt rule without a score.
fn lacks_scores(decision: &Decision) -> bool {
    let last = decision.steps.last();
    matches!(last, Some(Step::Rule { verdict, .. }) if *verdict == RuleVerdict::IntentUnavailable)
}

enum Opened {
    Words(Content),
    Nothing,
    Unreadable,
}

fn open(context: &PipelineContext, reply: &OpenReply, facts: &Facts) -> Opened {
    let Some(sealed) = &facts.words else {
        return Opened::Nothing;
    };
    let (purpose, owner) = (words_purpose(reply.state), reply.id.as_uuid());
    match store::unseal(&context.vault, purpose, reply.tenant, owner, sealed) {
        Ok(text) => Opened::Words(text),
        Err(error) => {
            tracing::error!(reply.id = %reply.id, error = &error as &dyn std::error::Error, "content cannot be opened");
            Opened::Unreadable
        }
    }
}
