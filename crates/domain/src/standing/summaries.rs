//! The sentences that open *Instagram accounts* and *Health*.

use super::{ConnectionState, SeenAccount, Standing};

/// `4 connected: 2 need you, 1 is on, 1 is switched off.`
#[must_use]
pub fn accounts_summary(accounts: &[SeenAccount]) -> String {
    let connected = accounts
        .iter()
        .filter(|seen| seen.standing() != Standing::Disconnected)
        .count();
    if connected == 0 {
        return "No account is connected yet.".into();
    }
    let need = accounts.iter().filter(|seen| seen.needs_somebody()).count();
    let count = |which: fn(Standing) -> bool| {
        let others = accounts.iter().filter(|seen| !seen.needs_somebody());
        others.filter(|seen| which(seen.standing())).count()
    };
    let is_off = |standing| matches!(standing, Standing::SwitchedOff | Standing::AutoReplyOff);
    let parts = [
        (need, "needs you", "need you"),
        (count(|standing| standing == Standing::Answering), "is on", "are on"),
        (
            count(Standing::is_untried),
            "is ready and not tried yet",
            "are ready and not tried yet",
        ),
        (count(is_off), "is switched off", "are switched off"),
        (
            count(|standing| standing == Standing::NoCredits),
            "has no credits",
            "have no credits",
        ),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
        .collect();
    format!("{connected} connected: {}.", parts.join(", "))
}

/// What all connections have shown, whatever the switches say.
#[must_use]
pub fn health_summary(accounts: &[SeenAccount]) -> String {
    let connected: Vec<(&SeenAccount, ConnectionState)> = accounts
        .iter()
        .map(|seen| (seen, seen.connection()))
        .filter(|(_, state)| *state != ConnectionState::Disconnected)
        .collect();
    let of = |which: fn(ConnectionState) -> bool| connected.iter().filter(move |(_, state)| which(*state));
    let need = accounts.iter().filter(|seen| seen.needs_somebody()).count();
    let proven = of(|state| state == ConnectionState::Proven).count();
    match (connected.as_slice(), need, proven) {
        ([], ..) => "No account is connected yet.".into(),
        ([_], 1.., _) => "Your account needs you. Each problem has its fix beside it.".into(),
        (all, 1, _) => format!(
            "1 of {} accounts needs you. Each problem has its fix beside it.",
            all.len()
        ),
        (all, 2.., _) => format!(
            "{need} of {} accounts need you. Each problem has its fix beside it.",
            all.len()
        ),
        ([_], 0, 1) => "The connection works: the account has received a DM and sent a reply.".into(),
        (all, 0, proven) if proven == all.len() => {
            format!("All connections work: {proven} accounts have received DMs and sent replies.")
        }
        (all, 0, proven) => {
            let known = match (all.len(), proven) {
                (_, 0) => "Nothing is proven yet".to_owned(),
                (all, 1) => format!("1 of {all} is proven to work"),
                (all, some) => format!("{some} of {all} are proven to work"),
            };
            let waits = [
                waiting(
                    of(|state| state == ConnectionState::NoDmYet),
                    "waits for its first DM",
                    "wait for their first DM",
                ),
                waiting(
                    of(|state| state == ConnectionState::NoReplyYet),
                    "has not sent a reply yet",
                    "have not sent a reply yet",
                ),
            ];
            format!(
                "{known}; {}.",
                waits.into_iter().flatten().collect::<Vec<_>>().join("; ")
            )
        }
    }
}

fn waiting<'a>(
    mut found: impl Iterator<Item = &'a (&'a SeenAccount, ConnectionState)>,
    one: &str,
    many: &str,
) -> Option<String> {
    let (first, _) = found.next()?;
    Some(match found.count() {
        0 => format!("{} {one}", first.username),
        others => format!("{} {many}", others + 1),
    })
}
