//! One account: what its connection proved, and what the switches and the balance make of it.

use crate::accounts::AccountStatus;
use crate::time::Timestamp;
use crate::views::{Pill, Tone};

/// What is known about an account. The times are those of the evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenAccount {
    /// Without the @.
    pub username: String,
    /// Whether we can send.
    pub status: AccountStatus,
    /// The switch *Enabled*.
    pub enabled: bool,
    /// The switch *Auto-reply*.
    pub auto_reply: bool,
    /// Credits of the workspace.
    pub balance: i64,
    /// When a customer last wrote.
    pub last_dm: Option<Timestamp>,
    /// When a reply was last sent.
    pub last_reply: Option<Timestamp>,
    /// The connection works, and ends within days.
    pub ends_soon: bool,
    /// Replies wait because Meta does not answer.
    pub is_unanswered: bool,
}

/// What the connection is known to do, whatever the switches say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConnectionState {
    /// Only connecting again helps.
    NeedsReconnect,
    /// Something is missing on Meta's side.
    NeedsAttention,
    /// For a while.
    Paused,
    /// Meta does not answer, and replies wait.
    Unanswered,
    /// It works, and ends within days.
    EndsSoon,
    /// Nothing has arrived yet.
    NoDmYet,
    /// A DM arrived, and no reply was sent yet.
    NoReplyYet,
    /// A DM arrived and a reply was sent.
    Proven,
    /// Ended by the admin, or by Meta for them.
    Disconnected,
}

/// What an account does for customers who write now; the worst that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It cannot send.
    Broken(ConnectionState),
    /// It could send, and there is nothing to pay with.
    NoCredits,
    /// It answers, and its connection ends within days.
    EndsSoon,
    /// It would answer; nothing has arrived yet.
    NoDmYet,
    /// It would answer; it has not sent a reply yet.
    NoReplyYet,
    /// It answers, and did so before.
    Answering,
    /// The switch *Enabled* is off.
    SwitchedOff,
    /// The switch *Auto-reply* is off.
    AutoReplyOff,
    /// It is not connected.
    Disconnected,
}

impl SeenAccount {
    /// What the connection is known to do.
    #[must_use]
    pub const fn connection(&self) -> ConnectionState {
        match self.status {
            AccountStatus::NeedsReconnect => ConnectionState::NeedsReconnect,
            AccountStatus::NeedsAttention => ConnectionState::NeedsAttention,
            AccountStatus::Paused { .. } => ConnectionState::Paused,
            AccountStatus::Disconnected => ConnectionState::Disconnected,
            AccountStatus::Connected if self.is_unanswered => ConnectionState::Unanswered,
            AccountStatus::Connected if self.ends_soon => ConnectionState::EndsSoon,
            AccountStatus::Connected => self.proof(),
        }
    }

    const fn proof(&self) -> ConnectionState {
        match (self.last_dm, self.last_reply) {
            (_, Some(_)) => ConnectionState::Proven,
            (Some(_), None) => ConnectionState::NoReplyYet,
            (None, None) => ConnectionState::NoDmYet,
        }
    }

    /// It cannot send, or will not for long.
    #[must_use]
    pub const fn needs_somebody(&self) -> bool {
        let state = self.connection();
        state.is_broken() || matches!(state, ConnectionState::EndsSoon)
    }

    /// What it does for customers who write now.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        match self.connection() {
            ConnectionState::Disconnected => Standing::Disconnected,
            state @ (ConnectionState::NeedsReconnect
            | ConnectionState::NeedsAttention
            | ConnectionState::Paused
            | ConnectionState::Unanswered) => Standing::Broken(state),
            _ if !self.enabled => Standing::SwitchedOff,
            _ if !self.auto_reply => Standing::AutoReplyOff,
            _ if self.balance <= 0 => Standing::NoCredits,
            ConnectionState::EndsSoon => Standing::EndsSoon,
            ConnectionState::NoDmYet => Standing::NoDmYet,
            ConnectionState::NoReplyYet => Standing::NoReplyYet,
            ConnectionState::Proven => Standing::Answering,
        }
    }
}

impl ConnectionState {
    /// In one or two words, for the page *Health*.
    #[must_use]
    pub fn pill(self) -> Pill {
        let (tone, label) = match self {
            Self::NeedsReconnect => (Tone::Bad, "Needs reconnecting"),
            Self::NeedsAttention => (Tone::Warn, "Needs attention"),
            Self::Paused => (Tone::Warn, "Paused"),
            Self::Unanswered => (Tone::Warn, "Meta does not answer"),
            Self::EndsSoon => (Tone::Warn, "Ends soon"),
            Self::NoDmYet => (Tone::Info, "Waits for a DM"),
            Self::NoReplyYet => (Tone::Info, "No reply yet"),
            Self::Proven => (Tone::Ok, "Works"),
            Self::Disconnected => (Tone::Idle, "Disconnected"),
        };
        pill(tone, label)
    }

    /// It cannot send until somebody acts, a pause ends or Meta answers.
    #[must_use]
    pub const fn is_broken(self) -> bool {
        matches!(
            self,
            Self::NeedsReconnect | Self::NeedsAttention | Self::Paused | Self::Unanswered
        )
    }
}

impl Standing {
    /// In one or two words.
    #[must_use]
    pub fn pill(self) -> Pill {
        match self {
            Self::Broken(state) => state.pill(),
            Self::NoCredits => pill(Tone::Bad, "No credits"),
            Self::EndsSoon => ConnectionState::EndsSoon.pill(),
            Self::NoDmYet => ConnectionState::NoDmYet.pill(),
            Self::NoReplyYet => ConnectionState::NoReplyYet.pill(),
            Self::Answering => pill(Tone::Ok, "On"),
            Self::SwitchedOff => pill(Tone::Idle, "Switched off"),
            Self::AutoReplyOff => pill(Tone::Idle, "Auto-reply off"),
            Self::Disconnected => ConnectionState::Disconnected.pill(),
        }
    }

    /// A customer who writes now gets a reply, as far as anybody can know.
    #[must_use]
    pub const fn answers(self) -> bool {
        matches!(
            self,
            Self::EndsSoon | Self::NoDmYet | Self::NoReplyYet | Self::Answering
        )
    }

    /// It would answer, and has not done so yet.
    #[must_use]
    pub const fn is_untried(self) -> bool {
        matches!(self, Self::NoDmYet | Self::NoReplyYet)
    }

    /// The strong beginning of the account's page: `On.`
    #[must_use]
    pub fn lead(self) -> String {
        match self {
            Self::NoCredits => "Off: no credits.".into(),
            Self::NoDmYet | Self::NoReplyYet => "Ready.".into(),
            Self::EndsSoon => "On, but not for long.".into(),
            _ => format!("{}.", self.pill().label),
        }
    }

    /// What the account waits for to be proven: `It waits for its first DM.`
    #[must_use]
    pub const fn waits_for(self) -> Option<&'static str> {
        match self {
            Self::NoDmYet => Some("It waits for its first DM."),
            Self::NoReplyYet => Some("It has not sent a reply yet."),
            _ => None,
        }
    }
}

fn pill(tone: Tone, label: &str) -> Pill {
    Pill {
        tone,
        label: label.into(),
    }
}
