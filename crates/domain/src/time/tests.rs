//! Time never overflows and never runs backwards.

use proptest::prelude::*;

use super::*;

#[test]
fn arithmetic_is_in_milliseconds() {
    let start = Timestamp::from_millis(1_000);
    assert_eq!((start + Duration::from_secs(2)).as_millis(), 3_000);
    assert_eq!((start - Duration::from_secs(2)).as_millis(), -1_000);
    assert_eq!((start + Duration::from_secs(2)).since(start), Duration::from_secs(2));
    assert_eq!(start.since(start + Duration::from_secs(2)), Duration::ZERO);
    assert_eq!(
        start + Duration::from_micros(1_999),
        start + Duration::from_millis(1),
        "the rest is cut"
    );
}

#[test]
fn the_ends_of_time_hold() {
    let (first, last) = (Timestamp::from_millis(i64::MIN), Timestamp::from_millis(i64::MAX));
    assert_eq!(last + Duration::MAX, last);
    assert_eq!(first - Duration::MAX, first);
    assert_eq!(last.since(first), Duration::from_millis(u64::MAX));
    assert_eq!(first.since(last), Duration::ZERO);
}

/// Instants of all centuries, the ends of time among them.
fn instant() -> impl Strategy<Value = Timestamp> {
    let millis = prop_oneof![
        4 => any::<i64>(),
        4 => 0..2_000_000_000_000_i64,
        1 => prop::sample::select(&[i64::MIN, i64::MIN + 1, -1, 0, 1, i64::MAX - 1, i64::MAX][..]),
    ];
    millis.prop_map(Timestamp::from_millis)
}

fn span() -> impl Strategy<Value = Duration> {
    let longest = i64::MAX.unsigned_abs();
    let millis = prop_oneof![3 => 0..1_000_000_000_000_u64, 1 => 0..=longest, 1 => Just(longest)];
    millis.prop_map(Duration::from_millis)
}

proptest! {
    #[test]
    fn adding_and_subtracting_keep_the_order(at in instant(), other in instant(), span in span()) {
        prop_assert!(at + span >= at);
        prop_assert!(at - span <= at);
        let (early, late) = (at.min(other), at.max(other));
        prop_assert!(early + span <= late + span);
        prop_assert!(early - span <= late - span);
    }

    #[test]
    fn a_span_is_measured_as_it_was_added_up_to_the_end_of_time(at in instant(), span in span()) {
        let end = at + span;
        let held = end.as_millis() == i64::MAX;
        prop_assert!(held || end.since(at) == span);
        prop_assert!(held || end - span == at);
        prop_assert!(end.since(at) <= span);
        prop_assert_eq!(at.since(end), Duration::ZERO);
    }

    #[test]
    fn one_of_two_lies_back_unless_they_are_one(one in instant(), other in instant()) {
        prop_assert!(one.since(other).is_zero() || other.since(one).is_zero());
        prop_assert_eq!(one.since(other).is_zero() && other.since(one).is_zero(), one == other);
        prop_assert_eq!(one > other, !one.since(other).is_zero());
    }

    #[test]
    fn json_is_the_bare_number(at in instant()) {
        let json = serde_json::to_string(&at).expect("json");
        prop_assert_eq!(&json, &at.as_millis().to_string());
        prop_assert_eq!(serde_json::from_str::<Timestamp>(&json).expect("an instant"), at);
    }
}

#[test]
fn a_day_of_utc_begins_at_midnight() {
    const DAY: i64 = 86_400_000;
    for (at, begins) in [(0, 0), (DAY - 1, 0), (DAY, DAY), (-1, -DAY)] {
        assert_eq!(
            Timestamp::from_millis(at).start_of_day_in_utc(),
            Timestamp::from_millis(begins)
        );
    }
}
