//! Where DMs come to rest: a delivery is recorded together with its replies and jobs in one transaction, then acknowledged.
//!
//! Deliveries that wait together are written together by a writer task (no added delay), each acknowledged only after
//! its commit. No call to the platform or an AI happens here.

mod account_lookup;
mod conversations;
mod deduplication;
mod echoes;
mod group;
mod health;
mod messages;
mod outbound;
mod recording;
mod unsent;
mod writer;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use crate::channels::Channel;
use crate::channels::event::CountedKind;
use crate::clock::SharedClock;
use crate::jobs::wake::WakeUps;
use crate::storage::{Database, StorageError};
use crate::vault::Vault;
use health::HealthCounters;
pub use health::{WebhookHealth, webhook_health};
use writer::Pending;

/// Deliveries that may wait for the writer before new ones wait for a place.
const QUEUE: usize = 1024;

/// What the inbox needs.
#[derive(Debug, Clone)]
pub struct InboxContext {
    /// Where everything is recorded.
    pub database: Database,
    /// Reads the bytes and finds the accounts.
    pub channel: Arc<dyn Channel>,
    /// Seals the bodies.
    pub vault: Vault,
    /// Says when.
    pub clock: SharedClock,
    /// Told after each commit that opened replies.
    pub wake: WakeUps,
}

/// Takes deliveries whose signature was checked. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Inbox {
    context: InboxContext,
    queue: mpsc::Sender<Pending>,
    health: HealthCounters,
}

/// A delivery could not be recorded; the platform delivers it again.
#[derive(Debug, thiserror::Error)]
pub enum InboxError {
    /// The database refused or is away.
    #[error("the delivery could not be recorded")]
    Unavailable(#[source] Arc<StorageError>),
    /// The server is stopping.
    #[error("the inbox is closed")]
    Closed,
}

/// The platform's clock may be ahead of ours. What lies further in the future happened now: it would lengthen the customer's window
/// and keep us silent for as long.
const CLOCK_DIFFERENCE: Duration = Duration::from_secs(60);

/// What a recorded delivery brought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Received {
    /// New events of connected accounts.
    pub events: usize,
    /// Replies opened for them.
    pub replies: usize,
}

impl Inbox {
    /// Starts the writer tasks; they end when the last handle is gone.
    #[must_use]
    pub fn start(context: InboxContext) -> Self {
        let (queue, receiver) = mpsc::channel(QUEUE);
        let health = HealthCounters::new(context.database.clone());
        writer::start(&context, &health, receiver);
        Self { context, queue, health }
    }

    /// Records a delivery; returns after the commit.
    ///
    /// # Errors
    /// [`InboxError::Unavailable`] when nothing was recorded.
    pub async fn receive(&self, body: &[u8]) -> Result<Received, InboxError> {
        let mut delivery = self.context.channel.parse(body, &self.context.vault);
        let now = self.context.clock.now();
        for event in &mut delivery.events {
            if event.occurred_at > now + CLOCK_DIFFERENCE {
                event.occurred_at = now;
            }
        }
        for kind in delivery.counted {
            self.count(kind);
        }
        if delivery.events.is_empty() {
            return Ok(Received::default());
        }
        let (answer, answered) = oneshot::channel();
        self.queue
            .send(Pending {
                events: delivery.events,
                span: tracing::Span::current(),
                answer,
            })
            .await
            .map_err(|_| InboxError::Closed)?;
        answered
            .await
            .map_err(|_| InboxError::Closed)?
            .map_err(InboxError::Unavailable)
    }

    /// Counts something that belongs to no account.
    pub fn count(&self, kind: CountedKind) {
        self.health.count(kind, self.context.clock.now());
    }

    /// Writes the counts that are still in memory.
    ///
    /// # Errors
    /// What the database answers; the counts stay in memory.
    pub async fn flush_health(&self) -> Result<(), StorageError> {
        self.health.flush().await
    }
}
