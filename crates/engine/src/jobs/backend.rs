//! The backend under apalis' worker: its polling, with exact wake-ups.
//!
//! apalis' own storages poll again only when something happens to wake their task, and a wake-up that arrives while a fetch
//! is under way is used up without effect: jobs then wait for the next heartbeat. Here a wake-up stays noted until a fetch
//! that began after it. The backend also never takes more jobs than there is room for, so that none waits in this process
//! while another one is idle, and a busy worker still gives signs of life.

use std::task::{Context, Poll};

use apalis_core::backend::persistence::{Persisted, State, TaskPersistLayer};
use apalis_core::backend::{Backend, BackendConfig, finalize::Ephemeral};
use apalis_core::task::Task;
use apalis_core::worker::context::WorkerContext;
use apalis_sqlite::JsonCodec;
use futures::stream::{BoxStream, StreamExt};
use serde_json::Value;

use super::persistence::{HEARTBEAT, QueueError, QueuedJobs};
use crate::storage::JobPool;

pub(super) struct QueueBackend {
    jobs: Persisted<QueuedJobs>,
    wake: BoxStream<'static, ()>,
    /// Jobs may have been added since the last fetch began.
    may_have_jobs: bool,
    /// Of the fetch under way, or of the last one.
    fetch_limit: usize,
    fetched: usize,
    concurrency: usize,
    batch_size: usize,
}

impl QueueBackend {
    pub(super) fn new(
        pool: JobPool,
        queue: &'static str,
        wake: BoxStream<'static, ()>,
        concurrency: usize,
        batch_size: usize,
    ) -> Self {
        Self {
            jobs: Persisted::new(QueuedJobs::new(pool, queue)),
            wake,
            may_have_jobs: true,
            fetch_limit: 0,
            fetched: 0,
            concurrency: concurrency.max(1),
            batch_size: batch_size.max(1),
        }
    }

    fn note_wake_ups(&mut self, cx: &mut Context<'_>) {
        // To the end: only a pending stream has stored the waker.
        while let Poll::Ready(Some(())) = self.wake.poll_next_unpin(cx) {
            self.may_have_jobs = true;
        }
    }

    /// Whether a fetch may begin now; prepares it.
    fn begin_fetch(&mut self, worker: &WorkerContext) -> bool {
        let free_slots = self.concurrency.saturating_sub(worker.task_count());
        let limit = free_slots.min(self.batch_size);
        let begin = self.may_have_jobs && limit > 0;
        if begin {
            self.may_have_jobs = false;
            self.fetch_limit = limit;
            self.fetched = 0;
            self.jobs.fetch_limit = limit;
        }
        begin
    }
}

impl Backend for QueueBackend {
    type Task = Task<Vec<u8>>;
    type Error = QueueError;

    fn poll_ready(&mut self, cx: &mut Context<'_>, worker: &WorkerContext) -> Poll<Result<(), QueueError>> {
        self.jobs.poll_ready(cx, worker, HEARTBEAT)
    }

    fn poll_next(
        &mut self,
        cx: &mut Context<'_>,
        worker: &WorkerContext,
    ) -> Poll<Option<Result<Self::Task, QueueError>>> {
        loop {
            self.note_wake_ups(cx);
            if matches!(self.jobs.state(), State::Ready) && !self.begin_fetch(worker) {
                return Poll::Pending;
            }
            let polled = self.jobs.poll_next(cx, worker);
            if let Poll::Ready(Some(Ok(_))) = &polled {
                self.fetched += 1;
                // A full fetch: there may be more.
                self.may_have_jobs |= self.fetched == self.fetch_limit;
                return polled;
            }
            let found_nothing = polled.is_pending() && matches!(self.jobs.state(), State::Ready);
            if !(found_nothing && self.may_have_jobs) {
                return polled;
            }
        }
    }

    fn poll_close(&mut self, cx: &mut Context<'_>, worker: &WorkerContext) -> Poll<Result<(), QueueError>> {
        self.jobs.poll_close(cx, worker)
    }
}

impl BackendConfig for QueueBackend {
    type Args = Vec<u8>;
    type Id = String;
    type Kind = Ephemeral;
    type Config = ();
    type Layer = TaskPersistLayer<JsonCodec<Value>, Value>;

    fn config(&self) -> &() {
        &()
    }

    fn middleware(&mut self, _: &mut WorkerContext) -> Self::Layer {
        self.jobs
            .layer(JsonCodec::default(), self.batch_size)
            .persist_results(true)
            .lock_tasks(false)
    }
}
