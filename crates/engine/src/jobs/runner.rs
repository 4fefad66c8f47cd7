//! Runs jobs in tasks of their own: on all processors, and to the end when the worker around them fails during a call to Meta.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use apalis_core::task::task_id::TaskId;
use futures::FutureExt;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::Instrument;

use super::job::Job;

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
        if AssertUnwindSafe(job.run(&self.context)).catch_unwind().await.is_ok() {
            return;
        }
        tracing::error!(?job, "a job panicked");
        if AssertUnwindSafe(job.panicked(&self.context))
            .catch_unwind()
            .await
            .is_err()
        {
            tracing::error!("the panic could not be recorded either");
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
