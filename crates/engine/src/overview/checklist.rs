//! From nothing to the first answered DM, in live facts.

use domain::accounts::AccountStatus;
use domain::rules::Response;
use domain::standing::credits_left;
use domain::views::{CheckLine, Checklist, NextStep, Place, Tone};

use crate::accounts::{AccountFacts, line};
use crate::identity::TenantTime;

const QUOTED: usize = 40;
/// Where the line of the persona stands.
const AFTER_DEFAULT_REPLY: usize = 4;

/// About the account that is furthest: one that is answering if there is one. `persona`: whether it is approved, where AI replies
/// need one.
pub(super) fn of(accounts: &[AccountFacts], balance: i64, persona: Option<bool>, time: &TenantTime) -> Checklist {
    let chosen = accounts
        .iter()
        .filter(|facts| facts.is_connected())
        .max_by_key(|facts| {
            (
                facts.seen(time).standing().answers(),
                facts.last_reply_at(),
                facts.last_dm_at(),
            )
        });
    let mut lines = match chosen {
        Some(facts) => vec![
            connected(facts),
            facts.can_receive(time),
            facts.can_send(time),
            default_reply(facts),
            credits_line(balance),
            switched_on(facts),
        ],
        None => nothing_connected(balance),
    };
    if let Some(approved) = persona {
        lines.insert(AFTER_DEFAULT_REPLY, persona_line(approved));
    }
    let done = lines.iter().filter(|line| line.state == Tone::Ok).count();
    Checklist {
        account: chosen.map(|facts| facts.brief(time)),
        complete: done == lines.len(),
        done: u32::try_from(done).unwrap_or_default(),
        lines,
    }
}

fn connected(facts: &AccountFacts) -> CheckLine {
    let username = facts.username();
    if facts.status() != AccountStatus::NeedsReconnect {
        return line("Connected", Tone::Ok, format!("{username} is connected."));
    }
    let reconnect = NextStep {
        label: "Reconnect".into(),
        place: Place::Connect,
    };
    let sentence = format!("Meta no longer accepts the connection of {username}.");
    CheckLine {
        next_step: Some(reconnect),
        ..line("Connected", Tone::Bad, sentence)
    }
}

fn nothing_connected(balance: i64) -> Vec<CheckLine> {
    let connect = NextStep {
        label: "Connect".into(),
        place: Place::Connect,
    };
    let sentence = "Connect an Instagram professional account.".to_owned();
    vec![
        CheckLine {
            next_step: Some(connect),
            ..line("Connected", Tone::Idle, sentence)
        },
        line("Can receive", Tone::Idle, "Checked with your first test DM.".into()),
        line("Can send", Tone::Idle, "Checked with the same test DM.".into()),
        line(
            "Default reply written",
            Tone::Idle,
            "Every account starts with one.".into(),
        ),
        credits_line(balance),
        line("Switched on", Tone::Idle, "Once an account is connected.".into()),
    ]
}

fn default_reply(facts: &AccountFacts) -> CheckLine {
    let sentence = match facts.default_reply() {
        Response::Canned(text) => format!("“{}”", shortened(text)),
        Response::AiPrompt(_) => "Written by the AI.".into(),
    };
    let edit = NextStep {
        label: "Edit".into(),
        place: Place::Account { id: facts.id() },
    };
    CheckLine {
        next_step: Some(edit),
        ..line("Default reply written", Tone::Ok, sentence)
    }
}

fn persona_line(approved: bool) -> CheckLine {
    if approved {
        return line("Persona approved", Tone::Ok, "AI replies have an approved text.".into());
    }
    let open = NextStep {
        label: "Open the persona".into(),
        place: Place::Persona,
    };
    let sentence = "AI replies wait for an approved persona.".to_owned();
    CheckLine {
        next_step: Some(open),
        ..line("Persona approved", Tone::Warn, sentence)
    }
}

fn credits_line(balance: i64) -> CheckLine {
    if balance > 0 {
        return line("Credits", Tone::Ok, credits_left(balance));
    }
    let sentence = "No credits. Ask your operator for some; every reply costs one.".to_owned();
    let see = NextStep {
        label: "See credits".into(),
        place: Place::Credits,
    };
    CheckLine {
        next_step: Some(see),
        ..line("Credits", Tone::Bad, sentence)
    }
}

fn switched_on(facts: &AccountFacts) -> CheckLine {
    if facts.switched_on() {
        return line("Switched on", Tone::Ok, "DMs are answered automatically.".into());
    }
    let switch = NextStep {
        label: "Switch on".into(),
        place: Place::Account { id: facts.id() },
    };
    let sentence = "Off: DMs are logged, nobody gets an automatic reply.".to_owned();
    CheckLine {
        next_step: Some(switch),
        ..line("Switched on", Tone::Idle, sentence)
    }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= QUOTED {
        return text.to_owned();
    }
    let kept: String = text.chars().take(QUOTED).collect();
    format!("{} …", kept.rsplit_once(' ').map_or(kept.as_str(), |(words, _)| words))
}

#[cfg(test)]
mod tests;
