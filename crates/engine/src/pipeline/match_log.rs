//! Remembers, in memory and only when asked to, which keyword matched: the demo shows it under each message.
//!
//! A keyword is part of a rule, yet it says something about the message: so it is never stored.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use domain::decide::{Decision, RuleVerdict, Step};
use domain::ids::MessageId;

const LARGEST: usize = 1_000;

/// The last decisions of this process.
#[derive(Clone, Default)]
pub struct MatchLog(Arc<Mutex<Matches>>);

#[derive(Default)]
struct Matches {
    keywords: HashMap<MessageId, String>,
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
            } => Some(keyword.clone()),
            _ => None,
        });
        let Some(keyword) = found else { return };
        let mut matches = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if matches.order.len() >= LARGEST
            && let Some(oldest) = matches.order.pop_front()
        {
            matches.keywords.remove(&oldest);
        }
        matches.order.push_back(message);
        matches.keywords.insert(message, keyword);
    }

    pub(super) fn keyword(&self, message: MessageId) -> Option<String> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .keywords
            .get(&message)
            .cloned()
    }
}
