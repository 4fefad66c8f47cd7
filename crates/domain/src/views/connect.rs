//! Connecting an account: where a Facebook Login attempt stands, what can be chosen, and what came of it.

use serde::{Deserialize, Serialize};

use crate::ids::AccountId;
use crate::names::named_enum;

named_enum! {
    /// Why nothing was connected. Each has its own words and next step.
    pub enum ConnectProblemKind {
        /// The person pressed Cancel, or Facebook refused in their place.
        Denied = "denied",
        /// Came back without `state`, or with neither a code nor an error.
        Incomplete = "incomplete",
        /// A `state` that we did not give out, or another browser's.
        Foreign = "foreign",
        /// A `state` that was used before.
        Reused = "reused",
        /// More than ten minutes passed at Facebook.
        Expired = "expired",
        /// The sign-in here ended while the person was at Facebook.
        SessionEnded = "session_ended",
        /// Facebook's code was used or had expired.
        CodeUsed = "code_used",
        /// Facebook does not accept this deployment's app id or secret.
        Misconfigured = "misconfigured",
        /// The app is not live, or not for this person.
        AppUnavailable = "app_unavailable",
        /// Facebook refused the sign-in for the way in which the app asks for it, or for a reason that we do not know.
        LoginRefused = "login_refused",
        /// Facebook did not answer.
        Unreachable = "unreachable",
        /// A permission was left out.
        PermissionsMissing = "permissions_missing",
        /// No Page was ticked, or there is none.
        NoPages = "no_pages",
        /// Pages, but none that can be connected.
        NothingLinked = "nothing_linked",
        /// All that could be connected belongs to another workspace.
        ConnectedElsewhere = "connected_elsewhere",
        /// The choice was not made within an hour.
        ChoiceExpired = "choice_expired",
    }
}

named_enum! {
    /// The button that leads on.
    pub enum ConnectNext {
        /// Facebook Login once more: `GET /instagram/connect`.
        Again = "again",
        /// The same, asking for declined permissions: `GET /instagram/connect?ask=permissions`.
        AskAgain = "ask_again",
        /// Reads the Pages again without signing in again.
        LookAgain = "look_again",
        /// Back to the accounts.
        Accounts = "accounts",
    }
}

named_enum! {
    /// What connecting a Page would mean.
    pub enum CandidateStanding {
        /// Never connected here: starts with auto-reply off.
        New = "new",
        /// Known here and in need of a new connection: rules, replies and log stay.
        Reconnect = "reconnect",
        /// Connected and working: connecting refreshes its token.
        Connected = "connected",
        /// Known here under another Page: it moves, everything stays.
        Moved = "moved",
        /// Cannot be connected; the sentence says why.
        Impossible = "impossible",
    }
}

/// A permission, and whether it was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PermissionLine {
    /// `instagram_manage_messages`
    pub name: String,
    /// `Manage Instagram messages`
    pub label: String,
    /// Whether it was given.
    pub given: bool,
}

/// A Page that Facebook knows, with its Instagram account if it has one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectCandidate {
    /// Goes back with the choice.
    pub page_id: String,
    /// The Page's name.
    pub page_name: String,
    /// Without the @; none when nothing is linked.
    pub username: Option<String>,
    /// Two letters in place of a picture.
    pub monogram: String,
    /// What connecting it would mean.
    pub standing: CandidateStanding,
    /// What to know about it, or why it cannot be chosen.
    pub sentence: String,
}

/// Why nothing was connected, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectProblem {
    /// Which problem.
    pub kind: ConnectProblemKind,
    /// The heading.
    pub lead: String,
    /// Cause and next step.
    pub sentence: String,
    /// The words of the button that leads on.
    pub next_label: String,
    /// Where it leads.
    pub next: ConnectNext,
    /// What was given and what was not, when permissions are missing.
    pub permissions: Vec<PermissionLine>,
    /// The Pages that were found, each with its reason.
    pub pages: Vec<ConnectCandidate>,
}

/// An account that was connected just now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectedAccount {
    /// Which one.
    pub id: AccountId,
    /// Without the @.
    pub username: String,
    /// Whether it is new, connected again or moved.
    pub standing: CandidateStanding,
    /// What happened, as a sentence.
    pub sentence: String,
    /// What the check right after it found wrong; empty when everything works.
    pub problem: Option<String>,
}

/// Where the attempt stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
#[cfg_attr(
    feature = "sea-orm",
    derive(sea_orm::DeriveValueType),
    sea_orm(
        value_type = "String",
        from_str = "crate::columns::from_json",
        to_str = "crate::columns::to_json"
    )
)]
pub enum ConnectStep {
    /// Not begun.
    Start {
        /// Usernames that are connected already.
        connected: Vec<String>,
        /// Leaving out a Page at Facebook ends its connection: said before it happens.
        warning: Option<String>,
    },
    /// Nothing was connected.
    Problem {
        /// Why, and what to do.
        problem: ConnectProblem,
    },
    /// Several could be connected.
    Choose {
        /// What can be chosen, and what cannot with its reason.
        candidates: Vec<ConnectCandidate>,
        /// Accounts connected earlier whose Pages were left out at Facebook this time: their connection has ended.
        dropped: Vec<String>,
    },
    /// Connected.
    Done {
        /// What was connected.
        accounts: Vec<ConnectedAccount>,
        /// What was chosen and could not be connected, with the reason.
        failed: Vec<ConnectCandidate>,
        /// As in [`Self::Choose`].
        dropped: Vec<String>,
    },
}

/// The page *Connect an account*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectPage {
    /// The login attempt, sent back with a choice or with *Look again*; none before it has begun.
    #[serde(rename = "visit")]
    pub attempt: Option<String>,
    /// Where the attempt stands.
    pub step: ConnectStep,
}

/// What *Disconnect* does with rules, replies and log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountData {
    /// Kept for 30 days: connecting again brings everything back.
    Keep,
    /// Deleted at once.
    Delete,
}

/// The live test: send a DM, see it arrive, see the answer go out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveTest {
    /// `Send a DM to @name now.`, `It arrived.`, …
    pub sentence: String,
    /// A DM came in after the test began.
    pub arrived: bool,
    /// The answer went out.
    pub answered: bool,
    /// Why it will not be answered, if that is known.
    pub obstacle: Option<String>,
}

/// One run of the token check over all accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRunView {
    /// `2026-11-22`, in UTC.
    pub day: String,
    /// 0 is the daily one; by hand it counts up.
    pub run: i64,
    /// Accounts to check.
    pub accounts: u64,
    /// Accounts checked.
    pub checked: u64,
    /// Checked and found broken.
    pub broken: u64,
    /// It should be finished by now and is not.
    pub overdue: bool,
}

/// The public page that tells a person what became of their request to delete their data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeletionPage {
    /// The code is one of ours; otherwise the page answers 404.
    pub found: bool,
    /// The heading.
    pub lead: String,
    /// What was deleted, when, and what was kept and why.
    pub sentences: Vec<String>,
}
