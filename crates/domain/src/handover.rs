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
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::from_millis(1_800_000_000_000);

    fn later(hours: u64) -> Timestamp {
        NOON + Duration::from_secs(hours * 3_600)
    }

    #[test]
    fn a_persons_words_and_a_rule_quiet_until_somebody_resumes() {
        let nobody = Handover {
            quiet_hours: 12,
            ..Handover::default()
        };
        let wrote = Handover {
            person_wrote: Some(NOON),
            ..nobody
        };
        let left = Handover {
            left_to_person: Some(later(1)),
            ..nobody
        };
        let both = Handover {
            left_to_person: Some(later(1)),
            ..wrote
        };
        let resumed = |handover: Handover, hours| Handover {
            resumed: Some(later(hours)),
            ..handover
        };
        let with = |handover: Handover, quiet_hours| Handover {
            quiet_hours,
            ..handover
        };
        let rows = [
            (nobody, None),
            (wrote, Some(12)),
            (left, Some(13)),
            (both, Some(13)),
            (with(wrote, 1), Some(1)),
            (with(wrote, 0), None),
            (with(left, 0), Some(13)),
            (with(left, 2), Some(3)),
            (resumed(wrote, 0), None),
            (resumed(wrote, 1), None),
            (resumed(both, 0), Some(13)),
            (resumed(both, 1), None),
        ];
        for (handover, until) in rows {
            assert_eq!(handover.quiet_until(), until.map(later), "{handover:?}");
        }
        assert_eq!(both.last_with_person(), Some(later(1)));
        assert_eq!(resumed(wrote, 3).last_with_person(), Some(NOON));
    }

    #[test]
    fn a_week_is_the_longest() {
        assert_eq!(check_quiet_hours(0), Ok(0));
        assert_eq!(check_quiet_hours(168), Ok(168));
        let error = check_quiet_hours(169).expect_err("too long");
        assert_eq!(error.to_string(), "quiet_hours: Choose 0 to 168 hours (a week).");
    }
}
