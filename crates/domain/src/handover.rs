//! When a conversation is with a person, and how long Concierge keeps quiet in it.
//!
//! A person takes a conversation by writing in it, or a rule leaves it to one. Either ends after the account's quiet hours or
//! when an admin resumes automatic replies. Reactions and our own replies change nothing.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::limits::{FieldError, LimitError, MAX_QUIET_HOURS};
use crate::time::Timestamp;

/// How long Concierge keeps quiet after a person wrote, unless the account says otherwise.
pub const DEFAULT_QUIET_HOURS: u32 = 12;

/// What is known about a conversation and people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// When a person of the business last wrote.
    pub person_wrote: Option<Timestamp>,
    /// When a rule last left it to a person.
    pub left_to_person: Option<Timestamp>,
    /// When an admin last resumed automatic replies.
    pub resumed: Option<Timestamp>,
    /// The account's quiet hours; 0 means that a person's words quiet nothing.
    pub quiet_hours: u32,
}

impl Handover {
    /// Until when Concierge keeps quiet, past moments included.
    #[must_use]
    pub fn quiet_until(&self) -> Option<Timestamp> {
        // Who asked for a person gets one, also where people and replies otherwise mix.
        let left_for = match self.quiet_hours {
            0 => DEFAULT_QUIET_HOURS,
            hours => hours,
        };
        let wrote = self.counts(self.person_wrote).filter(|_| self.quiet_hours > 0);
        let until = |at: Timestamp, hours: u32| at + Duration::from_secs(u64::from(hours) * 60 * 60);
        let wrote = wrote.map(|at| until(at, self.quiet_hours));
        wrote.max(self.counts(self.left_to_person).map(|at| until(at, left_for)))
    }

    /// When it was last with a person.
    #[must_use]
    pub fn last_with_person(&self) -> Option<Timestamp> {
        self.person_wrote.max(self.left_to_person)
    }

    fn counts(&self, at: Option<Timestamp>) -> Option<Timestamp> {
        at.filter(|at| self.resumed.is_none_or(|resumed| *at > resumed))
    }
}

/// Whether an account may have these quiet hours.
///
/// # Errors
/// More than [`MAX_QUIET_HOURS`], under `quiet_hours`.
pub fn check_quiet_hours(hours: u32) -> Result<u32, FieldError> {
    if hours > MAX_QUIET_HOURS {
        Err(FieldError::new("quiet_hours", &LimitError::QuietHours))
    } else {
        Ok(hours)
    }
}

#[cfg(test)]
mod tests;
