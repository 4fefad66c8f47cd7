//! When waiting replies are due: the sweeper need not wait for its tick when a retry is one second away.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use domain::time::Timestamp;
use tokio::sync::Notify;

/// Due times are told apart by so many milliseconds; it bounds how many there can be.
const STEP: i64 = 10;

/// The near due times this process knows of. What is due later than the sweeper's next ticks is found by a beat.
#[derive(Debug, Clone, Default)]
pub(crate) struct DueTimes(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    times: Mutex<BTreeSet<Timestamp>>,
    earlier: Notify,
}

impl DueTimes {
    /// A reply is due at `at`.
    pub(crate) fn add(&self, at: Timestamp) {
        let rounded_up = at.as_millis().saturating_add(STEP - 1) / STEP * STEP;
        let at = Timestamp::from_millis(rounded_up);
        let mut times = self.0.times.lock().unwrap_or_else(PoisonError::into_inner);
        let is_first = times.first().is_none_or(|first| at < *first);
        times.insert(at);
        if is_first {
            self.0.earlier.notify_one();
        }
    }

    /// The earliest one.
    pub(super) fn earliest(&self) -> Option<Timestamp> {
        self.0
            .times
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .first()
            .copied()
    }

    /// Everything due by `now` is being looked at.
    pub(super) fn forget_until(&self, now: Timestamp) {
        let mut times = self.0.times.lock().unwrap_or_else(PoisonError::into_inner);
        *times = times.split_off(&Timestamp::from_millis(now.as_millis().saturating_add(1)));
    }

    /// Waits until an earlier due time is added.
    pub(super) async fn changed(&self) {
        self.0.earlier.notified().await;
    }
}
