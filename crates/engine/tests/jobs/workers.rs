//! A handler that writes down what it was given, and workers around it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use domain::ids::ReplyId;
use engine::jobs::{ReplyHandler, WakeUps, WorkerSettings, run_reply_workers};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::support::TestDatabase;

/// What was begun and worked. Work can be held, so that it stays in hand.
#[derive(Debug)]
pub struct RecordingHandler {
    begun: watch::Sender<HashMap<ReplyId, usize>>,
    worked: watch::Sender<usize>,
    panicked: Mutex<Vec<ReplyId>>,
    panics: Mutex<Vec<ReplyId>>,
    released: Semaphore,
}

impl RecordingHandler {
    /// Work ends as soon as it begins.
    pub fn new() -> Arc<Self> {
        Self::with_permits(Semaphore::MAX_PERMITS)
    }

    /// Work begins and waits for [`Self::release`].
    pub fn holding() -> Arc<Self> {
        Self::with_permits(0)
    }

    fn with_permits(permits: usize) -> Arc<Self> {
        Arc::new(Self {
            begun: watch::Sender::new(HashMap::new()),
            worked: watch::Sender::new(0),
            panicked: Mutex::default(),
            panics: Mutex::default(),
            released: Semaphore::new(permits),
        })
    }

    /// Lets all work go on.
    pub fn release(&self) {
        self.released.add_permits(1 << 20);
    }

    /// Makes work on `reply` panic.
    pub fn panic_on(&self, reply: ReplyId) {
        self.panics.lock().unwrap().push(reply);
    }

    /// The replies reported as panicked.
    pub fn panicked(&self) -> Vec<ReplyId> {
        self.panicked.lock().unwrap().clone()
    }

    /// How often work on `reply` began.
    pub fn begun(&self, reply: ReplyId) -> usize {
        self.begun.borrow().get(&reply).copied().unwrap_or_default()
    }

    /// How many jobs were worked to their end.
    pub fn worked(&self) -> usize {
        *self.worked.borrow()
    }

    /// Waits until work on `reply` began `times` times.
    pub async fn until_begun(&self, reply: ReplyId, times: usize) {
        let begun = |seen: &HashMap<ReplyId, usize>| seen.get(&reply).is_some_and(|count| *count >= times);
        let wait = self.begun.subscribe().wait_for(begun).await.map(drop);
        wait.expect("the handler lives");
    }

    /// Waits until `count` jobs were worked to their end.
    pub async fn until_worked(&self, count: usize) {
        let mut worked = self.worked.subscribe();
        worked.wait_for(|seen| *seen >= count).await.expect("the handler lives");
    }
}

#[async_trait]
impl ReplyHandler for RecordingHandler {
    async fn work(&self, reply: ReplyId) {
        self.begun.send_modify(|seen| *seen.entry(reply).or_default() += 1);
        let panic_now = self.panics.lock().unwrap().contains(&reply);
        assert!(!panic_now, "as the test asked");
        drop(self.released.acquire().await);
        self.worked.send_modify(|count| *count += 1);
    }

    async fn panicked(&self, reply: ReplyId) {
        self.panicked.lock().unwrap().push(reply);
    }
}

/// Workers that run until they are stopped.
#[derive(Debug)]
pub struct Workers {
    shutdown: CancellationToken,
    running: JoinHandle<()>,
}

impl Workers {
    /// Starts workers with the usual settings.
    pub fn start(database: &TestDatabase, wake: WakeUps, handler: Arc<RecordingHandler>) -> Self {
        Self::start_with(database, wake, handler, WorkerSettings::default())
    }

    /// Starts workers.
    pub fn start_with(
        database: &TestDatabase,
        wake: WakeUps,
        handler: Arc<RecordingHandler>,
        settings: WorkerSettings,
    ) -> Self {
        let shutdown = CancellationToken::new();
        let running = tokio::spawn(run_reply_workers(
            database.handle(),
            settings,
            handler,
            wake,
            shutdown.clone(),
        ));
        Self { shutdown, running }
    }

    /// Asks for a graceful end and waits for it.
    pub async fn stop(self) {
        self.shutdown.cancel();
        let ended = tokio::time::timeout(Duration::from_secs(30), self.running).await;
        ended.expect("the workers end").expect("they do not panic");
    }

    /// Asks for a graceful end and does not wait.
    pub fn ask_to_stop(&self) {
        self.shutdown.cancel();
    }

    /// Ends at once, as a killed process does.
    pub async fn kill(self) {
        self.running.abort();
        let _ = self.running.await;
    }
}
