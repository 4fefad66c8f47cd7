//! When the conversation is read to learn whether a reply of unknown outcome arrived.

use std::time::Duration;

use crate::time::Timestamp;

/// Reads at fixed distances from the moment the outcome became unknown, then at a steady interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookupTimetable {
    /// Distances of the first reads from the moment the outcome became unknown, growing.
    pub reads: Vec<Duration>,
    /// The interval after the last of `reads`.
    pub then_every: Duration,
}

impl Default for LookupTimetable {
    /// After 10 s, 30 s and 2 min, then every 10 min.
    fn default() -> Self {
        Self {
            reads: [10, 30, 120].map(Duration::from_secs).to_vec(),
            then_every: Duration::from_secs(600),
        }
    }
}

impl LookupTimetable {
    /// When one read is tried again that stands for many, because the last one failed: sooner the shorter ago the outcome became unknown, at the
    /// second distance at the soonest and at the last one at the latest.
    #[must_use]
    pub fn soon(&self, unknown_since: Timestamp, now: Timestamp) -> Timestamp {
        let longest = self.reads.last().copied().unwrap_or(self.then_every);
        let shortest = self.reads.get(1).copied().unwrap_or(longest).min(longest);
        now + (now.since(unknown_since) / 4).clamp(shortest, longest)
    }

    /// When to read next after `reads_made` reads. Never in the past, and never sooner after a read than the first distance:
    /// a server that was away does not make up for missed reads all at once. Giving up is the caller's (the window's end).
    #[must_use]
    pub fn next(&self, reads_made: u32, unknown_since: Timestamp, now: Timestamp) -> Timestamp {
        let made = usize::try_from(reads_made).unwrap_or(usize::MAX);
        let distance = self.reads.get(made).copied().unwrap_or_else(|| {
            let intervals = made.saturating_sub(self.reads.len()).saturating_add(1);
            let intervals = u32::try_from(intervals).unwrap_or(u32::MAX);
            let last = self.reads.last().copied().unwrap_or_default();
            last.saturating_add(self.then_every.saturating_mul(intervals))
        });
        let gap = if made == 0 {
            Duration::ZERO
        } else {
            self.reads.first().copied().unwrap_or(self.then_every)
        };
        (unknown_since + distance).max(now + gap)
    }
}
