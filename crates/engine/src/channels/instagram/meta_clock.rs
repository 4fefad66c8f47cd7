//! How far our clock is from Meta's: each answer says what time it is there.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::time::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::header::{DATE, HeaderMap};

static DATES: DateTimeParser = DateTimeParser::new();

/// Answers that are remembered: the median of so many is not led astray by a slow one.
const SAMPLES: usize = 9;
/// `Date` names whole seconds: on average the answer was made half a second after.
const HALF_A_SECOND: i64 = 500;
/// What the differences cannot show: whole seconds here and in Meta's moments, and the way of the answer.
const UNCERTAINTY: Duration = Duration::from_secs(5);

/// The difference of the clocks, as the last answers of this process show it.
#[derive(Debug, Clone, Default)]
pub struct MetaClock(Arc<Mutex<VecDeque<i64>>>);

impl MetaClock {
    /// An answer with these headers has arrived at `now`.
    pub(super) fn note(&self, headers: &HeaderMap, now: Timestamp) {
        let date = headers.get(DATE).and_then(|date| date.to_str().ok());
        let Some(there) = date.and_then(|date| DATES.parse_timestamp(date).ok()) else {
            return;
        };
        let ahead = there
            .as_millisecond()
            .saturating_add(HALF_A_SECOND)
            .saturating_sub(now.as_millis());
        let mut samples = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if samples.len() == SAMPLES {
            samples.pop_front();
        }
        samples.push_back(ahead);
        let ours_ahead = -median(samples.iter().copied());
        drop(samples);
        #[expect(clippy::cast_precision_loss, reason = "a gauge is a floating point number")]
        metrics::gauge!("concierge_meta_clock_difference_seconds").set(ours_ahead as f64 / 1000.0);
    }

    /// By how many milliseconds our clock is ahead of Meta's; `None` before the first answer.
    #[must_use]
    pub fn ours_ahead(&self) -> Option<i64> {
        let samples = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (!samples.is_empty()).then(|| -median(samples.iter().copied()))
    }

    /// A moment of our clock as Meta may have written it, at the earliest. The lowest difference counts: our clock may have been
    /// set since that moment.
    pub(super) fn earliest_there(&self, at: Timestamp) -> Timestamp {
        let samples = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let lowest = samples.iter().copied().min().unwrap_or_default();
        Timestamp::from_millis(at.as_millis().saturating_add(lowest)) - UNCERTAINTY
    }
}

fn median(samples: impl Iterator<Item = i64>) -> i64 {
    let mut sorted: Vec<i64> = samples.collect();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests;
