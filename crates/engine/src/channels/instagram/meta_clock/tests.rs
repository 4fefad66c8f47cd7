//! The difference of the clocks survives slow answers, and its bound never hides a message.

use proptest::prelude::*;
use reqwest::header::HeaderValue;

use super::*;

const NOON: Timestamp = Timestamp::from_millis(1_795_348_800_000);

fn answer(date: &str) -> HeaderMap {
    HeaderMap::from_iter([(DATE, HeaderValue::from_str(date).unwrap())])
}

#[test]
fn the_difference_is_the_median_and_one_slow_answer_changes_nothing() {
    let clock = MetaClock::default();
    assert_eq!(clock.ours_ahead(), None);
    for seconds in [60, 61, 59, 300, 60] {
        let now = NOON + Duration::from_secs(seconds);
        clock.note(&answer("Sun, 22 Nov 2026 12:00:00 GMT"), now);
    }
    assert_eq!(clock.ours_ahead(), Some(59_500));
}

#[test]
fn an_answer_without_a_date_says_nothing() {
    let clock = MetaClock::default();
    clock.note(&HeaderMap::new(), NOON);
    clock.note(&answer("yesterday"), NOON);
    assert_eq!(
        (clock.ours_ahead(), clock.earliest_there(NOON)),
        (None, NOON - UNCERTAINTY)
    );
}

proptest! {
    /// Whatever the difference is, and wherever in its second Meta answers.
    #[test]
    fn a_message_of_the_moment_itself_is_never_too_early(difference in -90_000i64..90_000, within in 0i64..1000) {
        let clock = MetaClock::default();
        let there = NOON.as_millis() + within;
        let ours = Timestamp::from_millis(there + difference);
        clock.note(&answer("Sun, 22 Nov 2026 12:00:00 GMT"), ours);
        prop_assert!(clock.earliest_there(ours) <= NOON);
        prop_assert!(clock.earliest_there(ours) >= NOON - Duration::from_secs(6));
    }
}
