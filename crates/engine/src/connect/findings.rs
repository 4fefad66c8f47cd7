//! What a check of a connection finds, and why a check ends without a finding.

use std::time::Duration;

use crate::accounts::{AccountCause, cause_of_dead_token, cause_of_permission};
use crate::channels::instagram::{Inspection, LinkedInstagram, Subscription};
use crate::channels::refusal::{RefusalClass, SendError};
use crate::identity::Actor;
use crate::storage::StorageError;

const RESUBSCRIBED: &str = "The connection was checked: Meta had stopped sending messages here. It sends them again; DMs meanwhile may have been missed. Look in Instagram.";

/// What a check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckResult {
    /// The connection works; this many waiting replies are due again.
    Working {
        /// Replies that go on.
        woken: u64,
    },
    /// It works again: Meta had stopped sending messages here, and sends them since this check.
    Resubscribed {
        /// Replies that go on.
        woken: u64,
    },
    /// It does not, and why.
    Broken(AccountCause),
}

impl CheckResult {
    /// What whoever asked for the check is told.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Working { woken: 0 } => "The connection works.",
            Self::Working { .. } => "The connection works. Replies that waited go out now.",
            Self::Resubscribed { .. } => RESUBSCRIBED,
            Self::Broken(cause) => cause.sentence(),
        }
    }

    pub(super) const fn told(self) -> &'static str {
        match self {
            Self::Working { .. } => "The connection was checked: it works.",
            Self::Resubscribed { .. } => "The connection was checked: a lost subscription was made again.",
            Self::Broken(_) => "The connection was checked: it does not work.",
        }
    }
}

/// A check could not be made.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// No such account of this tenant.
    #[error("there is no such account")]
    NotFound,
    /// The platform did not answer; nothing changed.
    #[error("the platform did not answer")]
    Unreachable,
    /// The platform answered with a refusal that says nothing about this account; nothing changed.
    #[error("the platform refused the check with code {code}")]
    Refused {
        /// Its code.
        code: i64,
    },
    /// The platform asks us to slow down; nothing changed.
    #[error("the platform asks us to slow down")]
    RateLimited {
        /// How long, if it said so.
        pause: Option<Duration>,
        /// The whole app, not one account.
        app_wide: bool,
    },
    /// The account was connected again or disconnected meanwhile: what was found is about a token that is gone.
    #[error("the connection changed meanwhile")]
    Changed,
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<SendError> for CheckError {
    fn from(error: SendError) -> Self {
        match error {
            SendError::Refused(refusal) => match refusal.class {
                RefusalClass::RateLimited { pause, app_wide } => Self::RateLimited { pause, app_wide },
                RefusalClass::Transient => Self::Unreachable,
                _ => Self::Refused { code: refusal.code },
            },
            SendError::NotSent | SendError::Unknown => Self::Unreachable,
        }
    }
}

/// Why it is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CheckTrigger {
    /// Somebody asked for it: they may have changed a setting that only sending can prove.
    ByHand(Actor),
    /// The daily run.
    Daily,
    /// Right after connecting: the Page is subscribed in any case.
    Connecting,
}

/// What was found, to be written down.
pub(super) struct Findings {
    pub(super) inspection: Option<Inspection>,
    pub(super) page: Option<(String, Option<LinkedInstagram>)>,
    pub(super) subscription: Option<Subscription>,
    /// It was lost, and this check made it again.
    pub(super) resubscribed: bool,
    pub(super) verdict: Verdict,
}

/// How the connection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Works,
    NeedsReconnect(AccountCause),
    NeedsAttention(AccountCause),
}

impl Findings {
    pub(super) fn dead(cause: AccountCause) -> Self {
        Self {
            inspection: None,
            page: None,
            subscription: None,
            resubscribed: false,
            verdict: Verdict::NeedsReconnect(cause),
        }
    }

    pub(super) const fn works(&self, woken: u64) -> CheckResult {
        if self.resubscribed {
            CheckResult::Resubscribed { woken }
        } else {
            CheckResult::Working { woken }
        }
    }

    /// The first problem stays: the later ones often follow from it.
    pub(super) fn attention(&mut self, cause: AccountCause) {
        if self.verdict == Verdict::Works {
            self.verdict = Verdict::NeedsAttention(cause);
        }
    }

    /// A refusal that is about the account is a finding; one that is about the moment ends the check.
    pub(super) fn asked<T>(&mut self, answer: Result<T, SendError>) -> Result<Option<T>, CheckError> {
        match answer {
            Ok(found) => Ok(Some(found)),
            Err(SendError::Refused(refusal)) if refusal.class == RefusalClass::PermissionMissing => {
                self.attention(cause_of_permission(refusal));
                Ok(None)
            }
            Err(SendError::Refused(refusal)) if refusal.class == RefusalClass::TokenDead => {
                self.verdict = Verdict::NeedsReconnect(cause_of_dead_token(refusal));
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }
}
