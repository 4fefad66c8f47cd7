//! Trying a message: what the pipeline would do with it now, step by step, without doing it.
//!
//! It asks the same [`decide`] with the same facts, so that the two cannot disagree; it sends nothing, stores nothing and costs
//! nothing. The browser runs it as one types; where a Prompt rule is reached it asks the server for scores.

mod examples;
mod explained;
mod message;

use serde::{Deserialize, Serialize};

use crate::accounts::{AccountFacts, AccountStatus};
use crate::decide::{
    AiFacts, Decision, DecisionInput, IntentModel, IntentScores, MessageFacts, Outcome, PromptApprovals, ReplyLimits,
    RuleVerdict, decide,
};
use crate::default_reply::{DefaultReplyFacts, DefaultReplyFrequency};
use crate::disclosure;
use crate::handover::Handover;
use crate::limits::MAX_CANNED_BYTES;
use crate::matching::CompiledConfig;
use crate::rules::{Response, ResponseKind, RulePlace};
use crate::time::Timestamp;
use crate::views::IntentConfidence;
use crate::warnings::WarningFacts;
pub use examples::{Altered, Comparison, ExampleOutcome, Known, compare};
pub use explained::{Obstacle, RuleLine};
pub use message::{TriedMessage, WINDOW};

/// Everything a simulation depends on besides the rules and the message. Holds nothing of a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SimulatorFacts {
    /// The account's status and switches.
    pub account: AccountFacts,
    /// What the AI may do.
    pub ai: AiFacts,
    /// What reads messages for Prompt rules.
    #[serde(default)]
    pub intents: IntentModel,
    /// Which AI prompts may be used.
    #[serde(default)]
    pub prompts: PromptApprovals,
    /// Whether the tenant has a credit left.
    pub credits_available: bool,
    /// The account's quiet hours after a person wrote; 0 is off.
    pub quiet_hours: u32,
    /// The tenant's disclosure line.
    pub disclosure: Option<String>,
    /// How often one customer gets the default reply. Whether a made-up customer got it is not asked.
    #[serde(default)]
    pub default_frequency: DefaultReplyFrequency,
    /// The deployment's limits.
    pub limits: ReplyLimits,
    /// The moment of trying.
    pub now: Timestamp,
}

impl SimulatorFacts {
    /// For asking the rules alone, whatever the account's state.
    #[must_use]
    pub fn of_rules_alone(now: Timestamp) -> Self {
        Self {
            account: AccountFacts {
                status: AccountStatus::Connected,
                enabled: true,
                auto_reply: true,
            },
            ai: AiFacts {
                available: true,
                persona_approved: true,
            },
            intents: IntentModel::Ready,
            prompts: PromptApprovals::default(),
            credits_available: true,
            quiet_hours: 0,
            disclosure: None,
            default_frequency: DefaultReplyFrequency::EveryTime,
            limits: ReplyLimits::default(),
            now,
        }
    }

    /// What is known of the intents without asking: where nothing reads messages for them, they are passed over.
    #[must_use]
    pub const fn unscored(&self) -> IntentScores {
        match self.intents {
            IntentModel::Ready => IntentScores::Unavailable,
            IntentModel::Missing | IntentModel::Off => IntentScores::Off,
        }
    }

    /// What the warnings depend on.
    #[must_use]
    pub fn for_warnings(&self) -> WarningFacts {
        WarningFacts {
            ai: self.ai,
            intents: self.intents,
            disclosure: self.disclosure.clone(),
        }
    }

    /// The same with nothing in the way of matching: what the rules alone would do.
    #[must_use]
    pub fn unobstructed(&self) -> Self {
        Self {
            account: AccountFacts {
                status: AccountStatus::Connected,
                enabled: true,
                auto_reply: true,
            },
            quiet_hours: 0,
            limits: self.limits.without_counting(),
            ..self.clone()
        }
    }
}

/// What would be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyPreview {
    /// Fixed text, or written by the AI.
    pub kind: ResponseKind,
    /// The text as the customer would get it; of an AI reply the prompt.
    pub text: String,
    /// Bytes of a canned reply with the disclosure line.
    pub bytes: usize,
    /// The disclosure line stands before it.
    pub disclosed: bool,
    /// Instagram would refuse it.
    pub too_long: bool,
    /// After it the conversation is left to a person.
    pub leaves_to_person: bool,
}

/// What would happen to a message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Simulation {
    /// Exactly what the pipeline would decide.
    pub decision: Decision,
    /// The rule that wins, gates aside; `None` when the default reply does, or nobody.
    pub winner: Option<RulePlace>,
    /// No rule wins and the default reply is next.
    pub by_default: bool,
    /// The default reply wins, and one customer gets it at most once a day.
    #[serde(default)]
    pub once_a_day: bool,
    /// The rules that were looked at, in order, each with the reason why it lost or won.
    pub rules: Vec<RuleLine>,
    /// What would stop the reply now; empty when it would go out.
    pub obstacles: Vec<Obstacle>,
    /// What would be sent, or would be if nothing were in the way.
    pub reply: Option<ReplyPreview>,
    /// Credits that it would cost live. Trying always costs 0.
    pub live_cost: u32,
    /// A Prompt rule was reached without a score: only the server can go on.
    pub needs_scores: bool,
    /// How well the message fits each Prompt rule that is on, the best first; empty where that is not known.
    #[serde(default)]
    pub confidences: Vec<IntentConfidence>,
}

