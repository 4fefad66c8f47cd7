//! When a reply is tried again after the platform or the AI did not answer.

use std::time::Duration;

use crate::time::Timestamp;

/// First some growing delays, then at a steady interval until the message is too old to bother.
#[derive(Clone, Debug, PartialEq)]
pub struct RetryTimetable {
    /// The delay before the first retry, the second, and so on. These retries are always given.
    pub delays: Vec<Duration>,
    /// The interval after `delays` are used up.
    pub then_every: Duration,
    /// How long after the customer's message the retries stop.
    pub give_up_after: Duration,
    /// The share by which a delay may be shorter or longer: 0.2 is ± 20 %.
    pub jitter: f64,
}

impl Default for RetryTimetable {
    /// 1 s, 5 s, 30 s, 2 min, 10 min, then every 10 min up to 2 h after the message; ± 20 %.
    fn default() -> Self {
        Self {
            delays: [1, 5, 30, 120, 600].map(Duration::from_secs).to_vec(),
            then_every: Duration::from_secs(600),
            give_up_after: Duration::from_secs(2 * 60 * 60),
            jitter: 0.2,
        }
    }
}

impl RetryTimetable {
    /// When to try again after `attempt` tries were made (1 after the first), or `None` to give up.
    ///
    /// `jitter_unit` is a random number from 0 to 1: 0 is the shortest delay, 1 the longest, 0.5 the exact one.
    #[must_use]
    pub fn next(&self, attempt: u32, now: Timestamp, occurred_at: Timestamp, jitter_unit: f64) -> Option<Timestamp> {
        let retry = usize::try_from(attempt.saturating_sub(1)).unwrap_or(usize::MAX);
        if let Some(delay) = self.delays.get(retry) {
            return Some(now + self.jittered(*delay, jitter_unit));
        }
        let due = now + self.jittered(self.then_every, jitter_unit);
        (due <= occurred_at + self.give_up_after).then_some(due)
    }

    /// When something is tried that was not tried, because others had their turn; `None` when the retries are over.
    #[must_use]
    pub fn next_turn(&self, now: Timestamp, occurred_at: Timestamp, jitter_unit: f64) -> Option<Timestamp> {
        let delay = self.delays.first().copied().unwrap_or(self.then_every);
        let due = now + self.jittered(delay, jitter_unit);
        (due <= occurred_at + self.give_up_after).then_some(due)
    }

    fn jittered(&self, delay: Duration, unit: f64) -> Duration {
        let unit = if unit.is_nan() { 0.5 } else { unit.clamp(0.0, 1.0) };
        let jitter = if self.jitter.is_nan() {
            0.0
        } else {
            self.jitter.clamp(0.0, 1.0)
        };
        Duration::try_from_secs_f64(delay.as_secs_f64() * (1.0 + jitter * (2.0 * unit - 1.0))).unwrap_or(delay)
    }
}
