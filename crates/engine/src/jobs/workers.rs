//! Runs the jobs of a queue: an apalis worker that comes back after the database was away, and that stops without dropping work.
//!
//! The outcome of a job is on our rows, so every job ends well. Work runs in tasks of its own: on all processors, and to its
//! end when the worker around it fails in the middle of a call to Meta.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use apalis_core::error::WorkerError;
use apalis_core::worker::builder::WorkerBuilder;
use apalis_core::worker::context::WorkerContext;
use async_trait::async_trait;
use domain::ids::ReplyId;
use futures::FutureExt;
use futures::future::{BoxFuture, Shared};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use super::backend::QueueBackend;
use super::orphans::release_jobs_of;
use super::queue::WorkOnReply;
use super::tables::{REPLIES, TOKENS};
use super::token_queue::ConnectionCheckJob;
use super::wake::WakeUps;
use crate::storage::Database;

const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);
/// A worker that ran this long had recovered: the next fault starts with the shortest pause again.
const RECOVERED_AFTER: Duration = Duration::from_secs(60);

/// What a job is for.
#[async_trait]
pub trait ReplyHandler: Send + Sync + 'static {
    /// Works on a reply until it is final, waits, or belongs to somebody else. Must be safe to repeat.
    async fn work(&self, reply: ReplyId);

    /// [`Self::work`] panicked: whoever counts panics is told here.
    async fn panicked(&self, reply: ReplyId);
}

/// What a job for a connection is for.
#[async_trait]
pub trait CheckHandler: Send + Sync + 'static {
    /// Checks one connection. Must be safe to repeat.
    async fn check(&self, job: ConnectionCheckJob);
}

/// A queue's handler: reads a job's bytes and works on it.
#[async_trait]
trait JobHandler: Send + Sync + 'static {
    async fn work(&self, job: &[u8]);

    async fn panicked(&self, job: &[u8]);
}

struct Replies(Arc<dyn ReplyHandler>);

#[async_trait]
impl JobHandler for Replies {
    async fn work(&self, job: &[u8]) {
        match serde_json::from_slice::<WorkOnReply>(job) {
            Ok(job) => self.0.work(job.reply_id).await,
            Err(_) => tracing::error!("a reply job has an unknown form and was dropped; the sweeper finds its reply"),
        }
    }

    async fn panicked(&self, job: &[u8]) {
        if let Ok(job) = serde_json::from_slice::<WorkOnReply>(job) {
            tracing::error!(reply.id = %job.reply_id, "work on a reply panicked");
            self.0.panicked(job.reply_id).await;
        }
    }
}

struct Tokens(Arc<dyn CheckHandler>);

#[async_trait]
impl JobHandler for Tokens {
    async fn work(&self, job: &[u8]) {
        match serde_json::from_slice::<ConnectionCheckJob>(job) {
            Ok(job) => self.0.check(job).await,
            Err(_) => tracing::error!("a token job has an unknown form and was dropped; its row is taken up again"),
        }
    }

    async fn panicked(&self, job: &[u8]) {
        let account = serde_json::from_slice::<ConnectionCheckJob>(job)
            .ok()
            .map(|job| job.account);
        tracing::error!(
            ?account,
            "the check of a connection panicked; its row is taken up again"
        );
    }
}

