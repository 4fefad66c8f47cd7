//! Both timetables whatever they are set to, and with a clock, a random number and a server that misbehave.

use std::time::Duration;

use proptest::prelude::*;

use super::super::*;
use crate::time::Timestamp;

const START: Timestamp = Timestamp::from_millis(1_800_000_000_000);

fn seconds(range: std::ops::Range<u64>) -> impl Strategy<Value = Duration> {
    range.prop_map(Duration::from_secs)
}

fn retries() -> impl Strategy<Value = RetryTimetable> {
    let delays = prop::collection::vec(seconds(1..1_000), 0..6);
    let jitter = prop_oneof![Just(0.0), Just(0.2), 0.0_f64..=1.0];
    (delays, seconds(1..2_000), seconds(0..20_000), jitter).prop_map(|(delays, then_every, give_up_after, jitter)| {
        RetryTimetable {
            delays,
            then_every,
            give_up_after,
            jitter,
        }
    })
}

fn lookups() -> impl Strategy<Value = LookupTimetable> {
    let steps = prop::collection::vec(1..300_u64, 1..6);
    (steps, seconds(1..2_000)).prop_map(|(steps, then_every)| {
        let mut at = 0;
        let growing = steps.into_iter().map(|step| {
            at += step;
            Duration::from_secs(at)
        });
        LookupTimetable {
            reads: growing.collect(),
            then_every,
        }
    })
}

proptest! {
    /// The share of jitter bounds the delay on both sides; the random number moves it from one bound to the other.
    #[test]
    fn a_delay_stays_between_its_bounds(
        table in retries(),
        attempt in 1..10_u32,
        (low, high) in (0.0_f64..=1.0, 0.0_f64..=1.0),
    ) {
        let delay = table.delays.get(attempt as usize - 1).copied().unwrap_or(table.then_every);
        let table = RetryTimetable { give_up_after: Duration::from_secs(1_000_000), ..table };
        let due = |unit| table.next(attempt, START, START, unit).expect("not given up").since(START);
        let (low, high) = (low.min(high), low.max(high));
        prop_assert!(due(low) <= due(high));
        prop_assert_eq!(due(0.5), delay);
        let millisecond = Duration::from_millis(1);
        prop_assert!(due(0.0) + millisecond >= delay.mul_f64(1.0 - table.jitter));
        prop_assert!(due(1.0) <= delay.mul_f64(1.0 + table.jitter) + millisecond);
        prop_assert_eq!(due(-7.0), due(0.0), "what is no share is clamped");
        prop_assert_eq!(due(f64::INFINITY), due(1.0));
    }

    /// However the random numbers fall and however late each try is made: the first retries are always given, after them nothing
    /// is due later than the message may be old, and who gave up once never begins again.
    #[test]
    fn a_run_of_retries_ends(
        table in retries(),
        age in seconds(0..30_000),
        tries in prop::collection::vec((0.0_f64..=1.0, 0..500_u64), 40),
    ) {
        let occurred = START - age;
        let mut now = START;
        let mut given_up = false;
        for ((unit, late), attempt) in tries.into_iter().zip(1..) {
            let always = (attempt as usize) <= table.delays.len();
            match table.next(attempt, now, occurred, unit) {
                Some(due) => {
                    prop_assert!(due >= now);
                    prop_assert!(!given_up);
                    prop_assert!(always || due <= occurred + table.give_up_after);
                    now = due + Duration::from_secs(late);
                }
                None => {
                    prop_assert!(!always);
                    // Another random number may still have been early enough; without one that is, it is over.
                    given_up = table.next(attempt, now, occurred, 0.0).is_none();
                }
            }
        }
    }

    #[test]
    fn jitter_that_is_no_share_counts_as_none_or_all(delay in seconds(1..10_000), unit in 0.0_f64..=1.0) {
        let with = |jitter| RetryTimetable { delays: vec![delay], jitter, ..RetryTimetable::default() };
        let due = |jitter| with(jitter).next(1, START, START, unit);
        prop_assert_eq!(due(f64::NAN), Some(START + delay));
        prop_assert_eq!(due(-1.0), due(0.0));
        prop_assert_eq!(due(9.0), due(1.0));
    }

    /// Reads come in the order of their number, at the distances of the table, each after the one before.
    #[test]
    fn lookups_are_due_one_after_the_other(table in lookups(), read in 0..2_000_u32) {
        let due = |read| table.next(read, START, START);
        prop_assert!(due(read) < due(read + 1));
        match table.reads.get(read as usize) {
            Some(distance) => prop_assert_eq!(due(read), START + *distance),
            None => prop_assert_eq!(due(read).since(due(read - 1)), table.then_every),
        }
    }

    /// A server that is away for any time between two reads makes up for none of them in a burst.
    #[test]
    fn no_burst_after_being_away(table in lookups(), away in prop::collection::vec(0..20_000_u64, 1..20)) {
        let mut now = START;
        let mut last_read: Option<Timestamp> = None;
        for (away, read) in away.into_iter().zip(0..) {
            let due = table.next(read, START, now);
            prop_assert!(due >= now, "never in the past");
            if let Some(last) = last_read {
                prop_assert!(due.since(last) >= table.reads[0]);
            }
            now = due;
            last_read = Some(now);
            // It reads when it is due, and is then away.
            prop_assert!(table.next(read + 1, START, now + Duration::from_secs(away)) >= now + Duration::from_secs(away));
            now = now + Duration::from_secs(away);
        }
    }
}

#[test]
fn a_timetable_without_first_steps_is_the_beat_alone() {
    let retries = RetryTimetable {
        delays: Vec::new(),
        jitter: 0.0,
        ..RetryTimetable::default()
    };
    assert_eq!(retries.next(1, START, START, 0.9), Some(START + retries.then_every));
    let lookups = LookupTimetable {
        reads: Vec::new(),
        then_every: Duration::from_secs(60),
    };
    let minutes = |read| lookups.next(read, START, START).since(START).as_secs() / 60;
    assert_eq!([0, 1, 2].map(minutes), [1, 2, 3]);
}

#[test]
fn numbers_without_end_do_not_overflow() {
    let retries = RetryTimetable::default();
    let end = Timestamp::from_millis(i64::MAX);
    assert_eq!(retries.next(u32::MAX, START, START - Duration::MAX, 0.5), None);
    assert_eq!(retries.next(1, end, end, 1.0), Some(end));
    let lookups = LookupTimetable {
        then_every: Duration::MAX,
        ..LookupTimetable::default()
    };
    assert_eq!(lookups.next(u32::MAX, START, START), end);
}

proptest! {
    #[test]
    fn one_read_that_stands_for_many_comes_soon_and_never_later_than_the_last_distance(
        lookups in lookups(),
        ago in 0_u64..100_000_000,
    ) {
        let (since, now) = (Timestamp::from_millis(0), Timestamp::from_millis(i64::try_from(ago).unwrap()));
        let wait = lookups.soon(since, now).since(now);
        let longest = lookups.reads.last().copied().unwrap_or(lookups.then_every);
        prop_assert!(wait <= longest);
        prop_assert!(wait >= lookups.reads.get(1).copied().unwrap_or(longest).min(longest));
    }
}
