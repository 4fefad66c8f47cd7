//! What Facebook's refusals in the callback's address mean, whichever of the known forms they have.
//!
//! OAuth's `error`, with or without Facebook's `error_reason` and `error_code`; or `error_code` and `error_message` alone, when
//! the dialog itself could not be shown. Texts are anybody's: they are never kept. Source: Meta, "Manually Build a Login Flow"
//! (2026-03-10); RFC 6749 §4.1.2.1; reports of people who implement it.

use domain::views::ConnectProblemKind as Kind;

/// A refusal, without its texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LoginRefusal {
    /// `access_denied`.
    pub(super) error: Option<String>,
    /// `user_denied`.
    pub(super) reason: Option<String>,
    /// Facebook's number; 0 for one that is none.
    pub(super) code: Option<u64>,
}

impl LoginRefusal {
    /// Whether the address holds one at all.
    pub(super) const fn is_there(&self) -> bool {
        self.error.is_some() || self.reason.is_some() || self.code.is_some()
    }

    /// What to tell the person. The number is more precise than the word beside it.
    pub(super) fn kind(&self) -> Kind {
        self.code.and_then(kind_of_code).unwrap_or_else(|| self.kind_of_words())
    }

    fn kind_of_words(&self) -> Kind {
        match (self.error.as_deref(), self.reason.as_deref()) {
            (_, Some("user_denied")) | (Some("access_denied" | "user_denied"), _) => Kind::Denied,
            (Some("server_error" | "temporarily_unavailable"), _) => Kind::Unreachable,
            _ => Kind::LoginRefused,
        }
    }
}

const fn kind_of_code(code: u64) -> Option<Kind> {
    Some(match code {
        // In development mode, switched off, or not for this person.
        901 | 1_349_187 | 1_349_220 => Kind::AppUnavailable,
        101 => Kind::Misconfigured,
        // The address is not among the app's; a permission or parameter is not allowed.
        100 | 191 | 1_349_048 => Kind::LoginRefused,
        1 | 2 | 4 => Kind::Unreachable,
        200 => Kind::Denied,
        _ => return None,
    })
}
