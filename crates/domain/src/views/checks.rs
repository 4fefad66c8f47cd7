//! The words for how things stand: pills, status sentences, live check lines, and where to go next.

use serde::{Deserialize, Serialize};

use super::{Moment, OutcomeFilter};
use crate::ids::AccountId;
use crate::names::named_enum;
use crate::reasons::Reason;

named_enum! {
    /// The colour of a status; the word always stands beside it.
    pub enum Tone {
        /// Works.
        Ok = "ok",
        /// Under way; nobody has to act.
        Info = "info",
        /// Somebody should look.
        Warn = "warn",
        /// Broken: somebody must act.
        Bad = "bad",
        /// Off, or not known yet.
        Idle = "idle",
    }
}

/// The state of a thing in one or two words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pill {
    /// Its colour.
    pub tone: Tone,
    /// Its word: `On`, `Needs reconnecting`, `Not answered`.
    pub label: String,
}

/// The sentence that opens a page: "**On.** 312 credits. 1 of 4 accounts is answering. Last DM 4 min ago."
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusSentence {
    /// Its colour.
    pub tone: Tone,
    /// The strong beginning: `On.`, `Off: no credits.`
    pub lead: String,
    /// The rest, without the last DM.
    pub rest: String,
    /// Shown as "Last DM …" behind the rest.
    pub last_dm: Option<Moment>,
}

/// A page one can be sent to; the app knows its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "page", rename_all = "snake_case")]
pub enum Place {
    /// All Instagram accounts.
    Accounts,
    /// One account.
    Account {
        /// Which one.
        id: AccountId,
    },
    /// The conversations of one account that are left to a person.
    People {
        /// Of which account.
        id: AccountId,
    },
    /// The rules of one account.
    Rules {
        /// Of which account.
        id: AccountId,
    },
    /// Connecting an account.
    Connect,
    /// How AI replies sound.
    Persona,
    /// The message log, narrowed to what the problem is about.
    Messages {
        /// Of this account only.
        account: Option<AccountId>,
        /// With this outcome only.
        outcome: OutcomeFilter,
        /// Ended for this reason only.
        reason: Option<Reason>,
    },
    /// How connections and this server stand.
    Health,
    /// Balance and ledger.
    Credits,
    /// The receivers of outgoing webhooks.
    Webhooks,
}

/// What to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextStep {
    /// The words of the link or button: `Switch on`.
    pub label: String,
    /// Where it is done.
    pub place: Place,
}

/// One live fact of a checklist; never ticked by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckLine {
    /// What is checked: `Can receive`.
    pub label: String,
    /// How it stands.
    pub state: Tone,
    /// The evidence, or what is missing.
    pub sentence: String,
    /// Where to put it right.
    pub next_step: Option<NextStep>,
    /// Who can put it right outside of Concierge, and where.
    pub fix: Option<Fix>,
}

/// Who can put something right on Meta's side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// `The person who uses the Instagram app of this account`
    pub who: String,
    /// The words of the link; empty when there is no page to link to.
    pub label: String,
    /// The page at Meta; empty when it is inside an app.
    pub url: String,
}

/// What is known about an account's connection: can receive, can send, token, permissions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionCheck {
    /// When Meta was last asked about the token.
    pub checked_at: Option<Moment>,
    /// The facts, in a fixed order.
    pub lines: Vec<CheckLine>,
}
