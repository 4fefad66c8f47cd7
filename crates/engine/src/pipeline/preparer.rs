//! Replies that are due at about the same time are prepared with one commit: commits and turns at the database are what limits how many
//! replies a process can send. Nobody waits for company: a group is whoever waits when the one before is done.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures::FutureExt;
use tokio::sync::{mpsc, oneshot};
use tracing::Span;

use super::context::PipelineContext;
use super::faults::InHand;
use super::group::Answer;
use super::outcome::WorkError;
use super::prepare::{Prepared, Work, WorkItem, prepare_group};
use crate::storage::{StorageError, repeat_while_busy};

/// Replies in one commit. A power of two: statements for as many rows are prepared once.
const LARGEST_GROUP: usize = 64;
const QUEUE: usize = 1024;

struct Waiting {
    item: WorkItem,
    prepared: oneshot::Sender<Answer>,
}

/// Prepares replies. Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Preparer {
    queue: mpsc::Sender<Waiting>,
}

impl std::fmt::Debug for Waiting {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Waiting").finish_non_exhaustive()
    }
}

impl Preparer {
    /// Starts the task that gathers; it ends when the last handle is gone.
    pub(super) fn start(context: &PipelineContext) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        tokio::spawn(prepare_groups(context.clone(), waiting));
        Self { queue }
    }

    /// Returns after the commit. `in_hand` notes the reply that is found.
    pub(super) async fn prepare(&self, work: Work, in_hand: &Arc<InHand>) -> Answer {
        let (prepared, answer) = oneshot::channel();
        let item = WorkItem {
            work,
            in_hand: in_hand.clone(),
            span: Span::current(),
        };
        let stopped = || StorageError::Setup("the preparer has stopped".into());
        self.queue
            .send(Waiting { item, prepared })
            .await
            .map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())?
    }
}

/// One group at a time, on both databases: SQLite has one writer, and groups with replies of one tenant would wait for each other's
/// commits at its balance.
async fn prepare_groups(context: PipelineContext, mut queue: mpsc::Receiver<Waiting>) {
    loop {
        let mut waiting = Vec::new();
        if queue.recv_many(&mut waiting, LARGEST_GROUP).await == 0 {
            return;
        }
        // Nobody would send what is prepared for a worker that was stopped.
        waiting.retain(|waiting| !waiting.prepared.is_closed());
        prepare_waiting(&context, waiting).await;
    }
}

/// Together if possible; if that fails each alone, so that one reply cannot spoil its neighbours.
async fn prepare_waiting(context: &PipelineContext, waiting: Vec<Waiting>) {
    let items: Vec<&WorkItem> = waiting.iter().map(|waiting| &waiting.item).collect();
    let answers = match items.as_slice() {
        [] | [_] => None,
        several => prepare(context, several).await.ok(),
    };
    let answers = answers.unwrap_or_else(|| waiting.iter().map(|_| None).collect());
    let mut is_away = false;
    for (waiting, answer) in waiting.into_iter().zip(answers) {
        let answer = match answer {
            Some(answer) => answer,
            None if is_away => Err(StorageError::still_unavailable().into()),
            None => prepare_alone(context, &waiting.item).await,
        };
        is_away |= matches!(answer, Err(WorkError::Storage(StorageError::Unavailable(_))));
        // The worker that asked may have been stopped meanwhile.
        let _gone = waiting.prepared.send(answer);
    }
}

async fn prepare_alone(context: &PipelineContext, item: &WorkItem) -> Answer {
    let prepared = repeat_while_busy(|| async {
        match prepare(context, &[item]).await {
            Err(WorkError::Storage(error)) => Err(error),
            prepared => Ok(prepared),
        }
    });
    let mut answers = prepared.await??;
    answers.pop().flatten().unwrap_or(Ok(Prepared::Idle))
}

async fn prepare(context: &PipelineContext, items: &[&WorkItem]) -> Result<Vec<Option<Answer>>, WorkError> {
    let prepared = AssertUnwindSafe(prepare_group(context, items)).catch_unwind();
    prepared.await.unwrap_or(Err(WorkError::Panicked))
}
