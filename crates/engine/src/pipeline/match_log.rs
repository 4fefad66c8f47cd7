//! Remembers, in memory and only when asked to, which keyword or intent matched: the demo shows it under each message.
//!
//! A keyword is part of a rule, yet it says something about the message: so it is never stored.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use domain::decide::{Decision, RuleVerdict, Step};
use domain::ids::MessageId;

const LARGEST: usize = 1_000;

/// Why a rule won.
#[derive(Debug, Clone, PartialEq)]
pub enum Matched {
    /// The message holds this keyword.
    Keyword(String),
    /// It means what the rule describes, with this confidence.
    Intent(f64),
}

/// The last decisions of this process.
#[derive(Clone, Default)]
pub struct MatchLog(Arc<Mutex<Matches>>);

#[derive(Default)]
struct Matches {
    matched: HashMap<MessageId, Matched>,
    order: VecDeque<MessageId>,
}

impl std::fmt::Debug for MatchLog {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("MatchLog")
    }
}

impl MatchLog {
    pub(super) fn remember(&self, message: MessageId, decision: &Decision) {
        let found = decision.steps.iter().find_map(|step| match step {
            Step::Rule {
                verdict: RuleVerdict::KeywordFound { keyword },
                ..
            } => Some(Matched::Keyword(keyword.clone())),
            Step::Rule {
                verdict: RuleVerdict::IntentReached { score, .. },
                ..
            } => Some(Matched::Intent(*score)),
            _ => None,
        });
        let Some(found) = found else { return };
        let mut matches = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if matches.matched.insert(message, found).is_some() {
            return;
        }
        matches.order.push_back(message);
        if matches.order.len() > LARGEST
            && let Some(oldest) = matches.order.pop_front()
        {
            matches.matched.remove(&oldest);
        }
    }

    pub(super) fn matched(&self, message: MessageId) -> Option<Matched> {
        let matches = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        matches.matched.get(&message).cloned()
    }
}