impl Simulation {
    /// The result in one sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        if let Some(obstacle) = self.obstacles.first() {
            return format!("Nothing would be sent. {}.", obstacle.sentence);
        }
        match &self.winner {
            Some(place) => format!("Rule {}, {}, replies.", place.position, place.label),
            None if self.once_a_day => "The default reply answers. At most once a day to one customer.".into(),
            None => "The default reply answers.".into(),
        }
    }

    /// What it knows of the message, to try the same one with other rules.
    #[must_use]
    pub fn scores(&self) -> IntentScores {
        let has = |verdict: RuleVerdict| self.rules.iter().any(|line| line.verdict == verdict);
        if has(RuleVerdict::ScriptUnknown) {
            IntentScores::ScriptUnknown
        } else if has(RuleVerdict::IntentsOff) {
            IntentScores::Off
        } else if self.confidences.is_empty() {
            IntentScores::Unavailable
        } else {
            let known = self.confidences.iter().map(|one| (one.place.rule, one.confidence));
            IntentScores::Scores(known.collect())
        }
    }

    /// What the reply would cost, in one sentence.
    #[must_use]
    pub fn cost_sentence(&self) -> String {
        match self.live_cost {
            0 => "Costs nothing.".to_owned(),
            1 => "Would cost 1 credit.".to_owned(),
            more => format!("Would cost {more} credits."),
        }
    }
}

/// Tries a message. Pure.
#[must_use]
pub fn simulate(
    config: &CompiledConfig,
    facts: &SimulatorFacts,
    message: &TriedMessage,
    intents: &IntentScores,
) -> Simulation {
    let decision = decide(&input(config, facts, message, intents));
    let matched = decide(&input(config, &facts.unobstructed(), &message.unobstructed(), intents));
    let won = explained::winner(&matched);
    let winner = won.flatten().and_then(|rule| config.config().place_of(rule));
    let reply = won.map(|rule| {
        let rules = &config.config().rules;
        let rule = rule.and_then(|rule| rules.iter().find(|there| there.id == rule));
        let response = rule.map_or(&config.config().default_reply, |rule| &rule.response);
        let leaves = rule.is_some_and(|rule| rule.leave_to_person);
        preview(response, facts, message, leaves)
    });
    Simulation {
        obstacles: explained::obstacles(&decision, &matched),
        rules: explained::rules(config.config(), &matched),
        by_default: won == Some(None),
        once_a_day: won == Some(None) && facts.default_frequency == DefaultReplyFrequency::OnceADay,
        winner,
        reply,
        live_cost: u32::from(matches!(decision.outcome, Outcome::Reply { .. })),
        needs_scores: explained::needs_scores(&matched),
        confidences: explained::confidences(config.config(), intents),
        decision,
    }
}

/// What the pipeline would be asked.
fn input<'a>(
    config: &'a CompiledConfig,
    facts: &'a SimulatorFacts,
    message: &'a TriedMessage,
    intents: &'a IntentScores,
) -> DecisionInput<'a> {
    DecisionInput {
        account: facts.account,
        ai: facts.ai,
        prompts: &facts.prompts,
        message: MessageFacts {
            text: message.words(),
            kind: message.kind,
            occurred_at: message.occurred_at(facts.now),
            unsent: false,
        },
        conversation: message.conversation(facts),
        default_reply: DefaultReplyFacts {
            frequency: facts.default_frequency,
            last_sent: None,
        },
        limits: facts.limits,
        config,
        intents,
        credits_available: facts.credits_available,
        already_reserved: false,
        now: facts.now,
    }
}

fn preview(
    response: &Response,
    facts: &SimulatorFacts,
    message: &TriedMessage,
    leaves_to_person: bool,
) -> ReplyPreview {
    let handover: Handover = message.handover(facts);
    let due = disclosure::is_due(message.last_reply(facts.now), handover.last_with_person(), facts.now);
    let line = facts.disclosure.as_deref().filter(|_| due);
    let (text, bytes) = match response {
        Response::Canned(text) => {
            let text = disclosure::before(line, text);
            let bytes = text.len();
            (text, bytes)
        }
        Response::AiPrompt(prompt) => (prompt.clone(), 0),
    };
    ReplyPreview {
        kind: response.kind(),
        text,
        bytes,
        disclosed: line.is_some(),
        too_long: bytes > MAX_CANNED_BYTES,
        leaves_to_person,
    }
}

#[cfg(test)]
mod tests;
