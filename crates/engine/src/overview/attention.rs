//! What needs the reader, most urgent first.

use domain::accounts::AccountStatus;
use domain::decide::ReplyLimits;
use domain::ids::AccountId;
use domain::standing::grouped;
use domain::views::{Attention, NextStep, OutcomeFilter, Outlook, Place, Tone};

use super::sql::StoppedRow;
use crate::accounts::AccountFacts;
use crate::identity::TenantTime;

/// Credits that last fewer days than this are worth a line.
const LOW_BELOW_DAYS: u32 = 3;

/// Without a pace to go by, credits are low from here on.
const LOW_BELOW: i64 = 10;

/// Accounts that cannot send, replies that a platform or the AI keeps waiting (`troubles`), conversations that were stopped, customers who wait for a person, then
/// credits that run low. `waiting` holds the account of each conversation that a rule left to a person.
pub(super) fn list(
    accounts: &[AccountFacts],
    troubles: impl Iterator<Item = Attention>,
    stopped: &[StoppedRow],
    waiting: &[AccountId],
    balance: i64,
    outlook: &Outlook,
    time: &TenantTime,
) -> Vec<Attention> {
    let broken = accounts.iter().filter_map(|facts| of_account(facts, time));
    let people = accounts.iter().filter_map(|facts| of_people(facts, waiting));
    let loops = accounts.iter().filter_map(|facts| of_stopped(facts, stopped));
    broken
        .chain(troubles)
        .chain(loops)
        .chain(people)
        .chain(low_credits(balance, outlook))
        .collect()
}

/// Replies that wait because the platform does not answer.
pub(super) fn of_platform(waiting: u64) -> Option<Attention> {
    (waiting > 0).then(|| Attention {
        tone: Tone::Warn,
        subject: "Replies".into(),
        what: format!("wait because Meta does not answer: {waiting} so far"),
        detail: "They go out by themselves when Meta answers again. New messages are taken meanwhile.".into(),
        next_step: NextStep {
            label: "See the messages".into(),
            place: Place::Messages {
                account: None,
                outcome: OutcomeFilter::Waiting,
            },
        },
    })
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
        detail: "A rule left the conversation to you. Answer in Instagram; Concierge keeps quiet there meanwhile, at most for the quiet hours."
            .into(),
        next_step: NextStep {
            label: "See the account".into(),
            place: Place::Account { id: facts.id() },
        },
    })
}

fn of_stopped(facts: &AccountFacts, stopped: &[StoppedRow]) -> Option<Attention> {
    let row = stopped.iter().find(|row| row.account_id == facts.id())?;
    let what = match row.conversations {
        1 => "stopped answering one customer".to_owned(),
        many => format!("stopped answering {} customers", grouped(many)),
    };
    let messages = match row.messages {
        1 => "1 DM".to_owned(),
        many => format!("{} DMs", grouped(many)),
    };
    Some(Attention {
        tone: Tone::Warn,
        subject: facts.username().to_owned(),
        what,
        detail: format!(
            "{messages} in the last 24 hours got no reply: too many automatic replies in one conversation. Two bots may be answering \
             each other, so one customer gets {} at most. It goes on by itself as soon as there were fewer. Look in Instagram.",
            ReplyLimits::default().in_words()
        ),
        next_step: NextStep {
            label: "See the messages".into(),
            place: Place::Messages {
                account: Some(facts.id()),
                outcome: OutcomeFilter::Skipped,
            },
        },
    })
}

/// A receiver of webhooks that was switched off: host, and why.
pub(super) fn of_webhooks((host, why): (String, &'static str)) -> Attention {
    Attention {
        tone: Tone::Warn,
        subject: host,
        what: "gets no webhooks any more".into(),
        detail: why.into(),
        next_step: NextStep {
            label: "See webhooks".into(),
            place: Place::Webhooks,
        },
    }
}

fn low_credits(balance: i64, outlook: &Outlook) -> Option<Attention> {
    let (what, at) = match outlook {
        _ if balance <= 0 => return None,
        Outlook::Lasts(forecast) if forecast.days < LOW_BELOW_DAYS => {
            let days = match forecast.days {
                0 => "less than a day".to_owned(),
                1 => "about 1 day".to_owned(),
                days => format!("about {days} days"),
            };
            let pace = format!(" at {} replies a day", grouped(i64::from(forecast.per_day)));
            (format!("last {days}"), pace)
        }
        Outlook::TooEarly if balance <= LOW_BELOW => ("run low".to_owned(), String::new()),
        Outlook::Lasts(_) | Outlook::TooEarly | Outlook::Unused => return None,
    };
    Some(Attention {
        tone: Tone::Warn,
        subject: "Your reply credits".into(),
        what,
        detail: format!(
            "{} left{at}. At zero, replies stop. Ask your operator for more.",
            grouped(balance)
        ),
        next_step: NextStep {
            label: "See credits".into(),
            place: Place::Credits,
        },
    })
}
