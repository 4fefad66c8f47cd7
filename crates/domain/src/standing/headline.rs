//! The sentence that opens the overview. Its colour is that of the worst thing below it.

use super::credits::{credits_left, grouped};
use super::{SeenAccount, Standing};
use crate::views::{StatusSentence, Tone};

/// What the headline is about.
#[derive(Clone, Copy, Debug)]
pub struct Workspace<'a> {
    /// All accounts, disconnected ones too.
    pub accounts: &'a [SeenAccount],
    /// Credits left.
    pub balance: i64,
    /// The tone of each line under *Needs you*.
    pub needs_you: &'a [Tone],
    /// Steps of the set-up that are not done: `can receive`.
    pub steps_left: &'a [String],
}

/// How everything stands, without the time of the last DM.
#[must_use]
pub fn headline(workspace: &Workspace<'_>) -> StatusSentence {
    let standings = || workspace.accounts.iter().map(SeenAccount::standing);
    let connected = standings()
        .filter(|standing| *standing != Standing::Disconnected)
        .count();
    let answering = standings().filter(|standing| standing.answers()).count();
    let broken = standings()
        .filter(|standing| matches!(standing, Standing::Broken(_)))
        .count();
    let untried = standings().filter(|standing| standing.is_untried()).count();
    let (tone, lead, rest) = if connected == 0 {
        let rest = "No Instagram account is connected.".to_owned();
        return sentence(Tone::Idle, "Not answering yet.", rest);
    } else if workspace.balance <= 0 {
        let rest = "Customers who write now get no reply.".to_owned();
        return sentence(Tone::Bad, "Off: no credits.", rest);
    } else if answering == 0 && broken > 0 {
        return sentence(Tone::Bad, "Not answering.", "No account can send now.".into());
    } else if answering == 0 {
        (Tone::Idle, "Not answering yet.", steps_left(workspace.steps_left))
    } else {
        let lead = match (broken, answering - untried) {
            (1.., _) => "Partly on.",
            (0, 0) => "Ready.",
            (0, _) => "On.",
        };
        let tone = if answering == untried { Tone::Info } else { Tone::Ok };
        (tone, lead, what_answers(workspace, connected))
    };
    let worst = workspace
        .needs_you
        .iter()
        .copied()
        .chain([tone])
        .max_by_key(|tone| severity(*tone));
    sentence(worst.unwrap_or(tone), lead, rest)
}

fn sentence(tone: Tone, lead: &str, rest: String) -> StatusSentence {
    StatusSentence {
        tone,
        lead: lead.into(),
        rest,
        last_dm: None,
    }
}

const fn severity(tone: Tone) -> u8 {
    match tone {
        Tone::Idle | Tone::Ok => 0,
        Tone::Info => 1,
        Tone::Warn => 2,
        Tone::Bad => 3,
    }
}

/// `312 credits. 1 of 4 accounts is answering; salon cannot send; kettle is off; fernandfjord waits for its first DM.`
fn what_answers(workspace: &Workspace<'_>, connected: usize) -> String {
    let accounts = workspace.accounts;
    let proven = accounts
        .iter()
        .filter(|seen| seen.standing().answers() && !seen.standing().is_untried())
        .count();
    let answering = match (proven, connected) {
        (0, _) => None,
        (1, 1) => Some("1 account is answering".to_owned()),
        (2, 2) => Some("Both accounts are answering".to_owned()),
        (some, all) if some == all => Some(format!("All {all} accounts are answering")),
        (1, all) => Some(format!("1 of {all} accounts is answering")),
        (some, all) => Some(format!("{some} of {all} accounts are answering")),
    };
    let broken = who(accounts, "cannot send", "cannot send", |standing| {
        matches!(standing, Standing::Broken(_))
    });
    let off = who(accounts, "is off", "are switched off", |standing| {
        matches!(standing, Standing::SwitchedOff | Standing::AutoReplyOff)
    });
    let no_dm = who(
        accounts,
        "waits for its first DM",
        "wait for their first DM",
        |standing| standing == Standing::NoDmYet,
    );
    let no_reply = who(
        accounts,
        "has not sent a reply yet",
        "have not sent a reply yet",
        |standing| standing == Standing::NoReplyYet,
    );
    let ends = who(
        accounts,
        "ends its connection soon",
        "end their connections soon",
        |standing| standing == Standing::EndsSoon,
    );
    let parts: Vec<String> = [answering, broken, off, no_dm, no_reply, ends]
        .into_iter()
        .flatten()
        .collect();
    let needs_you = match workspace.needs_you.len() {
        0 => String::new(),
        1 => " 1 thing needs you.".to_owned(),
        many => format!(" {} things need you.", grouped(i64::try_from(many).unwrap_or(i64::MAX))),
    };
    format!("{} {}.{needs_you}", credits_left(workspace.balance), parts.join("; "))
}

/// The name of the only one, or how many there are.
fn who(accounts: &[SeenAccount], one: &str, many: &str, which: impl Fn(Standing) -> bool) -> Option<String> {
    let mut found = accounts.iter().filter(|seen| which(seen.standing()));
    let first = found.next()?;
    Some(match found.count() {
        0 => format!("{} {one}", first.username),
        others => format!("{} {many}", others + 1),
    })
}

/// `2 steps are left: can receive, switched on.`
fn steps_left(left: &[String]) -> String {
    match left {
        [] => String::new(),
        [only] => format!("1 step is left: {only}."),
        many => format!("{} steps are left: {}.", many.len(), many.join(", ")),
    }
}
