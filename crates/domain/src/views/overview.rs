//! The first page, and what every page shows around its content.

use serde::{Deserialize, Serialize};

use super::{AccountBrief, CheckLine, DayUse, NextStep, Outlook, StatusSentence, Tone, Unanswered};

/// What stands beside every page: the tenant's accounts and credits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rail {
    /// What the tenant is called now.
    pub tenant_name: String,
    /// Connected accounts.
    pub accounts: u32,
    /// Accounts that need somebody.
    pub need_attention: u32,
    /// Credits left.
    pub credits: i64,
    /// How long they last.
    pub outlook: Outlook,
}

/// Something that needs the reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attention {
    /// How urgent.
    pub tone: Tone,
    /// Whom or what it is about: `salon.aurelie.paris`.
    pub subject: String,
    /// What is the matter: `cannot send`.
    pub what: String,
    /// Cause and consequence.
    pub detail: String,
    /// What to do.
    pub next_step: NextStep,
}

/// The way from nothing to the first answered DM; every line is derived, none is ticked by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checklist {
    /// The account it is about; none before the first is connected.
    pub account: Option<AccountBrief>,
    /// Connected, can receive, can send, default reply, credits, switched on.
    pub lines: Vec<CheckLine>,
    /// Lines that are done.
    pub done: u32,
    /// The last step was taken some time: show the checklist small.
    pub complete: bool,
}

/// How everything stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// Opens the page.
    pub status: StatusSentence,
    /// Set while the balance is zero and customers wrote in vain.
    pub unanswered: Option<Unanswered>,
    /// The balance is zero.
    pub out_of_credits: bool,
    /// Most urgent first.
    pub attention: Vec<Attention>,
    /// Set-up, live.
    pub checklist: Checklist,
    /// The last 14 days, oldest first, today last.
    pub days: Vec<DayUse>,
    /// Broken ones first.
    pub accounts: Vec<AccountBrief>,
}
