//! When the next waiting reply is due: the sweeper need not wait for its beat when a retry is one second away.

use std::sync::{Arc, Mutex, PoisonError};

use domain::time::Timestamp;
use tokio::sync::Notify;

/// The earliest due time this process knows of.
#[derive(Debug, Clone, Default)]
pub(crate) struct DueTimes(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    earliest: Mutex<Option<Timestamp>>,
    earlier: Notify,
}

impl DueTimes {
    /// A reply waits until `at`.
    pub(super) fn add(&self, at: Timestamp) {
        let mut earliest = self.0.earliest.lock().unwrap_or_else(PoisonError::into_inner);
        if earliest.is_none_or(|known| at < known) {
            *earliest = Some(at);
            self.0.earlier.notify_one();
        }
    }

    /// Takes the earliest due time; the caller looks at everything that is due then.
    pub(super) fn take(&self) -> Option<Timestamp> {
        self.0.earliest.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Waits until an earlier due time is added.
    pub(super) async fn changed(&self) {
        self.0.earlier.notified().await;
    }
}
