//! What a job is: ids of our rows, a queue, and the work on them; and how one is run.

use std::fmt::Debug;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use apalis_core::task::task_id::TaskId;
use domain::ids::ReplyId;
use futures::FutureExt;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::Instrument;

/// The payload of a job. What it holds is stored as JSON; a release must be able to read what the one before has enqueued.
pub trait Job: Debug + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The queue's name in the tables of apalis, which would name it after a Rust path that a refactoring may move.
    const QUEUE: &'static str;
    /// What the work needs.
    type Context: Send + Sync + 'static;

    /// Unique in the queue for good: apalis keeps the keys of finished jobs, so a second job for the same row needs another one.
    fn key(&self) -> String;

    /// Works until the row is final, waits, or belongs to somebody else. Must be safe to repeat, and logs its own failures: the row
    /// says what is left to do.
    fn run(&self, context: &Self::Context) -> impl Future<Output = ()> + Send;
}

/// Works on a reply and whatever else is due in its conversation, as `pipeline/worker.rs` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendReply {
    /// The reply to work on.
    #[serde(rename = "reply_id")]
    pub reply: ReplyId,
    /// `replies.job_no`, part of the key only: it must have grown in the transaction that enqueues.
    #[serde(skip)]
    pub job_no: i64,
}

/// Runs jobs in tasks of their own: on all processors, and to the end when the worker around them fails during a call to Meta.
pub(super) struct JobRunner<J: Job> {
    context: J::Context,
    tasks: TaskTracker,
    give_up: CancellationToken,
}

impl<J: Job> JobRunner<J> {
    pub(super) fn new(context: J::Context) -> Arc<Self> {
        Arc::new(Self {
            context,
            tasks: TaskTracker::new(),
            give_up: CancellationToken::new(),
        })
    }

    /// Every job ends well for apalis: what came of it is on our rows.
    pub(super) async fn run(self: Arc<Self>, payload: Vec<u8>, id: TaskId) {
        let span = tracing::info_span!("job", queue = J::QUEUE, job.id = %id);
        let runner = self.clone();
        let work = async move { runner.give_up.run_until_cancelled(runner.run_job(&payload)).await };
        let _ = self.tasks.spawn(work.instrument(span)).await;
    }

    async fn run_job(&self, payload: &[u8]) {
        let Ok(job) = serde_json::from_slice::<J>(payload) else {
            tracing::error!("a job has an unknown form and was dropped; its row gets another one");
            return;
        };
        if AssertUnwindSafe(job.run(&self.context)).catch_unwind().await.is_err() {
            tracing::error!(?job, "a job panicked");
        }
    }

    /// Waits for all work, at most until `deadline`, then drops the rest at its next wait.
    pub(super) async fn close(&self, deadline: impl Future<Output = ()>) {
        self.tasks.close();
        tokio::select! {
            () = self.tasks.wait() => {}
            () = deadline => self.give_up.cancel(),
        }
        self.tasks.wait().await;
    }
}
