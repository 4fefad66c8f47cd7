//! Work that waits together is done together: commits and turns at the database are what limits how much a process can do. Nobody waits
//! for company: a group is whatever waits when the group before is done.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures::FutureExt;
use tokio::sync::{Mutex, mpsc, oneshot};

use super::StorageError;

/// Of one commit. A power of two: on SQLite, statements for as many rows are prepared once.
const LARGEST_GROUP: usize = 64;
/// What may wait before more waits for a place.
const QUEUE: usize = 1024;

/// A piece of work, and who waits for its answer.
pub struct Waiting<Work, Answer> {
    /// What is to be done.
    pub work: Work,
    answer: oneshot::Sender<Answer>,
}

impl<Work, Answer> Waiting<Work, Answer> {
    /// Whether nobody waits any more.
    pub fn is_given_up(&self) -> bool {
        self.answer.is_closed()
    }

    /// Apart, for work that is done by value.
    pub fn split(self) -> (Work, Answered<Answer>) {
        (self.work, Answered(self.answer))
    }
}

/// Who waits for an answer.
pub struct Answered<Answer>(oneshot::Sender<Answer>);

impl<Answer> Answered<Answer> {
    /// What is done stays done when nobody waits for it any more.
    pub fn with(self, answer: Answer) {
        let _gone = self.0.send(answer);
    }
}

/// Gathers work into groups. Cheap to clone.
pub struct GroupCommit<Work, Answer>(mpsc::Sender<Waiting<Work, Answer>>);

impl<Work, Answer> Clone for GroupCommit<Work, Answer> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<Work, Answer> std::fmt::Debug for GroupCommit<Work, Answer> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("GroupCommit").finish_non_exhaustive()
    }
}

impl<Work: Send + 'static, Answer: Send + 'static> GroupCommit<Work, Answer> {
    /// Starts as many tasks as there may be groups at a time; they end when the last handle is gone.
    pub fn start<Done>(
        tasks: usize,
        commit: impl Fn(Vec<Waiting<Work, Answer>>) -> Done + Send + Sync + 'static,
    ) -> Self
    where
        Done: Future<Output = ()> + Send + 'static,
    {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let (waiting, commit) = (Arc::new(Mutex::new(waiting)), Arc::new(commit));
        for _ in 0..tasks {
            tokio::spawn(commit_groups(waiting.clone(), commit.clone()));
        }
        Self(queue)
    }

    /// Returns after the commit.
    ///
    /// # Errors
    /// [`StorageError::Setup`] when the process stops or the work panicked.
    pub async fn submit(&self, work: Work) -> Result<Answer, StorageError> {
        let unanswered = || StorageError::Setup("work of a group was not answered".into());
        let (answer, answered) = oneshot::channel();
        let waiting = Waiting { work, answer };
        self.0.send(waiting).await.map_err(|_| unanswered())?;
        answered.await.map_err(|_| unanswered())
    }
}

async fn commit_groups<Work, Answer, Done: Future<Output = ()>>(
    queue: Arc<Mutex<mpsc::Receiver<Waiting<Work, Answer>>>>,
    commit: Arc<impl Fn(Vec<Waiting<Work, Answer>>) -> Done>,
) {
    loop {
        let mut group = Vec::new();
        if queue.lock().await.recv_many(&mut group, LARGEST_GROUP).await == 0 {
            return;
        }
        // Whoever waits hears that nobody answers; the next group must not wait for a task that is gone.
        if AssertUnwindSafe(commit(group)).catch_unwind().await.is_err() {
            tracing::error!("the work of a group panicked");
        }
    }
}

/// Runs a transaction of a group: a panic is a fault like another, for which each of the group is tried alone.
///
/// # Errors
/// Those of `work`, and [`StorageError::Corrupt`] for a panic.
pub async fn caught<T>(work: impl Future<Output = Result<T, StorageError>>) -> Result<T, StorageError> {
    let done = AssertUnwindSafe(work).catch_unwind().await;
    done.unwrap_or(Err(StorageError::Corrupt("work that panicked")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubling(tasks: usize) -> GroupCommit<u32, u32> {
        GroupCommit::start(tasks, |group: Vec<Waiting<u32, u32>>| async move {
            for waiting in group {
                let (number, answer) = waiting.split();
                assert!(number != 13, "no group likes this one");
                answer.with(number * 2);
            }
        })
    }

    #[tokio::test]
    async fn each_gets_its_own_answer() {
        let groups = doubling(2);
        let answers = futures::future::join_all((100..400).map(|number| groups.submit(number))).await;
        let answers: Vec<u32> = answers.into_iter().map(Result::unwrap).collect();
        assert_eq!(answers, (100..400).map(|number| number * 2).collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn a_panic_is_told_and_the_next_group_is_done() {
        let groups = doubling(1);
        assert!(groups.submit(13).await.is_err());
        assert_eq!(groups.submit(4).await.ok(), Some(8));
    }
}
