//! Where a row would land, from the places of all rows when it was lifted.

/// The extent of a row, in CSS pixels from the top of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Extent {
    pub(super) top: f64,
    pub(super) height: f64,
}

impl Extent {
    fn centre(self) -> f64 {
        self.top + self.height / 2.0
    }
}

/// The place of the row `from` when it is `by` pixels below where it lay: after all others whose centre is above its own.
pub(super) fn target(rows: &[Extent], from: usize, by: f64) -> usize {
    let Some(lifted) = rows.get(from) else { return from };
    let centre = lifted.centre() + by;
    rows.iter()
        .enumerate()
        .filter(|(index, row)| *index != from && row.centre() < centre)
        .count()
}

/// Where the line is drawn: above the row that will follow, below the one that will precede.
pub(super) fn line(rows: &[Extent], from: usize, to: usize) -> f64 {
    rows.get(to)
        .map_or(0.0, |row| if to > from { row.top + row.height } else { row.top })
}

/// How far to scroll in one frame when the pointer is `at` in a window of `height`: faster the nearer it is to the edge.
pub(super) fn scroll_step(at: f64, height: f64) -> f64 {
    const EDGE: f64 = 64.0;
    const FASTEST: f64 = 18.0;
    let speed = |inside: f64| ((EDGE - inside) / EDGE).clamp(0.0, 1.0) * FASTEST;
    speed(height - at) - speed(at)
}

#[cfg(test)]
#[path = "slots/tests.rs"]
mod tests;
