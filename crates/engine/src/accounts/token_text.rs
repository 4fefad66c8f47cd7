//! How long a token is good, in words.

use std::time::Duration;

use domain::accounts::AccountStatus;
use domain::time::Timestamp;
use domain::views::Tone;

use super::AccountFacts;
use crate::identity::TenantTime;

const DAY_MS: u128 = 24 * 60 * 60 * 1_000;
/// The daily job renews tokens within 7 days; one that is still this close could not be renewed.
const SOON: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// The second warning about data access.
const VERY_SOON: Duration = Duration::from_secs(3 * 24 * 60 * 60);

/// Tone and sentence about the token.
pub(super) fn token(facts: &AccountFacts, time: &TenantTime) -> (Tone, String) {
    if facts.status == AccountStatus::Disconnected {
        return (Tone::Idle, "Deleted when the account was disconnected".into());
    }
    if facts.status == AccountStatus::NeedsReconnect {
        let since = time.moment(facts.row.status_since);
        return (Tone::Bad, format!("Not valid since {}", since.short));
    }
    let Some(expires) = facts.row.token_expires_at else {
        return match facts.row.token_checked_at {
            Some(_) => (Tone::Ok, "Good, without an end date".into()),
            None => (Tone::Idle, "Not checked yet".into()),
        };
    };
    let date = time.date(expires).strftime("%-d %b %Y");
    if expires <= time.now() {
        return (Tone::Bad, format!("Ended on {date}"));
    }
    let tone = if expires < time.now() + SOON {
        Tone::Warn
    } else {
        Tone::Ok
    };
    (tone, format!("Good until {date} ({})", days_until(expires, time)))
}

/// What to do about a token that ends within days and could not be renewed.
pub(super) fn ends_soon(facts: &AccountFacts, time: &TenantTime) -> Option<String> {
    let expires = facts.row.token_expires_at?;
    let soon = facts.row.token_checked_at.is_some() && expires < time.now() + SOON;
    soon.then(|| {
        let date = time.date(expires).strftime("%-d %b %Y");
        format!("It could not be renewed and ends on {date}. Connect the account again before then; nothing is lost.")
    })
}

/// Data access that ends within days, in words.
pub(super) fn data_access_ends_soon(facts: &AccountFacts, time: &TenantTime) -> Option<String> {
    data_access(facts, time).map(|(_, warning)| warning)
}

/// `Token good for 41 days.`, when there is an end and it lies ahead.
pub(super) fn token_in_status(facts: &AccountFacts, time: &TenantTime) -> Option<String> {
    let expires = facts.row.token_expires_at?;
    let good = expires > time.now() && facts.status != AccountStatus::NeedsReconnect;
    good.then(|| format!("Token good for {}.", days_until(expires, time)))
}

/// A warning when Meta will soon stop sharing data with us: 14 days before, and louder from 3 days before.
pub(super) fn data_access(facts: &AccountFacts, time: &TenantTime) -> Option<(Tone, String)> {
    let expires = facts.row.data_access_expires_at.filter(|at| at.as_millis() > 0)?;
    if expires >= time.now() + SOON * 2 {
        return None;
    }
    let date = time.date(expires).strftime("%-d %b %Y").to_string();
    let sentence = if expires <= time.now() {
        format!("Meta stopped sharing this account's data on {date}. Connect it again.")
    } else {
        format!("Meta stops sharing this account's data on {date}. Connect it again before then.")
    };
    let tone = if expires < time.now() + VERY_SOON {
        Tone::Bad
    } else {
        Tone::Warn
    };
    Some((tone, sentence))
}

fn days_until(at: Timestamp, time: &TenantTime) -> String {
    match at.since(time.now()).as_millis() / DAY_MS {
        0 => "less than a day".into(),
        1 => "1 day".into(),
        days => format!("{days} days"),
    }
}
