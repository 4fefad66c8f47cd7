//! The state of the world, and the words on every page: for all combinations.

use super::*;
use crate::accounts::AccountStatus;
use crate::time::Timestamp;
use crate::views::{Forecast, Outlook, StatusSentence, Tone};

const NOON: Timestamp = Timestamp::from_millis(1_795_348_800_000);

/// The present words about the only account of a workspace with five credits, or none.
struct Words {
    pill: &'static str,
    health_pill: &'static str,
    lead: &'static str,
    headline: (Tone, &'static str, &'static str),
    accounts: &'static str,
    health: &'static str,
}

fn words(seen: &SeenAccount) -> Words {
    let health_pill = match (seen.status, seen.ends_soon, seen.last_dm, seen.last_reply) {
        (AccountStatus::NeedsReconnect, ..) => "Needs reconnecting",
        (AccountStatus::NeedsAttention, ..) => "Needs attention",
        (AccountStatus::Paused { .. }, ..) => "Paused",
        (AccountStatus::Disconnected, ..) => "Disconnected",
        _ if seen.is_unanswered => "Meta does not answer",
        (_, true, ..) => "Ends soon",
        (_, false, None, None) => "Waits for a DM",
        (_, false, Some(_), None) => "No reply yet",
        (_, false, _, Some(_)) => "Works",
    };
    let health = match health_pill {
        "Disconnected" => "No account is connected yet.",
        "Works" => "The connection works: the account has received a DM and sent a reply.",
        "Waits for a DM" => "Nothing is proven yet; ada waits for its first DM.",
        "No reply yet" => "Nothing is proven yet; ada has not sent a reply yet.",
        _ => "Your account needs you. Each problem has its fix beside it.",
    };
    let broken = matches!(
        health_pill,
        "Needs reconnecting" | "Needs attention" | "Paused" | "Meta does not answer"
    );
    let needs = broken || health_pill == "Ends soon";
    let no_credits = (Tone::Bad, "Off: no credits.", "Customers who write now get no reply.");
    let off = (Tone::Idle, "Not answering yet.", "1 step is left: switched on.");
    let off = if needs { (Tone::Warn, off.1, off.2) } else { off };
    let in_order = match seen.balance {
        0 => no_credits,
        _ if broken => (Tone::Bad, "Not answering.", "No account can send now."),
        _ => off,
    };
    let (pill, lead, headline, accounts) = match (health_pill, seen.enabled, seen.auto_reply, seen.balance) {
        ("Disconnected", ..) => (
            "Disconnected",
            "Disconnected.",
            (Tone::Idle, "Not answering yet.", "No Instagram account is connected."),
            "No account is connected yet.",
        ),
        (state, ..) if broken => (
            state,
            match state {
                "Needs reconnecting" => "Needs reconnecting.",
                "Needs attention" => "Needs attention.",
                "Meta does not answer" => "Meta does not answer.",
                _ => "Paused.",
            },
            in_order,
            "1 connected: 1 needs you.",
        ),
        (_, false, ..) => (
            "Switched off",
            "Switched off.",
            in_order,
            "1 connected: 1 is switched off.",
        ),
        (_, _, false, _) => (
            "Auto-reply off",
            "Auto-reply off.",
            in_order,
            "1 connected: 1 is switched off.",
        ),
        (.., 0) => (
            "No credits",
            "Off: no credits.",
            no_credits,
            "1 connected: 1 has no credits.",
        ),
        ("Ends soon", ..) => (
            "Ends soon",
            "On, but not for long.",
            (
                Tone::Warn,
                "On.",
                "5 credits. 1 account is answering; ada ends its connection soon. 1 thing needs you.",
            ),
            "1 connected: 1 needs you.",
        ),
        ("Waits for a DM", ..) => (
            "Waits for a DM",
            "Ready.",
            (Tone::Info, "Ready.", "5 credits. ada waits for its first DM."),
            "1 connected: 1 is ready and not tried yet.",
        ),
        ("No reply yet", ..) => (
            "No reply yet",
            "Ready.",
            (Tone::Info, "Ready.", "5 credits. ada has not sent a reply yet."),
            "1 connected: 1 is ready and not tried yet.",
        ),
        _ => (
            "On",
            "On.",
            (Tone::Ok, "On.", "5 credits. 1 account is answering."),
            "1 connected: 1 is on.",
        ),
    };
    let accounts = if needs { "1 connected: 1 needs you." } else { accounts };
    Words {
        pill,
        health_pill,
        lead,
        headline,
        accounts,
        health,
    }
}

