//! A pointer drag in progress.

use super::slots::Extent;

/// A pointer that holds a handle.
#[derive(Clone, Debug)]
pub(super) struct Drag {
    pub(super) key: String,
    /// Where it went down, in the window.
    pub(super) pressed_at: f64,
    /// How far the page was scrolled then.
    pub(super) scrolled: f64,
    /// Where it is now, in the window.
    pub(super) at: f64,
    /// Empty until the row is lifted.
    pub(super) rows: Vec<Extent>,
}
