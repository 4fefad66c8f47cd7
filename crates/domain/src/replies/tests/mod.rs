//! The transitions of a reply and its two timetables.

mod timetables;

use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::time::Timestamp;

#[test]
fn the_transitions() {
    use ReplyState::*;
    let transitions = [
        (Queued, vec![Reserved, Failed, Skipped]),
        (Reserved, vec![Composed, Failed, Skipped]),
        (Composed, vec![Sending, Sent, Failed, Skipped]),
        (Sending, vec![Composed, Sent, Failed]),
        (Sent, vec![]),
        (Failed, vec![]),
        (Skipped, vec![]),
    ];
    assert_eq!(transitions.len(), ReplyState::all().len());
    for (from, to) in transitions {
        let found: Vec<ReplyState> = ReplyState::all()
            .iter()
            .copied()
            .filter(|next| from.can_become(*next))
            .collect();
        assert_eq!(found, to, "{from}");
        assert_eq!(from.is_final(), to.is_empty(), "{from}");
    }
    let holding: Vec<ReplyState> = ReplyState::all()
        .iter()
        .copied()
        .filter(|state| state.holds_credit())
        .collect();
    assert_eq!(holding, [Reserved, Composed, Sending]);
}

proptest! {
    /// Any walk along transitions ends at a final state or can still reach all three ends, and never gains a credit but by reserving.
    #[test]
    fn walks(picks in prop::collection::vec(0_usize..7, 0..40)) {
        let mut state = ReplyState::Queued;
        for pick in picks {
            let next = ReplyState::all()[pick];
            if !state.can_become(next) {
                continue;
            }
            prop_assert!(!state.is_final());
            prop_assert_ne!(state, next);
            prop_assert_ne!((state, next), (ReplyState::Sending, ReplyState::Skipped));
            if next.holds_credit() && !state.holds_credit() {
                prop_assert_eq!((state, next), (ReplyState::Queued, ReplyState::Reserved));
            }
            if next == ReplyState::Sent {
                // From composed only by a late echo, after it was handed over once.
                prop_assert!(matches!(state, ReplyState::Sending | ReplyState::Composed));
            }
            state = next;
        }
        prop_assert!(state.is_final() || state.can_become(ReplyState::Failed));
    }

    #[test]
    fn jitter_stays_within_a_fifth(attempt in 1_u32..8, unit in -1.0_f64..2.0) {
        let table = RetryTimetable::default();
        let start = Timestamp::from_millis(0);
        let exact = table.next(attempt, start, start, 0.5).expect("due").as_millis();
        let due = table.next(attempt, start, start, unit).expect("due").as_millis();
        prop_assert!((due - exact).abs() * 5 <= exact, "{due} for {exact}");
        prop_assert!(due > 0);
    }
}

/// Milliseconds are asked for below; this is one second.
const SECOND: i64 = 1_000;

#[test]
fn retries_follow_the_timetable_until_two_hours_after_the_message() {
    let table = RetryTimetable::default();
    let occurred = Timestamp::from_millis(0);
    let mut now = occurred;
    let mut delays = Vec::new();
    for attempt in 1.. {
        let Some(due) = table.next(attempt, now, occurred, 0.5) else {
            break;
        };
        delays.push((due.as_millis() - now.as_millis()) / SECOND);
        now = due;
    }
    assert_eq!(delays[..6], [1, 5, 30, 120, 600, 600]);
    assert_eq!(delays.len(), 5 + 10);
    assert!(now.since(occurred) <= Duration::from_secs(7_200));
    assert!(now.since(occurred) > Duration::from_secs(6_600));
}

#[test]
fn an_old_message_still_gets_its_five_retries() {
    let table = RetryTimetable::default();
    let occurred = Timestamp::from_millis(0);
    let now = Timestamp::from_millis(5 * 3_600 * SECOND);
    assert!((1..=5).all(|attempt| table.next(attempt, now, occurred, 0.5).is_some()));
    assert_eq!(table.next(6, now, occurred, 0.5), None);
    assert_eq!(table.next(0, now, occurred, 0.5), table.next(1, now, occurred, 0.5));
    assert_eq!(
        table.next_turn(now, occurred, 0.5),
        None,
        "what was not tried does not wait for longer"
    );
    assert_eq!(table.next_turn(now, now, 0.5), table.next(1, now, now, 0.5));
    assert_eq!(
        table.next(1, now, occurred, f64::NAN),
        Some(Timestamp::from_millis(now.as_millis() + SECOND))
    );
}

#[test]
fn lookups_are_counted_from_the_moment_of_not_knowing() {
    let table = LookupTimetable::default();
    let since = Timestamp::from_millis(0);
    let at: Vec<i64> = (0..6)
        .map(|read| table.next(read, since, since).as_millis() / SECOND)
        .collect();
    assert_eq!(at, [10, 30, 120, 720, 1_320, 1_920]);
}

#[test]
fn a_server_that_was_away_does_not_read_in_a_burst() {
    let table = LookupTimetable::default();
    let since = Timestamp::from_millis(0);
    let now = Timestamp::from_millis(3_600 * SECOND);
    assert_eq!(table.next(0, since, now), now);
    assert_eq!(table.next(1, since, now).since(now), Duration::from_secs(10));
    let _ = table.next(u32::MAX, since, now);
}
