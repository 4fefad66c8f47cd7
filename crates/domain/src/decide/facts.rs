//! Everything a decision may depend on. Who gathers the facts is the engine's business.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::accounts::AccountFacts;
use crate::default_reply::DefaultReplyFacts;
use crate::handover::Handover;
use crate::ids::RuleId;
use crate::matching::CompiledConfig;
use crate::messages::MessageKind;
use crate::time::Timestamp;

/// All facts about one message at one moment. Has no `Debug`: it holds a customer's words.
#[derive(Clone)]
pub struct DecisionInput<'a> {
    /// The account that was written to.
    pub account: AccountFacts,
    /// What the AI may do.
    pub ai: AiFacts,
    /// Which AI prompts may be used.
    pub prompts: &'a PromptApprovals,
    /// The message.
    pub message: MessageFacts<'a>,
    /// The conversation it belongs to.
    pub conversation: ConversationFacts,
    /// How often the default reply is sent, and when the customer last got it.
    pub default_reply: DefaultReplyFacts,
    /// The deployment's limits.
    pub limits: ReplyLimits,
    /// The account's rules and default reply.
    pub config: &'a CompiledConfig,
    /// How well the message fits the Prompt rules.
    pub intents: &'a IntentScores,
    /// Whether the tenant has a credit left.
    pub credits_available: bool,
    /// Whether this reply took its credit already; then `no_credits` does not hold.
    pub already_reserved: bool,
    /// The moment of deciding.
    pub now: Timestamp,
}

/// What the AI may do for this account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AiFacts {
    /// AI is set up and switched on.
    pub available: bool,
    /// There is an approved persona text to use.
    pub persona_approved: bool,
}

/// Which AI prompts have an approved text to use, the current one or an earlier one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromptApprovals {
    /// Those without: rules, and `None` for the default reply.
    unapproved: BTreeSet<Option<RuleId>>,
}

impl PromptApprovals {
    /// All are approved.
    pub const ALL: &'static Self = &Self {
        unapproved: BTreeSet::new(),
    };

    /// All but these are approved; `None` is the default reply.
    #[must_use]
    pub fn all_but(unapproved: impl IntoIterator<Item = Option<RuleId>>) -> Self {
        Self {
            unapproved: unapproved.into_iter().collect(),
        }
    }

    /// Whether the prompt of `rule`, or of the default reply, may be used.
    #[must_use]
    pub fn approved(&self, rule: Option<RuleId>) -> bool {
        !self.unapproved.contains(&rule)
    }
}

/// The message. Has no `Debug`: it holds a customer's words.
#[derive(Clone, Copy)]
pub struct MessageFacts<'a> {
    /// Its words, if it has any. Blank counts as none, and so do words of a kind that carries none.
    pub text: Option<&'a str>,
    /// What was sent.
    pub kind: MessageKind,
    /// When the customer wrote.
    pub occurred_at: Timestamp,
    /// The customer took it back.
    pub unsent: bool,
}

impl<'a> MessageFacts<'a> {
    /// The words that rules can match.
    #[must_use]
    pub fn words(&self) -> Option<&'a str> {
        self.text
            .filter(|text| self.kind.carries_text() && !text.trim().is_empty())
    }
}

/// The conversation, as far as it can silence us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConversationFacts {
    /// From this moment on Meta refuses replies.
    pub window_until: Timestamp,
    /// A person answered this message.
    pub human_answered: bool,
    /// Until when a person counts as active in this conversation.
    pub human_active_until: Option<Timestamp>,
    /// Automatic replies in the last 10 minutes, this one not counted.
    pub replies_in_10_minutes: u32,
    /// Automatic replies in the last 24 hours, this one not counted.
    pub replies_in_24_hours: u32,
}

impl ConversationFacts {
    /// The facts about a message that came at `occurred_at`.
    #[must_use]
    pub fn new(
        occurred_at: Timestamp,
        window_until: Timestamp,
        handover: &Handover,
        replies_in_10_minutes: u32,
        replies_in_24_hours: u32,
    ) -> Self {
        Self {
            window_until,
            human_answered: handover.person_wrote.is_some_and(|wrote| occurred_at <= wrote),
            human_active_until: handover.quiet_until(),
            replies_in_10_minutes,
            replies_in_24_hours,
        }
    }
}

/// How much is answered at all. Two bots that answer each other must stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyLimits {
    /// A message older than this is not answered.
    pub max_age: Duration,
    /// Automatic replies per conversation in 10 minutes.
    pub per_10_minutes: u32,
    /// Automatic replies per conversation in 24 hours.
    pub per_24_hours: u32,
}

impl Default for ReplyLimits {
    /// 24 h, 6 in 10 minutes, 30 in 24 hours.
    fn default() -> Self {
        Self {
            max_age: Duration::from_secs(24 * 60 * 60),
            per_10_minutes: 6,
            per_24_hours: 30,
        }
    }
}

impl ReplyLimits {
    /// The same for any number of replies.
    #[must_use]
    pub const fn without_counting(self) -> Self {
        Self {
            per_10_minutes: u32::MAX,
            per_24_hours: u32::MAX,
            ..self
        }
    }
}

/// How well the message fits the Prompt rules.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntentScores {
    /// Not asked yet, or they cannot be had now: a Prompt rule that is reached makes the reply wait.
    #[default]
    Unavailable,
    /// Intents are off, or the intent model is missing: Prompt rules are passed over.
    Off,
    /// The encoder does not know the script of the message: it fits no intent.
    ScriptUnknown,
    /// Confidence per rule. A rule that is missing has no vectors yet, and waits.
    Scores(BTreeMap<RuleId, f64>),
}

impl IntentScores {
    /// The score of `rule`. A score that is not a finite number is no score.
    #[must_use]
    pub fn score(&self, rule: RuleId) -> Option<f64> {
        match self {
            Self::Unavailable | Self::Off | Self::ScriptUnknown => None,
            Self::Scores(scores) => scores.get(&rule).copied().filter(|score| score.is_finite()),
        }
    }
}
