//! Runs the jobs of a queue: an apalis worker that starts again after the database was away, and that stops without dropping work.

use std::sync::Arc;
use std::time::{Duration, Instant};

use apalis_core::error::WorkerError;
use apalis_core::task::task_id::TaskId;
use apalis_core::worker::builder::WorkerBuilder;
use apalis_core::worker::context::WorkerContext;
use futures::FutureExt;
use futures::future::{BoxFuture, Shared};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::backend::QueueBackend;
use super::job::Job;
use super::job::JobRunner;
use super::maintenance::release_jobs_of;
use super::wake::WakeUps;
use crate::storage::Database;

const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);
/// A worker that ran this long had recovered: the next fault starts with the shortest pause again.
const RECOVERED_AFTER: Duration = Duration::from_secs(60);

/// How much is done at once. The default is a compromise: on one busy two-core machine PostgreSQL worked 1,100, 1,700, 2,800
/// and 4,200 no-op jobs a second with 32, 64, 128 and 256 at once (each round costs two commits, whatever it carries), SQLite
/// 1,700 to 8,500; but everything at once also asks for the same few connections.
#[derive(Debug, Clone)]
pub struct WorkerSettings {
    /// Jobs in work at the same time. They mostly wait for Meta, so far more than processors.
    pub concurrency: usize,
    /// Jobs taken up with one statement, at most: no more are ever taken than there is room for, so a large batch keeps
    /// nothing from other servers.
    pub batch_size: usize,
    /// Role and host, to recognise a worker in the job tables; what makes its name unique is added.
    pub name_prefix: String,
    /// How long work in hand may take after shutdown was asked for.
    pub finish_within: Duration,
}

impl Default for WorkerSettings {
    fn default() -> Self {
        Self {
            concurrency: 128,
            batch_size: 128,
            name_prefix: "replies".into(),
            finish_within: Duration::from_secs(25),
        }
    }
}

/// Runs jobs until `shutdown`, then finishes what is in hand, at most [`WorkerSettings::finish_within`]; what is unfinished then is
/// dropped at its next wait. Faults of the database are logged and tried again, with growing pauses.
pub async fn run_workers<J: Job>(
    database: Database,
    settings: WorkerSettings,
    context: J::Context,
    wake: WakeUps,
    shutdown: CancellationToken,
) {
    let deadline = {
        let (shutdown, finish_within) = (shutdown.clone(), settings.finish_within);
        async move {
            shutdown.cancelled().await;
            tokio::time::sleep(finish_within).await;
        }
    };
    let supervisor = WorkerSupervisor::<J> {
        database,
        settings,
        wake,
        shutdown,
        deadline: deadline.boxed().shared(),
        runner: JobRunner::new(context),
    };
    supervisor.run_until_shutdown().await;
    supervisor.runner.close(supervisor.deadline).await;
}

/// Starts a worker again whenever it has failed.
struct WorkerSupervisor<J: Job> {
    database: Database,
    settings: WorkerSettings,
    wake: WakeUps,
    shutdown: CancellationToken,
    /// Passes when shutdown was asked for and the time for work in hand is over.
    deadline: Shared<BoxFuture<'static, ()>>,
    runner: Arc<JobRunner<J>>,
}

impl<J: Job> WorkerSupervisor<J> {
    async fn run_until_shutdown(&self) {
        let mut pause = FIRST_PAUSE;
        while !self.shutdown.is_cancelled() {
            let started = Instant::now();
            let Err(error) = self.run_one_worker().await else {
                continue;
            };
            if started.elapsed() > RECOVERED_AFTER {
                pause = FIRST_PAUSE;
            }
            tracing::warn!(%error, queue = J::QUEUE, pause_ms = pause.as_millis(), "a worker lost its job tables and starts again soon");
            self.shutdown.run_until_cancelled(tokio::time::sleep(pause)).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    async fn run_one_worker(&self) -> Result<(), WorkerError> {
        let name = format!("{}-{}", self.settings.name_prefix, Uuid::new_v4().simple());
        let context = WorkerContext::new(&name);
        let backend = QueueBackend::new(
            self.database.job_pool().clone(),
            J::QUEUE,
            self.wake.listen(),
            self.settings.concurrency,
            self.settings.batch_size,
        );
        let runner = self.runner.clone();
        let worker = WorkerBuilder::new(&context)
            .backend(backend)
            .build(move |payload: Vec<u8>, id: TaskId| runner.clone().run(payload, id));
        let stop = async {
            self.shutdown.cancelled().await;
            let _ = context.stop();
            self.deadline.clone().await;
        };
        let outcome = tokio::select! {
            // The worker first: it can only be told to stop once it has started.
            biased;
            outcome = worker.run() => outcome,
            () = stop => Ok(()),
        };
        let _ = context.stop();
        if let Err(error) = release_jobs_of(&self.database, &name).await {
            tracing::debug!(%error, "jobs of a worker that ended stay locked until they are found to be orphans");
        }
        outcome
    }
}
