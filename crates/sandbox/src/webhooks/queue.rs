//! What waits to be delivered.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::{Semaphore, mpsc, oneshot};

use super::event::Event;

/// Webhooks in flight in a quiet sandbox.
const PARALLEL: usize = 64;

/// How one event is sent.
#[derive(Clone, Debug, Default)]
pub struct Sending {
    /// A second POST with the same body.
    pub twice: bool,
    /// Wait before the first.
    pub delay: Duration,
}

/// An event on its lane, and who hears of its first try.
pub(super) struct Job {
    pub(super) event: Event,
    pub(super) sending: Sending,
    pub(super) tried: oneshot::Sender<()>,
}

/// The lanes by Instagram id, and the limit that quiet sandboxes have in their place.
pub struct Lanes {
    pub(super) open: Mutex<HashMap<String, mpsc::UnboundedSender<Job>>>,
    pub(super) quiet: Arc<Semaphore>,
}

impl Default for Lanes {
    fn default() -> Self {
        Self {
            open: Mutex::default(),
            quiet: Arc::new(Semaphore::new(PARALLEL)),
        }
    }
}
