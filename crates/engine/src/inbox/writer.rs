//! The writer tasks: whoever waits is written with the next commit.

use std::sync::Arc;

use tokio::sync::{Mutex, mpsc, oneshot};

use super::health::HealthCounters;
use super::{InboxContext, Received, group};
use crate::channels::event::{CountedKind, InboundEvent};
use crate::storage::{JobPool, StorageError};

/// Deliveries in one commit.
const LARGEST_GROUP: usize = 64;
/// SQLite has one writer connection; on PostgreSQL one group can be gathered while another commits.
const POSTGRES_WRITERS: usize = 3;

/// A delivery that waits for its commit.
pub(super) struct Pending {
    pub(super) events: Vec<InboundEvent>,
    /// Of the delivery: lines about it belong there.
    pub(super) span: tracing::Span,
    pub(super) answer: oneshot::Sender<Result<Received, Arc<StorageError>>>,
}

pub(super) fn start(context: &InboxContext, health: &HealthCounters, receiver: mpsc::Receiver<Pending>) {
    let receiver = Arc::new(Mutex::new(receiver));
    let writers = match context.database.job_pool() {
        JobPool::Sqlite(_) => 1,
        JobPool::Postgres(_) => POSTGRES_WRITERS,
    };
    for _ in 0..writers {
        tokio::spawn(write_groups(context.clone(), health.clone(), receiver.clone()));
    }
}

async fn write_groups(context: InboxContext, health: HealthCounters, receiver: Arc<Mutex<mpsc::Receiver<Pending>>>) {
    loop {
        let mut waiting = Vec::new();
        if receiver.lock().await.recv_many(&mut waiting, LARGEST_GROUP).await == 0 {
            return;
        }
        write_group(&context, &health, waiting).await;
    }
}

/// Together if possible; if that fails each alone, so that one delivery cannot spoil its neighbours.
async fn write_group(context: &InboxContext, health: &HealthCounters, waiting: Vec<Pending>) {
    let deliveries: Vec<&[InboundEvent]> = waiting.iter().map(|pending| pending.events.as_slice()).collect();
    let together = group::write(context, &deliveries).await;
    let alone = waiting.len() == 1;
    match together {
        Ok(written) => answer_all(context, health, waiting, written),
        Err(error) if alone => refuse(waiting, error),
        Err(_) => {
            for pending in waiting {
                let written = group::write(context, &[pending.events.as_slice()]).await;
                match written {
                    Ok(written) => answer_all(context, health, vec![pending], written),
                    Err(error) => refuse(vec![pending], error),
                }
            }
        }
    }
}

fn answer_all(context: &InboxContext, health: &HealthCounters, waiting: Vec<Pending>, written: group::Written) {
    for _ in 0..written.unknown {
        health.count(CountedKind::UnknownAccount, context.clock.now());
    }
    if written.received.iter().any(|received| received.replies > 0) {
        context.wake.jobs_added();
    }
    for (delivery, reply) in &written.opened {
        waiting[*delivery].span.in_scope(|| {
            let (message, account) = (reply.message, reply.account);
            tracing::debug!(reply.id = %reply.id, message.id = %message, account.id = %account, "a reply is opened");
        });
    }
    for (pending, received) in waiting.into_iter().zip(written.received) {
        // The sender of the delivery may have hung up; what is recorded stays recorded.
        let _hung_up = pending.answer.send(Ok(received));
    }
}

fn refuse(waiting: Vec<Pending>, error: StorageError) {
    tracing::error!(
        error = &error as &dyn std::error::Error,
        "a webhook delivery could not be recorded"
    );
    let error = Arc::new(error);
    for pending in waiting {
        let _hung_up = pending.answer.send(Err(error.clone()));
    }
}
