//! Waits grow and have an end.

use super::*;

#[test]
fn the_wait_grows_and_has_an_end() {
    let waits: Vec<u64> = (1..=12).map(|attempts| PAIR.wait_after(attempts).as_secs()).collect();
    assert_eq!(waits, [0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 900, 900]);
    assert_eq!(PAIR.wait_after(i64::MAX).as_secs(), 900);
}

#[test]
fn nobody_is_locked_out_by_others_for_more_than_thirty_seconds() {
    assert_eq!(ADDRESS.wait_after(19), Duration::ZERO);
    assert_eq!(ADDRESS.wait_after(1_000_000), Duration::from_secs(30));
}