/// Every state of one account.
fn worlds(username: &str, balance: i64) -> Vec<SeenAccount> {
    let statuses = [
        AccountStatus::Connected,
        AccountStatus::NeedsReconnect,
        AccountStatus::NeedsAttention,
        AccountStatus::Paused { until: NOON },
        AccountStatus::Disconnected,
    ];
    let evidence = [
        (None, None),
        (Some(NOON), None),
        (Some(NOON), Some(NOON)),
        (None, Some(NOON)),
    ];
    let mut all = Vec::new();
    for status in statuses {
        for (last_dm, last_reply) in evidence {
            for flags in 0..8 {
                all.push(SeenAccount {
                    username: username.into(),
                    status,
                    enabled: flags & 1 == 0,
                    auto_reply: flags & 2 == 0,
                    ends_soon: flags & 4 != 0,
                    balance,
                    last_dm,
                    last_reply,
                    is_unanswered: false,
                });
            }
        }
    }
    let connected = all.iter().filter(|seen| seen.status == AccountStatus::Connected);
    let unanswered: Vec<SeenAccount> = connected
        .map(|seen| SeenAccount {
            is_unanswered: true,
            ..seen.clone()
        })
        .collect();
    all.extend(unanswered);
    all
}

fn is_off(seen: &SeenAccount) -> bool {
    matches!(seen.standing(), Standing::SwitchedOff | Standing::AutoReplyOff)
}

/// As *Needs you* lists them.
fn needs_you(accounts: &[SeenAccount]) -> Vec<Tone> {
    let needing = accounts.iter().filter(|seen| seen.needs_somebody());
    needing.map(|seen| seen.connection().pill().tone).collect()
}

fn headline_of(accounts: &[SeenAccount], needs_you: &[Tone]) -> StatusSentence {
    headline(&Workspace {
        accounts,
        balance: accounts[0].balance,
        needs_you,
        steps_left: &["switched on".into()],
    })
}

#[test]
fn one_account_is_told_alike_on_every_page() {
    for seen in [worlds("ada", 0), worlds("ada", 5)].concat() {
        let expected = words(&seen);
        let one = std::slice::from_ref(&seen);
        let status = headline_of(one, &needs_you(one));
        assert_eq!(seen.standing().pill().label, expected.pill, "{seen:?}");
        assert_eq!(seen.standing().lead(), expected.lead, "{seen:?}");
        assert_eq!(seen.connection().pill().label, expected.health_pill, "{seen:?}");
        let told = (status.tone, status.lead.as_str(), status.rest.as_str());
        assert_eq!(told, expected.headline, "{seen:?}");
        assert_eq!(accounts_summary(one), expected.accounts, "{seen:?}");
        assert_eq!(health_summary(one), expected.health, "{seen:?}");
    }
}

#[test]
fn of_two_accounts_the_worst_is_seen_and_nothing_is_claimed_that_was_not() {
    for balance in [0, 5] {
        for first in worlds("ada", balance) {
            for second in worlds("ben", balance) {
                let both = [first.clone(), second];
                let status = headline_of(&both, &needs_you(&both));
                let connected: Vec<_> = both
                    .iter()
                    .filter(|seen| seen.connection() != ConnectionState::Disconnected)
                    .collect();
                let proven = |seen: &&SeenAccount| seen.connection() == ConnectionState::Proven;
                let all_proven = !connected.is_empty() && connected.iter().all(proven);
                let summary = health_summary(&both);
                let works = ["The connection works", "All connections work"];
                assert_eq!(
                    works.iter().any(|words| summary.starts_with(words)),
                    all_proven,
                    "{both:?}"
                );
                if status.tone == Tone::Ok {
                    assert!(both.iter().all(|seen| !seen.needs_somebody()), "{both:?}");
                    assert!(
                        both.iter().any(|seen| seen.standing() == Standing::Answering),
                        "{both:?}"
                    );
                }
                let off = both.iter().filter(|seen| is_off(seen)).count();
                let told = status.rest.contains("is off") || status.rest.contains("are switched off");
                assert_eq!(
                    told,
                    off > 0 && both.iter().any(|seen| seen.standing().answers()),
                    "{both:?}"
                );
                if status.rest.contains("Both accounts are answering") {
                    let answers =
                        |seen: &SeenAccount| matches!(seen.standing(), Standing::Answering | Standing::EndsSoon);
                    assert!(both.iter().all(answers), "{both:?}");
                }
            }
        }
    }
}

