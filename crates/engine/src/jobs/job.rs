//! What a job is: ids of our rows, a queue, and the work on them.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;

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

    /// [`Self::run`] panicked, which is logged already.
    fn panicked(&self, _context: &Self::Context) -> impl Future<Output = ()> + Send {
        std::future::ready(())
    }
}
