//! What "no" means: every error of a platform becomes one of these classes (docs/meta-errors.md).

use std::time::Duration;

/// What to do about a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalClass {
    /// Try again later; the outcome of a send is unknown.
    Transient,
    /// Refused as a whole, yet the messages were sent.
    PresumedSent,
    /// Stop for a while, then try again.
    RateLimited {
        /// How long, if the platform said so.
        pause: Option<Duration>,
        /// The whole app is over its limit, not only the account.
        app_wide: bool,
    },
    /// The token is dead: the admin must connect again.
    TokenDead,
    /// A permission or setting is missing.
    PermissionMissing,
    /// The messaging window is over.
    OutsideWindow,
    /// This customer cannot receive messages.
    RecipientUnavailable,
    /// The Page or the customer does not exist: the platform does not say which.
    PageOrRecipientMissing,
    /// Refused for good.
    BadRequest,
    /// Another app owns the conversation.
    NotThreadOwner,
    /// The platform blocks the account for its conduct.
    PolicyBlock,
    /// The platform refuses this deployment: its app id, its secret or the API's version. No reply and no account is to blame.
    Deployment,
}

impl RefusalClass {
    /// The label of the metric.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Transient => "transient",
            Self::PresumedSent => "presumed_sent",
            Self::RateLimited { .. } => "rate_limited",
            Self::TokenDead => "token_dead",
            Self::PermissionMissing => "permission_missing",
            Self::OutsideWindow => "outside_window",
            Self::RecipientUnavailable => "recipient_unavailable",
            Self::PageOrRecipientMissing => "page_or_recipient_missing",
            Self::BadRequest => "bad_request",
            Self::NotThreadOwner => "not_thread_owner",
            Self::PolicyBlock => "policy_block",
            Self::Deployment => "deployment",
        }
    }
}

/// A platform's "no", without its texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// What to do about it.
    pub class: RefusalClass,
    /// The platform's code, 0 when there was none.
    pub code: i64,
    /// The platform's subcode, 0 when there was none.
    pub subcode: i64,
}

impl Refusal {
    /// Asked at another moment, the platform may answer otherwise.
    #[must_use]
    pub const fn is_of_the_moment(&self) -> bool {
        matches!(self.class, RefusalClass::Transient | RefusalClass::RateLimited { .. })
    }

    /// A wrong parameter, proof or path: the platform does not say which.
    #[must_use]
    pub const fn names_nothing(&self) -> bool {
        matches!((self.code, self.subcode), (100, 0) | (2500, _)) && !self.is_of_the_moment()
    }
}

/// A call to a platform that did not succeed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SendError {
    /// The platform answered "no".
    #[error("the platform refused with code {}, subcode {}", .0.code, .0.subcode)]
    Refused(Refusal),
    /// The request certainly never arrived: name resolution, connection, TLS, or turned away by something in between.
    #[error("the platform could not be reached")]
    NotSent,
    /// The request may have arrived: timeout, dropped connection, 5xx, an answer we cannot read.
    #[error("the platform did not confirm")]
    Unknown,
}

impl SendError {
    /// The label of the metric.
    #[must_use]
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.class.label(),
            Self::NotSent => "unreachable",
            Self::Unknown => "unknown",
        }
    }
}
