//! Balance, use, forecast and the ledger.

use serde::{Deserialize, Serialize};

use super::{Moment, NamedDays};
use crate::credits::LedgerKind;
use crate::ids::ReplyId;
use crate::names::named_enum;

/// What one day's DMs came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayUse {
    /// `2026-11-09`, in the tenant's time zone.
    pub date: String,
    /// `Mon 9 Nov`.
    pub label: String,
    /// Canned replies sent.
    pub canned: u32,
    /// AI replies sent.
    pub ai: u32,
    /// DMs that got no reply.
    pub not_answered: u32,
}

/// How long the credits last at the present pace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forecast {
    /// Replies a day, averaged over the last 7 full days, rounded up.
    pub per_day: u32,
    /// Days left; 0 when there are no credits.
    pub days: u32,
    /// `1 Dec`, or `Today`.
    pub stops: String,
}

/// The balance at the end of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayBalance {
    /// `Mon 9 Nov`.
    pub label: String,
    /// None before the first credits.
    pub balance: Option<i64>,
}

/// Which rows of the ledger to show; every field narrows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerSelection {
    /// Of this kind.
    pub kind: LedgerFilter,
    /// First day, `YYYY-MM-DD` in the tenant's time zone; what is no date narrows nothing.
    pub from: String,
    /// Last day, included.
    pub to: String,
}

impl From<LedgerFilter> for LedgerSelection {
    fn from(kind: LedgerFilter) -> Self {
        Self {
            kind,
            ..Self::default()
        }
    }
}

/// What can be said about how long the credits last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outlook", rename_all = "snake_case")]
pub enum Outlook {
    /// Nothing was sent in the last days.
    Unused,
    /// Replies are sent since less than a week.
    TooEarly,
    /// At the pace of the last week.
    Lasts(Forecast),
}

impl Outlook {
    /// The forecast, if there is one.
    #[must_use]
    pub const fn forecast(&self) -> Option<&Forecast> {
        match self {
            Self::Lasts(forecast) => Some(forecast),
            Self::Unused | Self::TooEarly => None,
        }
    }
}

/// DMs that got no reply because there were no credits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unanswered {
    /// The first of them since the balance reached zero.
    pub since: Moment,
    /// How many.
    pub count: u32,
}

named_enum! {
    /// Which rows of the ledger to show.
    #[derive(Default)]
    pub enum LedgerFilter {
        #[default]
        All = "all",
        Used = "used",
        GivenBack = "given_back",
        Added = "added",
    }
}

/// One change of the balance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerRow {
    /// A key for lists.
    pub id: String,
    /// When.
    pub when: Moment,
    /// What kind of change.
    pub kind: LedgerKind,
    /// `Reply to ··4821`, `Given back: the AI did not answer`, `Added`.
    pub what: String,
    /// `bloomandstem, Rule 1`, or the note of a grant.
    pub detail: Option<String>,
    /// The reply it belongs to.
    pub reply_id: Option<ReplyId>,
    /// That reply is not final yet.
    pub waiting: bool,
    /// −1, +1, or the amount granted.
    pub change: i64,
    /// The balance after it.
    pub balance_after: i64,
}

/// The credits of a tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditsPage {
    /// Credits left; reserved ones are already off.
    pub balance: i64,
    /// Taken by replies that are not final yet.
    pub reserved: i64,
    /// The last 30 days, oldest first, today last.
    pub days: Vec<DayUse>,
    /// The balance at the end of each of these days.
    #[serde(default)]
    pub balances: Vec<DayBalance>,
    /// How long they last.
    pub outlook: Outlook,
    /// Set while the balance is zero and customers wrote in vain.
    pub unanswered: Option<Unanswered>,
    /// Which rows the ledger shows.
    pub filter: LedgerSelection,
    /// Days to choose from.
    #[serde(default)]
    pub named_days: Vec<NamedDays>,
    /// Newest first.
    pub ledger: Vec<LedgerRow>,
    /// Cursor of the next newer rows.
    pub newer: Option<String>,
    /// Cursor of the next older rows.
    pub older: Option<String>,
}
