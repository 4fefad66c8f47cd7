//! Where DMs come to rest: a delivery is recorded together with its replies and jobs in one transaction, then acknowledged.
//!
//! Deliveries that wait together are written together by a writer task (no added delay), each acknowledged only after
//! its commit. No call to the platform or an AI happens here.

pub(crate) mod automation;
mod conversations;
mod echoes;
mod events;
mod group;
mod health;
mod messages;
mod recording;
pub(crate) mod sql;
mod unsent;

use std::sync::Arc;
use std::time::Duration;

use crate::channels::event::{CountedKind, InboundEvent};
use crate::storage::{self, Answered, GroupCommit, JobPool, StorageError, caught};
pub use group::Received;
use group::Written;
use health::HealthCounters;
pub use health::{WebhookHealth, webhook_health};
pub use recording::InboxContext;

/// SQLite has one writer connection; on PostgreSQL one group can be gathered while another commits.
const POSTGRES_WRITERS: usize = 3;
/// The platform's clock may be ahead of ours. What lies further in the future happened now: it would lengthen the customer's window
/// and keep us silent for as long.
const CLOCK_DIFFERENCE: Duration = Duration::from_secs(60);

/// Takes deliveries whose signature was checked. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Inbox {
    context: InboxContext,
    writers: GroupCommit<Delivery, Answer>,
    health: HealthCounters,
}

/// The events of a delivery, and its span: lines about it belong there.
type Delivery = (Vec<InboundEvent>, tracing::Span);
type Answer = Result<Received, Arc<StorageError>>;
type Waiting = storage::Waiting<Delivery, Answer>;

/// A delivery could not be recorded; the platform delivers it again.
#[derive(Debug, thiserror::Error)]
pub enum InboxError {
    /// The database is away.
    #[error("the delivery could not be recorded")]
    Unavailable(#[source] Arc<StorageError>),
    /// The server is stopping.
    #[error("the inbox is closed")]
    Closed,
}

impl Inbox {
    /// Starts the writer tasks; they end when the last handle is gone.
    #[must_use]
    pub fn start(context: InboxContext) -> Self {
        let health = HealthCounters::new(context.database.clone());
        let writers = match context.database.job_pool() {
            JobPool::Sqlite(_) => 1,
            JobPool::Postgres(_) => POSTGRES_WRITERS,
        };
        let (to, counters) = (context.clone(), health.clone());
        let write = move |waiting| write_group(to.clone(), counters.clone(), waiting);
        let writers = GroupCommit::start(writers, write);
        Self {
            context,
            writers,
            health,
        }
    }

    /// Records a delivery; returns after the commit.
    ///
    /// # Errors
    /// [`InboxError::Unavailable`] when nothing was recorded.
    pub async fn receive(&self, body: &[u8]) -> Result<Received, InboxError> {
        let now = self.context.clock.now();
        let mut delivery = self.context.channel.parse(body, &self.context.vault, now);
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
        let delivery = (delivery.events, tracing::Span::current());
        let answer = self.writers.submit(delivery).await;
        answer.map_err(|_| InboxError::Closed)?.map_err(InboxError::Unavailable)
    }

    /// Counts something that belongs to no account.
    pub fn count(&self, kind: CountedKind) {
        self.health.count(kind, self.context.clock.now());
    }

    /// Writes the counts that are still in memory; they stay there when it fails.
    pub async fn flush_health(&self) -> Result<(), StorageError> {
        self.health.flush().await
    }
}

/// Together if possible; if that fails each alone, and event by event when need be: one cannot spoil its neighbours.
async fn write_group(context: InboxContext, health: HealthCounters, waiting: Vec<Waiting>) {
    let deliveries: Vec<&[InboundEvent]> = waiting.iter().map(|waiting| waiting.work.0.as_slice()).collect();
    let together = caught(group::write(&context, &deliveries)).await;
    let alone = waiting.len() == 1;
    match together {
        Ok(written) => answer_all(&context, &health, waiting, written),
        Err(error) if alone && !error.is_fault() => refuse(waiting, error),
        Err(_) => {
            for waiting in waiting {
                let written = caught(group::write_one(&context, &waiting.work.0)).await;
                match written {
                    Ok(written) => answer_all(&context, &health, vec![waiting], written),
                    Err(error) => refuse(vec![waiting], error),
                }
            }
        }
    }
}

fn answer_all(context: &InboxContext, health: &HealthCounters, waiting: Vec<Waiting>, written: Written) {
    for _ in 0..written.unknown {
        health.count(CountedKind::UnknownAccount, context.clock.now());
    }
    for _ in 0..written.unrecorded {
        health.count(CountedKind::Unrecorded, context.clock.now());
    }
    for (delivery, reply) in &written.opened {
        let (_, span) = &waiting[*delivery].work;
        span.in_scope(|| {
            let (message, account) = (reply.message, reply.account);
            tracing::debug!(reply.id = %reply.id, message.id = %message, account.id = %account, "a reply is opened");
        });
    }
    for (answered, received) in answers(waiting).zip(written.received) {
        answered.with(Ok(received));
    }
}

fn answers(waiting: Vec<Waiting>) -> impl Iterator<Item = Answered<Answer>> {
    waiting.into_iter().map(|waiting| waiting.split().1)
}

fn refuse(waiting: Vec<Waiting>, error: StorageError) {
    tracing::error!(
        error = &error as &dyn std::error::Error,
        "a webhook delivery could not be recorded"
    );
    let error = Arc::new(error);
    for answered in answers(waiting) {
        answered.with(Err(error.clone()));
    }
}
