//! Customers who got no reply although everything works: lines for *Needs you*, by account and reason.

use domain::reasons::Reason;
use domain::standing::grouped;
use domain::views::{Attention, NextStep, OutcomeFilter, Place, Tone};

use super::sql::SilencedRow;
use crate::accounts::AccountFacts;

/// What the AI wrote for these was held back by the checks.
pub(super) fn held(facts: &AccountFacts, rows: &[SilencedRow]) -> Option<Attention> {
    let row = find(facts, rows, Reason::AiHeld)?;
    let what = match row.messages {
        1 => "held back an AI reply".to_owned(),
        many => format!("held back {} AI replies", grouped(many)),
    };
    let detail = format!(
        "{} got nothing instead in the last 24 hours. Answer in Instagram, and see in the log what the reply lacked. What customers get \
         instead is chosen on the account's page.",
        customers(row.conversations)
    );
    Some(line(facts, Reason::AiHeld, what, detail))
}

/// A rule or the default reply is by AI, and no text of it may be used: one line for the reason that most DMs met.
pub(super) fn without_text(facts: &AccountFacts, rows: &[SilencedRow]) -> Option<Attention> {
    let reasons = [Reason::PromptNotApproved, Reason::PersonaNotApproved, Reason::AiOff];
    let found = reasons.iter().filter_map(|reason| find(facts, rows, *reason));
    let row = found.max_by_key(|row| row.messages)?;
    let why = match row.reason {
        Reason::PersonaNotApproved => {
            "No version of the persona is approved. See its check, or make the replies canned."
        }
        Reason::AiOff => {
            "Their reply needs AI, and AI is off on this server. Make the reply canned, or ask your operator."
        }
        _ => "The prompt of the reply is not approved. See its check at the rules, or make the reply canned.",
    };
    let what = match row.conversations {
        1 => "has no AI reply for one customer".to_owned(),
        many => format!("has no AI reply for {} customers", grouped(many)),
    };
    let detail = format!("{} in the last 24 hours got no reply. {why}", messages(row.messages));
    Some(line(facts, row.reason, what, detail))
}

/// Two bots may be answering each other.
pub(super) fn stopped(facts: &AccountFacts, rows: &[SilencedRow]) -> Option<Attention> {
    let row = find(facts, rows, Reason::ConversationLimit)?;
    let what = match row.conversations {
        1 => "stopped answering one customer".to_owned(),
        many => format!("stopped answering {} customers", grouped(many)),
    };
    let detail = format!(
        "{} in the last 24 hours got no reply: too many automatic replies in one conversation. Two bots may be answering each other. It \
         goes on by itself as soon as there were fewer. Look in Instagram.",
        messages(row.messages)
    );
    Some(line(facts, Reason::ConversationLimit, what, detail))
}

/// They wrote while there were no credits, and stay unanswered now that there are some.
pub(super) fn without_credits(facts: &AccountFacts, rows: &[SilencedRow]) -> Option<Attention> {
    let row = find(facts, rows, Reason::NoCredits)?;
    let what = match row.conversations {
        1 => "missed one customer while there were no credits".to_owned(),
        many => format!("missed {} customers while there were no credits", grouped(many)),
    };
    let detail = format!(
        "{} in the last 24 hours got no reply, and get none later. Write to them in Instagram.",
        messages(row.messages)
    );
    Some(line(facts, Reason::NoCredits, what, detail))
}

fn find<'a>(facts: &AccountFacts, rows: &'a [SilencedRow], reason: Reason) -> Option<&'a SilencedRow> {
    let mut rows = rows.iter().filter(|row| row.reason == reason);
    rows.find(|row| row.account_id == facts.id())
}

fn customers(count: i64) -> String {
    match count {
        1 => "One customer".to_owned(),
        many => format!("{} customers", grouped(many)),
    }
}

fn messages(count: i64) -> String {
    match count {
        1 => "1 DM".to_owned(),
        many => format!("{} DMs", grouped(many)),
    }
}

fn line(facts: &AccountFacts, reason: Reason, what: String, detail: String) -> Attention {
    Attention {
        tone: Tone::Warn,
        subject: facts.username().to_owned(),
        what,
        detail,
        next_step: NextStep {
            label: "See the messages".into(),
            place: Place::Messages {
                account: Some(facts.id()),
                outcome: OutcomeFilter::Skipped,
                reason: Some(reason),
            },
        },
    }
}
