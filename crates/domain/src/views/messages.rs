//! The message log: what happened to each DM, never what it said.

use serde::{Deserialize, Serialize};

use super::{AccountBrief, Count, Moment, NextStep, Pill};
use crate::ids::{AccountId, MessageId, RuleId};
pub use crate::messages::{Author, Direction};
use crate::names::named_enum;
use crate::reasons::Reason;

named_enum! {
    /// What became of a DM, as the log is filtered.
    pub enum OutcomeFilter {
        Sent = "sent",
        Waiting = "waiting",
        /// "Not answered".
        Skipped = "skipped",
        Failed = "failed",
    }
}

/// Days with a name, for whoever does not want to look at a calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedDays {
    /// `Last 7 days`.
    pub label: String,
    /// First day, `YYYY-MM-DD` in the tenant's time zone.
    pub from: String,
    /// Last day, included.
    pub to: String,
}

/// Which messages to show; every field narrows. Travels in the query string of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MessageFilter {
    /// Of this account only.
    pub account: Option<AccountId>,
    /// This way only.
    pub direction: Option<Direction>,
    /// With this outcome only.
    pub outcome: Option<OutcomeFilter>,
    /// Ended for this reason only.
    pub reason: Option<Reason>,
    /// First day, `YYYY-MM-DD` in the tenant's time zone.
    pub from: Option<String>,
    /// Last day, included.
    pub to: Option<String>,
}

/// The rule that answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleRef {
    /// Which one.
    pub id: RuleId,
    /// Its present name.
    pub label: String,
    /// Its present place; `None` when it was deleted.
    pub position: Option<u32>,
}

/// One row of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageRow {
    /// Which message.
    pub id: MessageId,
    /// When it was received or sent.
    pub when: Moment,
    /// Of which account.
    pub account_id: AccountId,
    /// That account's name, without the @.
    pub account: String,
    /// Which way.
    pub direction: Direction,
    /// By whom.
    pub author: Author,
    /// `Text from ··4821`, `Photo from ··7734`, `Text to ··4410`.
    pub message: String,
    /// `Sent`, `Waiting`, `Not answered`, `Failed`, `By a person`.
    pub pill: Pill,
    /// Why, in words.
    pub why: String,
    /// What was wrong with the AI's answer that was held back, in words.
    #[serde(default)]
    pub held_by: Option<String>,
    /// What the admin can do, in words.
    pub advice: Option<String>,
    /// Where they can do it.
    pub next_step: Option<NextStep>,
    /// The rule that answered; none for the default reply.
    pub rule: Option<RuleRef>,
    /// 0 or −1.
    pub credits: i64,
    /// The credit is only reserved: it comes back if no reply reaches the customer.
    pub credit_reserved: bool,
    /// From event to reply, in milliseconds.
    pub took_ms: Option<i64>,
}

/// One page of the log, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessagesPage {
    /// The rows.
    pub rows: Vec<MessageRow>,
    /// How many fit the filter.
    pub matching: Count,
    /// How many there are in the same days, whatever account, direction and outcome.
    pub in_these_days: Count,
    /// Cursor of the next newer page.
    pub newer: Option<String>,
    /// Cursor of the next older page.
    pub older: Option<String>,
    /// The filter that was used.
    pub filter: MessageFilter,
    /// To choose from.
    pub accounts: Vec<AccountBrief>,
    /// In which the times are.
    pub time_zone: String,
    /// Days to choose from.
    #[serde(default)]
    pub named_days: Vec<NamedDays>,
    /// Reasons to choose from: those of the newest 1,000 messages, and the one that was asked for.
    #[serde(default)]
    pub reasons: Vec<Reason>,
}
