//! The scale has round numbers and room for the highest bar.

use super::scale;

#[test]
fn the_scale_is_round_and_can_be_halved() {
    assert_eq!([0, 1, 3, 5, 7, 11, 42, 101].map(scale), [2, 2, 4, 6, 10, 20, 60, 200]);
}

#[test]
fn the_highest_bar_fits() {
    for highest in 0..5_000 {
        let top = scale(highest);
        assert!(top >= highest && top.is_multiple_of(2), "{highest} under {top}");
    }
}
