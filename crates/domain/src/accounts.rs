//! Whether a connected account can be asked to send right now, and why not.

use serde::{Deserialize, Serialize};

use crate::names::named_enum;
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

named_enum! {
    /// The platform an account belongs to.
    pub enum ChannelKind {
        /// Instagram direct messages.
        Instagram = "instagram",
    }
}

named_enum! {
    /// An [`AccountStatus`] without the end of its pause: the column `accounts.status`.
    pub enum AccountStatusKind {
        /// Working.
        Connected = "connected",
        /// The token is dead.
        NeedsReconnect = "needs_reconnect",
        /// A permission or a setting on Meta's side is missing.
        NeedsAttention = "needs_attention",
        /// For a while.
        Paused = "paused",
        /// Ended.
        Disconnected = "disconnected",
    }
}

impl AccountStatus {
    /// The status that a row holds; `None` for a pause without its end, which the schema refuses.
    #[must_use]
    pub fn of_row(kind: AccountStatusKind, paused_until: Option<Timestamp>) -> Option<Self> {
        Some(match kind {
            AccountStatusKind::Connected => Self::Connected,
            AccountStatusKind::NeedsReconnect => Self::NeedsReconnect,
            AccountStatusKind::NeedsAttention => Self::NeedsAttention,
            AccountStatusKind::Paused => Self::Paused { until: paused_until? },
            AccountStatusKind::Disconnected => Self::Disconnected,
        })
    }

    /// Which status, without the end of a pause.
    #[must_use]
    pub const fn kind(self) -> AccountStatusKind {
        match self {
            Self::Connected => AccountStatusKind::Connected,
            Self::NeedsReconnect => AccountStatusKind::NeedsReconnect,
            Self::NeedsAttention => AccountStatusKind::NeedsAttention,
            Self::Paused { .. } => AccountStatusKind::Paused,
            Self::Disconnected => AccountStatusKind::Disconnected,
        }
    }
}

named_enum! {
    /// Why an account cannot send. The numbers are Meta's code and subcode.
    pub enum AccountCause {
        /// 190/463.
        TokenExpired = "token_expired",
        /// 190/460.
        PasswordChanged = "password_changed",
        /// 190/458.
        AppRemoved = "app_removed",
        /// 190/492.
        RoleLost = "role_lost",
        /// 190/459.
        Checkpoint = "checkpoint",
        /// 190/464.
        UserUnconfirmed = "user_unconfirmed",
        /// Any other 190, 102 or 2500.
        TokenInvalid = "token_invalid",
        /// Our own keys cannot open it.
        TokenUnreadable = "token_unreadable",
        /// 200/2534041.
        MessageAccessOff = "message_access_off",
        /// 10/2534077.
        LinkUnverified = "link_unverified",
        /// 100/33 about the Page.
        PageGone = "page_gone",
        /// 100/2534013.
        PageUnlinked = "page_unlinked",
        /// The Page names another Instagram account than ours.
        LinkChanged = "link_changed",
        /// `subscribed_apps` does not list us, and subscribing again did not help.
        NotSubscribed = "not_subscribed",
        /// The person who connected asked Meta to delete their data.
        DataDeleted = "data_deleted",
        /// 36103.
        NotEligible = "not_eligible",
        /// Any other missing permission.
        PermissionMissing = "permission_missing",
        /// A throttle.
        RateLimited = "rate_limited",
        /// 368 and its kind.
        PolicyBlock = "policy_block",
    }
}

impl AccountCause {
    /// What happened and what to do, for the admin.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::TokenExpired => "The connection has expired. Connect the account again.",
            Self::PasswordChanged => {
                "The Facebook password was changed, which ends the connection. Connect the account again."
            }
            Self::AppRemoved => "The app was removed in Facebook's settings. Connect the account again.",
            Self::RoleLost => {
                "The person who connected has no role on the Page any more. Somebody with a role must connect it again."
            }
            Self::Checkpoint => {
                "Facebook asks the person who connected to sign in at facebook.com first. Then connect the account again."
            }
            Self::UserUnconfirmed => {
                "The Facebook account of the person who connected is not confirmed. Confirm it, then connect again."
            }
            Self::TokenInvalid => "Meta no longer accepts the connection. Connect the account again.",
            Self::TokenUnreadable => {
                "The stored connection cannot be opened: its encryption key is missing. Your operator has to add the key, or connect the account again."
            }
            Self::MessageAccessOff => {
                "“Allow access to messages” is off in the Instagram app: Settings, Messages and story replies, Message controls, Connected tools."
            }
            Self::LinkUnverified => {
                "Meta cannot verify the link between the Instagram account, the Page and the person. Check two-factor authentication and the link in the Page's settings."
            }
            Self::PageGone => {
                "Meta does not find the Page, or it is closed to the person who connected. If it still exists, connect the account again."
            }
            Self::PageUnlinked => {
                "The Page is not linked to the Instagram account any more. Link them again in the Page's settings."
            }
            Self::LinkChanged => {
                "The Page is linked to another Instagram account now. Link it back in the Page's settings, or connect the account again through its present Page."
            }
            Self::NotSubscribed => {
                "Meta does not send us the messages of this Page, and subscribing again did not help. Connect the account again and leave every permission ticked."
            }
            Self::DataDeleted => {
                "The person who connected this account asked Meta to delete their data. Somebody with a role on the Page can connect it again."
            }
            Self::NotEligible => {
                "Instagram does not allow this account to use the API yet. It must be a professional account."
            }
            Self::PermissionMissing => {
                "Meta says a permission is missing. Connect the account again and leave every permission ticked."
            }
            Self::RateLimited => {
                "Instagram asked us to slow down. Replies go out by themselves when the pause is over."
            }
            Self::PolicyBlock => {
                "Meta blocked sending for this account. Read Meta's notice in the Page's support inbox."
            }
        }
    }

    /// Whether a check that finds nothing wrong proves that the cause is gone. The others show only when something is sent.
    #[must_use]
    pub const fn shows_in_a_check(self) -> bool {
        !matches!(
            self,
            Self::MessageAccessOff | Self::LinkUnverified | Self::NotEligible | Self::PermissionMissing
        )
    }
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
