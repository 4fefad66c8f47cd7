//! Credits in words. How long they last is said from a week of use on: a day or two say nothing about the next ones.

use crate::views::{Outlook, Tone};

/// Credits that last fewer days than this worry somebody.
const LOW_BELOW_DAYS: u32 = 3;

/// Without a pace to go by, credits are low from here on.
const LOW_BELOW: i64 = 20;

/// `312 credits.`
#[must_use]
pub fn credits_left(balance: i64) -> String {
    match balance {
        1 => "1 credit.".into(),
        many => format!("{} credits.", grouped(many)),
    }
}

/// Below the balance in the rail: what the balance means, if anything can be said.
#[must_use]
pub fn credits_note(balance: i64, outlook: &Outlook) -> Option<(Tone, String)> {
    Some(match (balance, outlook) {
        (..=0, _) => (Tone::Bad, "Replies have stopped".into()),
        (_, Outlook::Unused | Outlook::TooEarly) => return None,
        (_, Outlook::Lasts(forecast)) => match forecast.days {
            0 => (Tone::Warn, "less than a day left".into()),
            1 => (Tone::Warn, "about 1 day left".into()),
            days => (Tone::Idle, format!("about {} days left", grouped(i64::from(days)))),
        },
    })
}

/// Why the balance worries somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortage {
    /// At the pace of the last week it lasts for so many days.
    Days {
        /// Less than three.
        days: u32,
        /// Replies a day.
        per_day: u32,
    },
    /// It is less than what today took already.
    Today {
        /// Replies of today.
        used: u32,
    },
    /// Without a pace to go by, it is small.
    Few,
}

impl Shortage {
    /// None while there is enough, and at zero, which is no shortage any more.
    #[must_use]
    pub fn of(balance: i64, outlook: &Outlook, used_today: u32) -> Option<Self> {
        match outlook {
            _ if balance <= 0 => None,
            Outlook::Lasts(forecast) if forecast.days < LOW_BELOW_DAYS => Some(Self::Days {
                days: forecast.days,
                per_day: forecast.per_day,
            }),
            _ if balance < i64::from(used_today) => Some(Self::Today { used: used_today }),
            Outlook::TooEarly if balance <= LOW_BELOW => Some(Self::Few),
            Outlook::Lasts(_) | Outlook::TooEarly | Outlook::Unused => None,
        }
    }
}

impl Shortage {
    /// After `Your reply credits`: `last about 2 days`.
    #[must_use]
    pub fn what(&self) -> String {
        match self {
            Self::Days { days: 0, .. } => "last less than a day".to_owned(),
            Self::Days { days: 1, .. } => "last about 1 day".to_owned(),
            Self::Days { days, .. } => format!("last about {days} days"),
            Self::Today { .. } => "last less than another day like today".to_owned(),
            Self::Few => "run low".to_owned(),
        }
    }

    /// After `31 left`: ` at 40 replies a day`.
    #[must_use]
    pub fn pace(&self) -> String {
        match self {
            Self::Days { per_day, .. } => format!(" at {} replies a day", grouped(i64::from(*per_day))),
            Self::Today { used } => format!(", {} used today", grouped(i64::from(*used))),
            Self::Few => String::new(),
        }
    }
}

/// 1040 → "1,040"; −1040 → "−1,040".
#[must_use]
pub fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "−" } else { "" });
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
