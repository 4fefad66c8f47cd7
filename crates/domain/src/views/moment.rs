//! An instant together with its words, written on the server in the tenant's time zone.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// An instant, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// The instant itself: relative times ("4 min ago") are counted from it once the page is hydrated.
    pub at: Timestamp,
    /// For `<time datetime>`: `2026-11-22T10:42:05+01:00`.
    pub iso: String,
    /// For `title`: `Sunday 22 November 2026, 10:42:05 (Europe/Amsterdam)`.
    pub exact: String,
    /// In a sentence: `10:42`, `Yesterday, 19:27`, `Thu 19 Nov, 16:48`, or with the year when it is another one.
    pub short: String,
    /// In a table that is grouped by day: `10:42`.
    pub clock: String,
    /// The heading of its day: `Today, Sunday 22 November`. Equal for all moments of one day.
    pub day: String,
}
