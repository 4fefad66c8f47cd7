//! What needs the reader, most urgent first.

use domain::accounts::AccountStatus;
use domain::ids::AccountId;
use domain::views::{Attention, Forecast, NextStep, Place, Tone};

use crate::accounts::{AccountFacts, grouped};
use crate::identity::TenantTime;

/// Credits that last fewer days than this are worth a line.
const LOW_BELOW_DAYS: u32 = 3;

/// Accounts that cannot send, AI replies that cannot be written, customers who wait for a person, then credits that run low. `waiting` holds the account of each
/// conversation that a rule left to a person.
pub(super) fn list(
    accounts: &[AccountFacts],
    ai_trouble: Option<Attention>,
    waiting: &[AccountId],
    balance: i64,
    forecast: Option<&Forecast>,
    time: &TenantTime,
) -> Vec<Attention> {
    let broken = accounts.iter().filter_map(|facts| of_account(facts, time));
    let people = accounts.iter().filter_map(|facts| of_people(facts, waiting));
    broken
        .chain(ai_trouble)
        .chain(people)
        .chain(low_credits(balance, forecast))
        .collect()
}

fn of_account(facts: &AccountFacts, time: &TenantTime) -> Option<Attention> {
    let problem = facts.problem(time)?;
    let own_page = Place::Account { id: facts.id() };
    let (tone, what, label, place) = match facts.status() {
        AccountStatus::NeedsReconnect => (Tone::Bad, "cannot send", "Reconnect", Place::Connect),
        AccountStatus::NeedsAttention => (Tone::Warn, "cannot send", "Show how to fix it", own_page),
        AccountStatus::Paused { .. } => (Tone::Warn, "is paused", "See the account", own_page),
        AccountStatus::Connected => (Tone::Warn, "needs reconnecting soon", "Reconnect", Place::Connect),
        AccountStatus::Disconnected => return None,
    };
    Some(Attention {
        tone,
        subject: facts.username().to_owned(),
        what: what.into(),
        detail: problem.sentence,
        next_step: NextStep {
            label: label.into(),
            place,
        },
    })
}

fn of_people(facts: &AccountFacts, waiting: &[AccountId]) -> Option<Attention> {
    let what = match waiting.iter().filter(|account| **account == facts.id()).count() {
        0 => return None,
        1 => "has a customer who waits for a person".to_owned(),
        many => format!("has {many} customers who wait for a person"),
    };
    Some(Attention {
        tone: Tone::Warn,
        subject: facts.username().to_owned(),
        what,
        detail: "A rule left the conversation to you. Answer in Instagram; until then Concierge keeps quiet there."
            .into(),
        next_step: NextStep {
            label: "See the account".into(),
            place: Place::Account { id: facts.id() },
        },
    })
}

fn low_credits(balance: i64, forecast: Option<&Forecast>) -> Option<Attention> {
    let forecast = forecast.filter(|forecast| balance > 0 && forecast.days < LOW_BELOW_DAYS)?;
    let days = match forecast.days {
        0 => "less than a day".to_owned(),
        1 => "about 1 day".to_owned(),
        days => format!("about {days} days"),
    };
    Some(Attention {
        tone: Tone::Warn,
        subject: "Your reply credits".into(),
        what: format!("last {days}"),
        detail: format!(
            "{} left at {} replies a day. At zero, replies stop. Ask your operator for more.",
            grouped(balance),
            grouped(i64::from(forecast.per_day))
        ),
        next_step: NextStep {
            label: "See credits".into(),
            place: Place::Credits,
        },
    })
}