/// How much is done at once. The default is a compromise: on one busy two-core machine PostgreSQL worked 1,100, 1,700, 2,800
/// and 4,200 no-op jobs a second with 32, 64, 128 and 256 at once (each round costs two commits, whatever it carries), SQLite
/// 1,700 to 8,500; but everything at once also asks for the same few connections.
#[derive(Debug, Clone)]
pub struct WorkerSettings {
    /// Replies in work at the same time. They mostly wait for Meta, so far more than processors.
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

/// Works on reply jobs until `shutdown`, then finishes what is in hand, at most [`WorkerSettings::finish_within`]; what is
/// unfinished then is dropped at its next wait. Faults of the database are logged and tried again, with growing pauses.
pub async fn run_reply_workers(
    database: Database,
    settings: WorkerSettings,
    handler: Arc<dyn ReplyHandler>,
    wake: WakeUps,
    shutdown: CancellationToken,
) {
    let handler = Arc::new(Replies(handler));
    run_workers(database, REPLIES, settings, handler, wake, shutdown).await;
}

/// Checks connections until `shutdown`; otherwise as [`run_reply_workers`].
pub async fn run_check_workers(
    database: Database,
    settings: WorkerSettings,
    handler: Arc<dyn CheckHandler>,
    wake: WakeUps,
    shutdown: CancellationToken,
) {
    let handler = Arc::new(Tokens(handler));
    run_workers(database, TOKENS, settings, handler, wake, shutdown).await;
}

async fn run_workers(
    database: Database,
    queue: &'static str,
    settings: WorkerSettings,
    handler: Arc<dyn JobHandler>,
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
    let crew = Crew {
        database,
        queue,
        settings,
        wake,
        shutdown,
        deadline: deadline.boxed().shared(),
        desk: Desk::new(handler),
    };
    crew.work_until_shutdown().await;
    crew.desk.close(crew.deadline).await;
}

struct Crew {
    database: Database,
    queue: &'static str,
    settings: WorkerSettings,
    wake: WakeUps,
    shutdown: CancellationToken,
    /// Passes when shutdown was asked for and the time for work in hand is over.
    deadline: Shared<BoxFuture<'static, ()>>,
    desk: Desk,
}

impl Crew {
    async fn work_until_shutdown(&self) {
        let mut pause = FIRST_PAUSE;
        while !self.shutdown.is_cancelled() {
            let started = Instant::now();
            let Err(error) = self.run_one_worker().await else {
                continue;
            };
            if started.elapsed() > RECOVERED_AFTER {
                pause = FIRST_PAUSE;
            }
            tracing::warn!(%error, queue = self.queue, pause_ms = pause.as_millis(), "a worker lost its job tables and starts again soon");
            self.shutdown.run_until_cancelled(tokio::time::sleep(pause)).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    async fn run_one_worker(&self) -> Result<(), WorkerError> {
        let name = format!("{}-{}", self.settings.name_prefix, Uuid::new_v4().simple());
        let context = WorkerContext::new(&name);
        let backend = QueueBackend::new(
            self.database.job_pool().clone(),
            self.queue,
            self.wake.listen(),
            self.settings.concurrency,
            self.settings.batch_size,
        );
        let desk = self.desk.clone();
        let worker = WorkerBuilder::new(&context)
            .backend(backend)
            .build(move |job: Vec<u8>| desk.clone().take(job));
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

/// Where jobs become work.
#[derive(Clone)]
struct Desk {
    handler: Arc<dyn JobHandler>,
    work: TaskTracker,
    give_up: CancellationToken,
}

impl Desk {
    fn new(handler: Arc<dyn JobHandler>) -> Self {
        Self {
            handler,
            work: TaskTracker::new(),
            give_up: CancellationToken::new(),
        }
    }

    async fn take(self, job: Vec<u8>) {
        let handler = self.handler.clone();
        let give_up = self.give_up.clone();
        let work = async move { give_up.run_until_cancelled(work_on(handler, job)).await };
        let _ = self.work.spawn(work).await;
    }

    /// Waits for all work, at most until `deadline`, then drops the rest.
    async fn close(&self, deadline: impl Future<Output = ()>) {
        self.work.close();
        tokio::select! {
            () = self.work.wait() => {}
            () = deadline => self.give_up.cancel(),
        }
        self.work.wait().await;
    }
}

async fn work_on(handler: Arc<dyn JobHandler>, job: Vec<u8>) {
    if AssertUnwindSafe(handler.work(&job)).catch_unwind().await.is_ok() {
        return;
    }
    if AssertUnwindSafe(handler.panicked(&job)).catch_unwind().await.is_err() {
        tracing::error!("a panic could not be recorded either");
    }
}
