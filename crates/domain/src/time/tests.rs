//! Time never overflows and never runs backwards.

use super::*;

#[test]
fn arithmetic_is_in_milliseconds() {
    let start = Timestamp::from_millis(1_000);
    assert_eq!((start + Duration::from_secs(2)).as_millis(), 3_000);
    assert_eq!((start - Duration::from_secs(2)).as_millis(), -1_000);
    assert_eq!((start + Duration::from_secs(2)).since(start), Duration::from_secs(2));
    assert_eq!(start.since(start + Duration::from_secs(2)), Duration::ZERO);
}

#[test]
fn the_ends_of_time_hold() {
    let (first, last) = (Timestamp::from_millis(i64::MIN), Timestamp::from_millis(i64::MAX));
    assert_eq!(last + Duration::MAX, last);
    assert_eq!(first - Duration::MAX, first);
    assert_eq!(last.since(first), Duration::from_millis(u64::MAX));
}
