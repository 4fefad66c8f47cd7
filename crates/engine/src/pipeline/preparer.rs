//! Replies that are due at about the same time are prepared with one commit: commits and turns at the database are what limits how many
//! replies a process can send. Nobody waits for company: a group is whoever waits when the one before is done.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures::FutureExt;
use tracing::Span;

use super::context::PipelineContext;
use super::faults::InHand;
use super::group::Answer;
use super::outcome::WorkError;
use super::prepare::{Prepared, Work, WorkItem, prepare_group};
use crate::storage::{self, GroupCommit, StorageError, repeat_while_busy};

/// One group at a time, on both databases: SQLite has one writer, and groups with replies of one tenant would wait for each other's
/// commits at its balance.
const PREPARERS: usize = 1;

type Waiting = storage::Waiting<WorkItem, Answer>;

/// Prepares replies. Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Preparer(GroupCommit<WorkItem, Answer>);

impl Preparer {
    pub(super) fn start(context: &PipelineContext) -> Self {
        let context = context.clone();
        let prepare = move |waiting| prepare_waiting(context.clone(), waiting);
        Self(GroupCommit::start(PREPARERS, prepare))
    }

    /// Returns after the commit. `in_hand` notes the reply that is found.
    pub(super) async fn prepare(&self, work: Work, in_hand: &Arc<InHand>) -> Answer {
        let item = WorkItem {
            work,
            in_hand: in_hand.clone(),
            span: Span::current(),
        };
        self.0.submit(item).await?
    }
}

/// Together if possible; if that fails each alone, so that one reply cannot spoil its neighbours.
async fn prepare_waiting(context: PipelineContext, mut waiting: Vec<Waiting>) {
    // Nobody would send what is prepared for a worker that was stopped.
    waiting.retain(|waiting| !waiting.is_given_up());
    let items: Vec<&WorkItem> = waiting.iter().map(|waiting| &waiting.work).collect();
    let answers = match items.as_slice() {
        [] | [_] => None,
        several => prepare(&context, several).await.ok(),
    };
    let is_prepared = answers.is_some();
    let answers = answers.unwrap_or_else(|| waiting.iter().map(|_| None).collect());
    let mut is_away = false;
    for (waiting, answer) in waiting.into_iter().zip(answers) {
        let (item, answered) = waiting.split();
        let answer = match answer {
            Some(answer) => answer,
            None if is_away => Err(StorageError::still_unavailable().into()),
            // Somebody has locked the conversation: the next group does not wait for it.
            None if is_prepared => {
                let context = context.clone();
                tokio::spawn(async move { answered.with(prepare_alone(&context, &item).await) });
                continue;
            }
            None => prepare_alone(&context, &item).await,
        };
        is_away |= matches!(answer, Err(WorkError::Storage(StorageError::Unavailable(_))));
        answered.with(answer);
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
