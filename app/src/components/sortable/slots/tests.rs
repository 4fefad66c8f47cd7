//! Rows of any height: a drag lands where the eye expects it.

use proptest::prelude::*;

use super::*;

fn rows(heights: &[f64]) -> Vec<Extent> {
    let mut top = 100.0;
    heights
        .iter()
        .map(|&height| {
            let row = Extent { top, height };
            top += height;
            row
        })
        .collect()
}

#[test]
fn the_line_is_above_when_going_up_and_below_when_going_down() {
    let rows = rows(&[50.0, 60.0, 70.0]);
    assert_eq!(line(&rows, 2, 0), 100.0);
    assert_eq!(line(&rows, 0, 2), 280.0);
    assert_eq!(line(&rows, 1, 1), 150.0);
}

#[test]
fn the_page_scrolls_near_its_edges_only() {
    assert_eq!(scroll_step(400.0, 800.0), 0.0);
    assert!(scroll_step(10.0, 800.0) < 0.0);
    assert!(scroll_step(790.0, 800.0) > 0.0);
    assert!(scroll_step(799.0, 800.0) > scroll_step(760.0, 800.0));
}

proptest! {
    #[test]
    fn a_row_that_is_not_moved_stays(heights in prop::collection::vec(20.0..400.0f64, 1..40), at in any::<prop::sample::Index>()) {
        let rows = rows(&heights);
        let from = at.index(rows.len());
        prop_assert_eq!(target(&rows, from, 0.0), from);
    }

    #[test]
    fn further_down_is_never_earlier(heights in prop::collection::vec(20.0..400.0f64, 1..40), at in any::<prop::sample::Index>(),
        one in -9000.0..9000.0f64, more in 0.0..5000.0f64) {
        let rows = rows(&heights);
        let from = at.index(rows.len());
        let (near, far) = (target(&rows, from, one), target(&rows, from, one + more));
        prop_assert!(near <= far && far < rows.len());
    }

    #[test]
    fn beyond_the_ends_is_first_and_last(heights in prop::collection::vec(20.0..400.0f64, 1..40), at in any::<prop::sample::Index>()) {
        let rows = rows(&heights);
        let from = at.index(rows.len());
        prop_assert_eq!(target(&rows, from, -100_000.0), 0);
        prop_assert_eq!(target(&rows, from, 100_000.0), rows.len() - 1);
    }
}
