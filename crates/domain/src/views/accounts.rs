//! The pages of Instagram accounts.

use serde::{Deserialize, Serialize};

use super::{ConnectionCheck, MessageRow, Moment, NextStep, Pill, QuietConversation, StatusSentence};
use crate::accounts::AccountStatus;
use crate::ai_fallback::AiFallback;
use crate::default_reply::DefaultReplyFrequency;
use crate::ids::AccountId;
use crate::rules::Response;

/// An account in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountBrief {
    /// Which one.
    pub id: AccountId,
    /// Without the @.
    pub username: String,
    /// The business's name.
    pub name: String,
    /// Two letters in place of a picture.
    pub monogram: String,
    /// How it stands.
    pub pill: Pill,
    /// When a reply was last sent.
    pub last_reply: Option<Moment>,
}

/// What keeps an account from answering, with the way out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The strong beginning: `Nothing can be sent.`
    pub lead: String,
    /// Cause and fix.
    pub sentence: String,
    /// Where to fix it, if not on this page.
    pub next_step: Option<NextStep>,
}

/// An account as a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountCard {
    /// Id, names, monogram, pill and last reply.
    pub brief: AccountBrief,
    /// Whether we can send through it.
    pub status: AccountStatus,
    /// Shown in a box when something is wrong.
    pub problem: Option<Problem>,
    /// The switch *Enabled*.
    pub enabled: bool,
    /// The switch *Auto-reply*.
    pub auto_reply: bool,
    /// `Good until 2 Jan 2027 (41 days)`.
    pub token: String,
    /// When a customer last wrote.
    pub last_dm: Option<Moment>,
    /// How long the last reply took, in milliseconds.
    pub last_reply_took_ms: Option<i64>,
    /// How many rules it has, switched off ones included.
    pub rules: u32,
    /// How many of them are on.
    #[serde(default)]
    pub rules_on: u32,
    /// Replies that wait for something.
    pub waiting: u32,
}

/// All accounts, broken ones first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountsPage {
    /// `4 connected: 2 need you, 1 is on, 1 is switched off.`
    pub summary: String,
    /// The cards.
    pub accounts: Vec<AccountCard>,
}

/// Which account this is on Meta's side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The Instagram professional account's id.
    pub instagram_id: String,
    /// The Facebook Page's id.
    pub page_id: String,
    /// Since when it is here.
    pub connected: Moment,
}

/// One account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountPage {
    /// Names, switches, problem.
    pub card: AccountCard,
    /// Opens the page.
    pub status: StatusSentence,
    /// What is sent when no rule matches.
    pub default_reply: Response,
    /// Goes back with an edit.
    pub default_version: i64,
    /// How often one customer gets it.
    #[serde(default)]
    pub default_frequency: DefaultReplyFrequency,
    /// Can it receive, can it send?
    pub connection: ConnectionCheck,
    /// Ids on Meta's side.
    pub identity: Identity,
    /// The newest messages.
    pub recent: Vec<MessageRow>,
    /// For how many hours Concierge keeps quiet after a person wrote; 0 is off.
    pub quiet_hours: u32,
    /// The conversations in which it keeps quiet now, those that wait for a person first.
    pub quiet: Vec<QuietConversation>,
    /// Whether AI replies remember the last turns of a conversation.
    pub ai_memory: bool,
    /// What happens when no answer of the AI may be sent.
    pub ai_fallback: AiFallback,
    /// That something else answers this account's customers too, and how to switch it off.
    #[serde(default)]
    pub automation: Option<String>,
}

/// Somebody changed the default reply while it was being edited. Both texts are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefaultReplyConflict {
    /// What is saved now.
    pub theirs: Response,
    /// Sent with "Save mine instead".
    pub current_version: i64,
    /// What was about to be saved.
    pub mine: Response,
    /// Who saved theirs, if a person did.
    pub changed_by: Option<String>,
    /// When.
    pub changed_at: Moment,
}
