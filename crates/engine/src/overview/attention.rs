//! What needs the reader, most urgent first.

use domain::accounts::AccountStatus;
use domain::ids::AccountId;
use domain::standing::{Shortage, grouped};
use domain::views::{Attention, NextStep, OutcomeFilter, Outlook, Place, Tone};

use super::silenced;
use super::sql::SilencedRow;
use crate::accounts::AccountFacts;
use crate::identity::TenantTime;
use crate::intents::PassedOver;

/// What the list is made from.
pub(super) struct Seen<'a> {
    pub(super) accounts: &'a [AccountFacts],
    /// Replies that a platform or the AI keeps waiting, and rules that are passed over.
    pub(super) troubles: Vec<Attention>,
    pub(super) silenced: &'a [SilencedRow],
    /// The account of each conversation that a rule left to a person.
    pub(super) waiting: &'a [AccountId],
    pub(super) balance: i64,
    pub(super) outlook: &'a Outlook,
    /// Replies of today.
    pub(super) used_today: u32,
}

/// Accounts that cannot send, those that were cut off, what hinders replies, credits that run low, then customers: those who wait for a person, those whose AI
/// reply was held back or has no approved text, those who were stopped, and those who were missed.
pub(super) fn list(seen: Seen<'_>, time: &TenantTime) -> Vec<Attention> {
    let accounts = seen.accounts;
    let broken = accounts.iter().filter_map(|facts| of_account(facts, time));
    let cut_off = accounts.iter().filter_map(|facts| of_lost_subscription(facts, time));
    let credits = low_credits(seen.balance, seen.outlook, seen.used_today);
    let people = accounts.iter().filter_map(|facts| of_people(facts, seen.waiting));
    let held = accounts.iter().filter_map(|facts| silenced::held(facts, seen.silenced));
    let without_text = accounts
        .iter()
        .filter_map(|facts| silenced::without_text(facts, seen.silenced));
    let stopped = accounts
        .iter()
        .filter_map(|facts| silenced::stopped(facts, seen.silenced));
    // While there are none, the page says so above everything else.
    let has_credits = seen.balance > 0;
    let missed = accounts.iter().filter(|_| has_credits);
    let missed = missed.filter_map(|facts| silenced::without_credits(facts, seen.silenced));
    broken
        .chain(cut_off)
        .chain(seen.troubles)
        .chain(credits)
        .chain(people)
        .chain(held)
        .chain(without_text)
        .chain(stopped)
        .chain(missed)
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
                reason: None,
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

/// Works again, but nobody answers what came in meanwhile.
fn of_lost_subscription(facts: &AccountFacts, time: &TenantTime) -> Option<Attention> {
    let lost = facts.lost_subscription(time)?;
    Some(Attention {
        tone: Tone::Warn,
        subject: facts.username().to_owned(),
        what: format!("was cut off from Meta until {}", time.moment(lost.until).short),
        detail: format!(
            "Meta had stopped sending its messages here, at some time after {}. DMs of that time did not reach Concierge and get no \
             reply. Look in Instagram.",
            time.moment(lost.after).short
        ),
        next_step: NextStep {
            label: "See the account".into(),
            place: Place::Account { id: facts.id() },
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
            label: "See who".into(),
            place: Place::People { id: facts.id() },
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

/// Rules that listen for an intent, on a server that has no model for them.
pub(super) fn of_intents(rules: PassedOver) -> Attention {
    Attention {
        tone: Tone::Warn,
        subject: "Intents".into(),
        what: format!("are not read: {}", rules.what()),
        detail: sentence(rules.why()),
        next_step: NextStep {
            label: "See Health".into(),
            place: Place::Health,
        },
    }
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn low_credits(balance: i64, outlook: &Outlook, used_today: u32) -> Option<Attention> {
    let shortage = Shortage::of(balance, outlook, used_today)?;
    Some(Attention {
        tone: Tone::Warn,
        subject: "Your reply credits".into(),
        what: shortage.what(),
        detail: format!(
            "{} left{}. At zero, replies stop. Ask your operator for more.",
            grouped(balance),
            shortage.pace()
        ),
        next_step: NextStep {
            label: "See credits".into(),
            place: Place::Credits,
        },
    })
}
