//! The decision and its explanation, ready to be shown. Holds no words of a customer.

use serde::{Deserialize, Serialize};

use crate::ids::RuleId;
use crate::reasons::{Reason, WaitReason};
use crate::rules::{Response, Threshold};
use crate::time::Timestamp;

/// What to do, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// What to do.
    pub outcome: Outcome,
    /// How it came to this, in order.
    pub steps: Vec<Step>,
}

/// What to do about a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Answer.
    Reply {
        /// The winning rule; `None` is the default reply.
        rule: Option<RuleId>,
        /// What to answer.
        response: Response,
    },
    /// Do not answer, for good.
    Silence(Reason),
    /// Not now.
    Wait {
        /// What is missing.
        reason: WaitReason,
        /// When to look again, if known.
        until: Option<Timestamp>,
    },
}

/// One step of the explanation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// A gate was looked at.
    Gate {
        /// Which one.
        gate: Gate,
        /// It held: nothing after it was looked at.
        stopped: bool,
    },
    /// A rule was looked at.
    Rule {
        /// Which one.
        rule: RuleId,
        /// What came of it.
        verdict: RuleVerdict,
    },
    /// No rule matched: the default reply.
    Default,
}

/// What a gate would say if it held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gate {
    /// It would silence the reply.
    Silence(Reason),
    /// It would make the reply wait.
    Wait(WaitReason),
}

/// Why a rule won or lost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum RuleVerdict {
    /// The rule is off.
    Off,
    /// The message has no words.
    NoText,
    /// Won: the message holds this keyword.
    KeywordFound {
        /// As the admin spelled it.
        keyword: String,
    },
    /// None of its keywords occurs.
    NoKeyword,
    /// The message is not close enough to the intent.
    BelowThreshold {
        /// Confidence.
        score: f64,
        /// What it would have needed.
        threshold: Threshold,
    },
    /// Close enough, but another Prompt rule fits better.
    OutscoredBy {
        /// Confidence.
        score: f64,
        /// The rule that fits better.
        rule: RuleId,
        /// Its confidence.
        best: f64,
    },
    /// The encoder does not know the script of the message.
    ScriptUnknown,
    /// Intents are off, or the intent model is missing.
    IntentsOff,
    /// Won: the message means this.
    IntentReached {
        /// Confidence.
        score: f64,
        /// What it needed.
        threshold: Threshold,
    },
    /// There is no score: the reply waits.
    IntentUnavailable,
}

impl RuleVerdict {
    /// Whether the rule won.
    #[must_use]
    pub const fn won(&self) -> bool {
        matches!(self, Self::KeywordFound { .. } | Self::IntentReached { .. })
    }
}
