//! The page *Health*: every connection with its problems, and what reached this server.

use serde::{Deserialize, Serialize};

use super::{AccountBrief, CheckLine, Moment, Pill, Tone};

/// One number of the server: when something last happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HealthFact {
    /// `Last rejected delivery`
    pub label: String,
    /// When; none when it never did.
    pub at: Option<Moment>,
    /// What it means; may be empty.
    pub note: String,
    /// Coloured when somebody should look.
    pub tone: Tone,
}

/// A check of all accounts that is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checking {
    /// Accounts done.
    pub checked: u64,
    /// Accounts in all.
    pub accounts: u64,
}

/// One account with everything that was found about its connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountHealth {
    /// Who it is.
    pub brief: AccountBrief,
    /// `Works`, or what is wrong; the switches do not matter here.
    pub pill: Pill,
    /// Put right elsewhere, and proven by a check; a connection that ended is not.
    pub can_be_checked: bool,
    /// When Meta was last asked about it.
    pub checked_at: Option<Moment>,
    /// Problems first.
    pub lines: Vec<CheckLine>,
}

/// How all connections stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HealthPage {
    /// `2 of 4 accounts need you. Each problem has its fix beside it.`
    pub summary: String,
    /// Last webhook, last rejected delivery, last test event, last token check.
    pub facts: Vec<HealthFact>,
    /// Set while *Check all now* runs.
    pub checking: Option<Checking>,
    /// Broken ones first.
    pub accounts: Vec<AccountHealth>,
}
