//! The faults by name, and where each one naturally occurs.

use serde::{Deserialize, Serialize};

use super::edge::Edge;

/// In JSON: `{"kind": "token_expired"}`, parameters in the same object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FaultKind {
    /// 190/463.
    TokenExpired,
    /// 190 with 458, 459, 460, 464, 467 or 492; 0 means no subcode.
    TokenRevoked { subcode: u32 },
    /// 10: a permission was taken away.
    PermissionRemoved,
    /// 200: a permission was never given.
    PermissionMissing,
    /// 200/2534041: "Allow access to messages" is off in the Instagram app.
    MessagesAccessOff,
    /// 10/2534022.
    OutsideWindow,
    /// 551, or 10/2018108 with `no_messages`.
    RecipientUnavailable {
        #[serde(default)]
        no_messages: bool,
    },
    /// 613, 80002, 4 or 32, with usage headers.
    RateLimit {
        code: u32,
        #[serde(default = "ten")]
        regain_minutes: u32,
    },
    /// 500, 502, 503 … with a page instead of JSON, as a broken front server answers.
    ServerError { http_status: u16 },
    /// Code 1.
    UnknownError,
    /// Code 2, `is_transient`.
    ServiceUnavailable,
    /// 1/1357046: the message went out, the answer says error.
    AcceptedWithError,
    /// 368, or 10/1893063 with `restricted`.
    PolicyBlock {
        #[serde(default)]
        restricted: bool,
    },
    /// 100/2534037.
    NotThreadOwner,
    /// Any other row of Meta's table.
    Error {
        http_status: u16,
        code: u32,
        #[serde(default)]
        subcode: Option<u32>,
        #[serde(default)]
        is_transient: Option<bool>,
    },
    /// The answer is late; with `before` the message is accepted only after the wait.
    Slow {
        ms: u64,
        #[serde(default)]
        before: bool,
    },
    /// The connection drops, nothing was accepted.
    CutBefore,
    /// The connection drops, but the message was accepted.
    CutAfter,
    /// No webhooks for the Page until it is subscribed again.
    Unsubscribed,
}

const fn ten() -> u32 {
    10
}

impl FaultKind {
    /// The name used in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Self::TokenExpired => "token_expired",
            Self::TokenRevoked { .. } => "token_revoked",
            Self::PermissionRemoved => "permission_removed",
            Self::PermissionMissing => "permission_missing",
            Self::MessagesAccessOff => "messages_access_off",
            Self::OutsideWindow => "outside_window",
            Self::RecipientUnavailable { .. } => "recipient_unavailable",
            Self::RateLimit { .. } => "rate_limit",
            Self::ServerError { .. } => "server_error",
            Self::UnknownError => "unknown_error",
            Self::ServiceUnavailable => "service_unavailable",
            Self::AcceptedWithError => "accepted_with_error",
            Self::PolicyBlock { .. } => "policy_block",
            Self::NotThreadOwner => "not_thread_owner",
            Self::Error { .. } => "error",
            Self::Slow { .. } => "slow",
            Self::CutBefore => "cut_before",
            Self::CutAfter => "cut_after",
            Self::Unsubscribed => "unsubscribed",
        }
    }

    /// Where the fault shows when the order names no edge.
    pub fn occurs_on(&self, edge: Edge) -> bool {
        match self {
            Self::TokenExpired | Self::TokenRevoked { .. } => edge != Edge::AccessToken,
            Self::ServerError { .. } | Self::Slow { .. } => true,
            Self::PermissionRemoved | Self::PermissionMissing => {
                matches!(edge, Edge::Send | Edge::Conversations | Edge::DebugToken)
            }
            Self::MessagesAccessOff | Self::RateLimit { .. } => {
                matches!(edge, Edge::Send | Edge::Conversations)
            }
            Self::Unsubscribed => false,
            _ => edge == Edge::Send,
        }
    }
}
