//! What a connected account can be asked to do right now.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// Whether we can send through the account, and if not, what is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum AccountStatus {
    /// Working.
    Connected,
    /// The token is dead; only the admin can connect again.
    NeedsReconnect,
    /// A permission or a setting on Meta's side is missing.
    NeedsAttention,
    /// Meta blocked sending, or asked us to slow down, for a while.
    Paused {
        /// When sending may be tried again.
        until: Timestamp,
    },
    /// The admin, or Meta on the customer's behalf, ended the connection.
    Disconnected,
}

/// An account's state and its two switches, as the decision reads them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AccountFacts {
    /// Can we send?
    pub status: AccountStatus,
    /// The switch *Enabled*.
    pub enabled: bool,
    /// The switch *Auto-Reply Enabled*.
    pub auto_reply: bool,
}
