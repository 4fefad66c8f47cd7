//! A job that writes down that it ran, and workers that run it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use domain::ids::ReplyId;
use engine::jobs::{Job, WakeUps, WorkerSettings, run_workers};
use serde::{Deserialize, Serialize};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::support::TestDatabase;

/// What the jobs did. Its doors can be closed, so that work in hand stays in hand.
#[derive(Debug)]
pub struct Diary {
    begun: watch::Sender<HashMap<ReplyId, usize>>,
    worked: watch::Sender<usize>,
    panics: Mutex<Vec<ReplyId>>,
    doors: Semaphore,
}

impl Diary {
    /// Doors open.
    pub fn new() -> Arc<Self> {
        Self::with_doors(Semaphore::MAX_PERMITS)
    }

    /// Doors closed: work begins and waits.
    pub fn closed() -> Arc<Self> {
        Self::with_doors(0)
    }

    fn with_doors(permits: usize) -> Arc<Self> {
        Arc::new(Self {
            begun: watch::Sender::new(HashMap::new()),
            worked: watch::Sender::new(0),
            panics: Mutex::default(),
            doors: Semaphore::new(permits),
        })
    }

    /// Lets all work go on.
    pub fn open(&self) {
        self.doors.add_permits(1 << 20);
    }

    /// Makes work on `reply` panic.
    pub fn panic_on(&self, reply: ReplyId) {
        self.panics.lock().unwrap().push(reply);
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
        wait.expect("the diary lives");
    }

    /// Waits until `count` jobs were worked to their end.
    pub async fn until_worked(&self, count: usize) {
        let mut worked = self.worked.subscribe();
        worked.wait_for(|seen| *seen >= count).await.expect("the diary lives");
    }
}

/// What the tests enqueue for replies, as a job that notes what happens to it.
#[derive(Debug, Serialize, Deserialize)]
struct NoteReply {
    reply_id: ReplyId,
}

impl Job for NoteReply {
    const QUEUE: &'static str = "replies";
    type Context = Arc<Diary>;

    fn key(&self) -> String {
        self.reply_id.to_string()
    }

    async fn run(&self, diary: &Arc<Diary>) {
        diary.work(self.reply_id).await;
    }
}

impl Diary {
    async fn work(&self, reply: ReplyId) {
        self.begun.send_modify(|seen| *seen.entry(reply).or_default() += 1);
        let panic_now = self.panics.lock().unwrap().contains(&reply);
        assert!(!panic_now, "as the test asked");
        drop(self.doors.acquire().await);
        self.worked.send_modify(|count| *count += 1);
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
    pub fn start(database: &TestDatabase, wake: WakeUps, diary: Arc<Diary>) -> Self {
        Self::start_with(database, wake, diary, WorkerSettings::default())
    }

    /// Starts workers.
    pub fn start_with(database: &TestDatabase, wake: WakeUps, diary: Arc<Diary>, settings: WorkerSettings) -> Self {
        let shutdown = CancellationToken::new();
        let running = tokio::spawn(run_workers::<NoteReply>(
            database.handle(),
            settings,
            diary,
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
