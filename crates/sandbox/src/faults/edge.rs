//! The Graph calls, by the name of their edge.

use serde::{Deserialize, Serialize};

/// The Graph calls a fault can be limited to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edge {
    Send,
    Conversations,
    DebugToken,
    SubscribedApps,
    /// `/oauth/access_token`.
    AccessToken,
    /// `/me/accounts`.
    Accounts,
    /// `/me/permissions`.
    Permissions,
    Profile,
    Page,
    All,
}
