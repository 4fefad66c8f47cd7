//! Quiet after a person, told as rows and held against a conversation that remembers everything.

use proptest::prelude::*;

use super::*;
use crate::decide::ConversationFacts;

const NOON: Timestamp = Timestamp::from_millis(1_800_000_000_000);

fn later(hours: u64) -> Timestamp {
    NOON + Duration::from_secs(hours * 3_600)
}

#[test]
fn a_persons_words_and_a_rule_quiet_until_somebody_resumes() {
    let nobody = Handover {
        quiet_hours: 12,
        ..Handover::default()
    };
    let wrote = Handover {
        person_wrote: Some(NOON),
        ..nobody
    };
    let left = Handover {
        left_to_person: Some(later(1)),
        ..nobody
    };
    let both = Handover {
        left_to_person: Some(later(1)),
        ..wrote
    };
    let resumed = |handover: Handover, hours| Handover {
        resumed: Some(later(hours)),
        ..handover
    };
    let with = |handover: Handover, quiet_hours| Handover {
        quiet_hours,
        ..handover
    };
    let rows = [
        (nobody, None),
        (wrote, Some(12)),
        (left, Some(13)),
        (both, Some(13)),
        (with(wrote, 1), Some(1)),
        (with(wrote, 0), None),
        (with(left, 0), Some(13)),
        (with(left, 2), Some(3)),
        (resumed(wrote, 0), None),
        (resumed(wrote, 1), None),
        (resumed(both, 0), Some(13)),
        (resumed(both, 1), None),
    ];
    for (handover, until) in rows {
        assert_eq!(handover.quiet_until(), until.map(later), "{handover:?}");
    }
    assert_eq!(both.last_with_person(), Some(later(1)));
    assert_eq!(resumed(wrote, 3).last_with_person(), Some(NOON));
}

#[test]
fn a_week_is_the_longest() {
    assert_eq!(check_quiet_hours(0), Ok(0));
    assert_eq!(check_quiet_hours(168), Ok(168));
    let error = check_quiet_hours(169).expect_err("too long");
    assert_eq!(error.to_string(), "quiet_hours: Choose 0 to 168 hours (a week).");
}

/// What can happen in a conversation; each step may be hours after the one before.
#[derive(Clone, Copy, Debug)]
enum Event {
    PersonWrites,
    RuleLeavesIt,
    AdminResumes,
    HoursPass(u8),
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let one = prop_oneof![
        2 => Just(Event::PersonWrites),
        1 => Just(Event::RuleLeavesIt),
        1 => Just(Event::AdminResumes),
        4 => (1..30_u8).prop_map(Event::HoursPass),
    ];
    prop::collection::vec(one, 0..30)
}

/// A conversation that forgets nothing: when it was with a person since automatic replies were last resumed.
#[derive(Default)]
struct Remembered {
    wrote: Vec<u64>,
    left: Vec<u64>,
}

impl Remembered {
    fn is_quiet(&self, hour: u64, quiet_hours: u32) -> bool {
        let quiet = u64::from(quiet_hours);
        let left_for = if quiet == 0 {
            u64::from(DEFAULT_QUIET_HOURS)
        } else {
            quiet
        };
        self.wrote.iter().any(|at| hour < at + quiet) || self.left.iter().any(|at| hour < at + left_for)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// Only the last moment of each kind is kept, and that is enough to answer as if all were.
    #[test]
    fn the_last_of_each_kind_is_all_there_is_to_know(
        events in events(),
        quiet_hours in prop::sample::select(&[0_u32, 1, 12, 24, MAX_QUIET_HOURS][..]),
    ) {
        let mut kept = Handover { quiet_hours, ..Handover::default() };
        let mut all = Remembered::default();
        // An hour between any two: who resumes in the very moment somebody writes has seen what was written.
        let mut hour = 0;
        for event in events {
            hour += 1;
            match event {
                Event::PersonWrites => {
                    kept.person_wrote = Some(later(hour));
                    all.wrote.push(hour);
                }
                Event::RuleLeavesIt => {
                    kept.left_to_person = Some(later(hour));
                    all.left.push(hour);
                }
                Event::AdminResumes => {
                    kept.resumed = Some(later(hour));
                    all = Remembered::default();
                }
                Event::HoursPass(hours) => hour += u64::from(hours),
            }
            let quiet = kept.quiet_until().is_some_and(|until| later(hour) < until);
            prop_assert_eq!(quiet, all.is_quiet(hour, quiet_hours), "in hour {}: {:?}", hour, kept);
        }
    }

    /// Longer quiet hours never end sooner; switching them off is another matter: then only a rule can ask for quiet.
    #[test]
    fn more_hours_are_never_less_quiet(
        wrote in prop::option::of(0..500_u64),
        left in prop::option::of(0..500_u64),
        resumed in prop::option::of(0..500_u64),
        (hours, more) in (1..=MAX_QUIET_HOURS, 0..100_u32),
    ) {
        let with = |quiet_hours| Handover {
            person_wrote: wrote.map(later),
            left_to_person: left.map(later),
            resumed: resumed.map(later),
            quiet_hours,
        };
        prop_assert!(with(hours).quiet_until() <= with(hours + more).quiet_until());
        let off = with(0);
        prop_assert_eq!(off.quiet_until(), Handover { person_wrote: None, ..off }.quiet_until());
        prop_assert_eq!(off.last_with_person(), with(hours).last_with_person(), "who was there does not depend on it");
    }
}

#[test]
fn a_message_is_answered_by_a_person_who_wrote_after_it_even_when_replies_were_resumed() {
    let handover = Handover {
        person_wrote: Some(later(2)),
        resumed: Some(later(3)),
        quiet_hours: 12,
        ..Handover::default()
    };
    let facts = |hour| ConversationFacts::new(later(hour), later(hour + 24), &handover, 0, 0);
    assert!(facts(1).human_answered, "it was there when the person wrote");
    assert!(facts(2).human_answered, "in the same moment counts as seen");
    assert!(!facts(4).human_answered, "it came later");
    assert_eq!(facts(4).human_active_until, None, "and quiet was ended by hand");
}

#[test]
fn the_end_of_time_is_no_overflow() {
    let last = Timestamp::from_millis(i64::MAX);
    let handover = Handover {
        person_wrote: Some(last),
        quiet_hours: u32::MAX,
        ..Handover::default()
    };
    assert_eq!(handover.quiet_until(), Some(last));
}