#[test]
fn beside_one_that_answers_those_that_are_off_are_told() {
    let all = worlds("ada", 5);
    let named = |at: usize, username: &str| SeenAccount {
        username: username.into(),
        ..all[at].clone()
    };
    let (on, no_reply) = (|| named(16, "ada"), || named(8, "ada"));
    let (disabled, auto_reply_off) = (|| named(17, "ben"), || named(18, "cleo"));
    for (world, lead, rest) in [
        (
            vec![on(), auto_reply_off()],
            "On.",
            "5 credits. 1 of 2 accounts is answering; cleo is off.",
        ),
        (
            vec![no_reply(), disabled()],
            "Ready.",
            "5 credits. ben is off; ada has not sent a reply yet.",
        ),
        (
            vec![on(), disabled(), auto_reply_off()],
            "On.",
            "5 credits. 1 of 3 accounts is answering; 2 are switched off.",
        ),
    ] {
        let status = headline_of(&world, &needs_you(&world));
        assert_eq!((status.lead.as_str(), status.rest.as_str()), (lead, rest));
    }
}

#[test]
fn what_needs_you_colours_the_headline_and_is_counted() {
    let on = &worlds("ada", 5)[16];
    assert_eq!(on.standing(), Standing::Answering);
    let status = headline_of(std::slice::from_ref(on), &[Tone::Warn, Tone::Bad]);
    assert_eq!(status.tone, Tone::Bad);
    assert_eq!(status.rest, "5 credits. 1 account is answering. 2 things need you.");
}

#[test]
fn the_names_of_those_that_differ_are_told() {
    let mut all = worlds("ada", 5);
    let (untried, broken, on) = (all[0].clone(), all[32].clone(), all.swap_remove(16));
    let named = |seen: SeenAccount, username: &str| SeenAccount {
        username: username.into(),
        ..seen
    };
    let world = [on, named(untried, "ben"), named(broken, "cleo")];
    let status = headline_of(&world, &needs_you(&world));
    assert_eq!((status.tone, status.lead.as_str()), (Tone::Bad, "Partly on."));
    assert_eq!(
        status.rest,
        "5 credits. 1 of 3 accounts is answering; cleo cannot send; ben waits for its first DM. 1 thing needs you."
    );
    assert_eq!(
        health_summary(&world[..2]),
        "1 of 2 is proven to work; ben waits for its first DM."
    );
}

#[test]
fn the_rail_foretells_nothing_from_less_than_a_week() {
    let lasts = |days| {
        let stops = "1 Dec".into();
        Outlook::Lasts(Forecast {
            per_day: 9,
            days,
            stops,
        })
    };
    for (balance, outlook, note) in [
        (0, Outlook::Unused, Some((Tone::Bad, "Replies have stopped"))),
        (0, lasts(0), Some((Tone::Bad, "Replies have stopped"))),
        (5, Outlook::Unused, None),
        (5, Outlook::TooEarly, None),
        (5, lasts(0), Some((Tone::Warn, "less than a day left"))),
        (9, lasts(1), Some((Tone::Warn, "about 1 day left"))),
        (99_999, lasts(11_111), Some((Tone::Idle, "about 11,111 days left"))),
    ] {
        let note = note.map(|(tone, words)| (tone, words.to_owned()));
        assert_eq!(credits_note(balance, &outlook), note, "{balance} {outlook:?}");
    }
}

#[test]
fn credits_are_short_by_the_pace_of_a_week_by_that_of_today_or_because_they_are_few() {
    let lasts = |days| {
        Outlook::Lasts(Forecast {
            per_day: 40,
            days,
            stops: "1 Dec".into(),
        })
    };
    for (balance, outlook, used_today, shortage) in [
        (0, Outlook::TooEarly, 100, None),
        (80, lasts(2), 0, Some(Shortage::Days { days: 2, per_day: 40 })),
        (120, lasts(3), 40, None),
        (120, lasts(3), 121, Some(Shortage::Today { used: 121 })),
        (31, Outlook::TooEarly, 69, Some(Shortage::Today { used: 69 })),
        (69, Outlook::TooEarly, 31, None),
        (20, Outlook::TooEarly, 1, Some(Shortage::Few)),
        (21, Outlook::TooEarly, 1, None),
        (5, Outlook::Unused, 0, None),
    ] {
        assert_eq!(
            Shortage::of(balance, &outlook, used_today),
            shortage,
            "{balance}, {outlook:?}, {used_today}"
        );
    }
}
