//! The filter of the message log, as the address of the page has it.

use domain::views::MessageFilter;
use serde::{Deserialize, Serialize};

/// The filter and the place in the log, as the address has them. Empty: everything, from the newest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MessageQuery {
    /// An account's id.
    pub account: String,
    /// `inbound` or `outbound`.
    pub direction: String,
    /// `sent`, `waiting`, `skipped` or `failed`.
    pub outcome: String,
    /// The name of a reason.
    pub reason: String,
    /// `YYYY-MM-DD`.
    pub from: String,
    /// `YYYY-MM-DD`.
    pub to: String,
    /// A cursor.
    pub older: String,
    /// A cursor.
    pub newer: String,
}

impl MessageQuery {
    /// The filter without a place.
    #[must_use]
    pub fn of(filter: &MessageFilter) -> Self {
        Self {
            account: filter.account.map(|id| id.to_string()).unwrap_or_default(),
            direction: filter.direction.map(|it| it.to_string()).unwrap_or_default(),
            outcome: filter.outcome.map(|it| it.to_string()).unwrap_or_default(),
            reason: filter.reason.map(|it| it.to_string()).unwrap_or_default(),
            from: filter.from.clone().unwrap_or_default(),
            to: filter.to.clone().unwrap_or_default(),
            older: String::new(),
            newer: String::new(),
        }
    }

    /// What the engine filters by; words it does not know narrow nothing.
    #[must_use]
    #[cfg(feature = "ssr")]
    pub fn filter(&self) -> MessageFilter {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        MessageFilter {
            account: self.account.parse().ok(),
            direction: self.direction.parse().ok(),
            outcome: self.outcome.parse().ok(),
            reason: self.reason.parse().ok(),
            from: text(&self.from),
            to: text(&self.to),
        }
    }

    /// Names and values, as the address has them.
    #[must_use]
    pub fn pairs(&self) -> [(&'static str, &str); 8] {
        [
            ("account", &self.account),
            ("direction", &self.direction),
            ("outcome", &self.outcome),
            ("reason", &self.reason),
            ("from", &self.from),
            ("to", &self.to),
            ("older", &self.older),
            ("newer", &self.newer),
        ]
    }

    /// Whether any filter is set.
    #[must_use]
    pub fn is_narrow(&self) -> bool {
        self.pairs().into_iter().take(6).any(|(_, value)| !value.is_empty())
    }

    /// Whether its days are the wrong way round.
    #[must_use]
    pub fn ends_before_it_begins(&self) -> bool {
        // `2026-11-28`: in the order of their texts.
        !self.to.is_empty() && self.from > self.to
    }

    /// The fields that the server function reads.
    #[must_use]
    #[cfg(not(feature = "ssr"))]
    pub fn fields(&self) -> [(&'static str, &str); 8] {
        [
            ("query[account]", &self.account),
            ("query[direction]", &self.direction),
            ("query[outcome]", &self.outcome),
            ("query[reason]", &self.reason),
            ("query[from]", &self.from),
            ("query[to]", &self.to),
            ("query[older]", &self.older),
            ("query[newer]", &self.newer),
        ]
    }
}
