//! The state of a check as pages show it.

use domain::persona::SafetyStatus;
use domain::time::Timestamp;

/// What is stored about a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CheckState {
    pub(crate) status: SafetyStatus,
    /// Until when an approval by an earlier policy holds.
    pub(crate) valid_until: Option<Timestamp>,
}

impl CheckState {
    /// What a page says about a text. Without an AI nobody checks: what has no verdict is a draft.
    pub(crate) fn shown(state: Option<Self>, now: Timestamp, ai_available: bool) -> SafetyStatus {
        let status = match state {
            None => SafetyStatus::Pending,
            Some(state)
                if state.status == SafetyStatus::Approved && state.valid_until.is_some_and(|end| end <= now) =>
            {
                SafetyStatus::Unchecked
            }
            Some(state) => state.status,
        };
        match status {
            SafetyStatus::Pending | SafetyStatus::Unchecked if !ai_available => SafetyStatus::Draft,
            status => status,
        }
    }
}
