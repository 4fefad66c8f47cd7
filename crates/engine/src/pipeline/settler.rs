//! Replies that went out at about the same time are settled with one commit: SQLite has one writer, and it is what limits how
//! many replies a process can send.

use tokio::sync::{mpsc, oneshot};

use crate::clock::SharedClock;
use crate::replies::{OpenReply, SentReply, Transition, settle_sent};
use crate::storage::{Database, JobPool, StorageError};

/// Replies in one commit. A power of two, see [`largest_chunk`].
const LARGEST_GROUP: usize = 32;
const QUEUE: usize = 1024;

struct Waiting {
    sent: SentReply,
    settled: oneshot::Sender<Result<Transition, StorageError>>,
}

/// Settles replies that went out. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Settler {
    database: Database,
    clock: SharedClock,
    /// `None` on PostgreSQL: many connections settle at once, and rows locked in groups could wait for each other.
    group: Option<mpsc::Sender<Waiting>>,
}

impl std::fmt::Debug for Waiting {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("Waiting").field(&self.sent.0.id).finish()
    }
}

impl Settler {
    /// Starts the task that gathers; it ends when the last handle is gone.
    pub(super) fn start(database: Database, clock: SharedClock) -> Self {
        let group = match database.job_pool() {
            JobPool::Sqlite(_) => {
                let (group, waiting) = mpsc::channel(QUEUE);
                tokio::spawn(settle_groups(database.clone(), clock.clone(), waiting));
                Some(group)
            }
            JobPool::Postgres(_) => None,
        };
        Self { database, clock, group }
    }

    /// Returns after the commit.
    pub(super) async fn sent(&self, reply: OpenReply, mid: String) -> Result<Transition, StorageError> {
        let sent = (reply, Some(mid));
        let Some(group) = &self.group else {
            return alone(&self.database, &self.clock, sent).await;
        };
        let (settled, answer) = oneshot::channel();
        let stopped = || StorageError::Setup("the settler has stopped".into());
        group.send(Waiting { sent, settled }).await.map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())?
    }
}

async fn settle_groups(database: Database, clock: SharedClock, mut queue: mpsc::Receiver<Waiting>) {
    loop {
        let mut waiting = Vec::new();
        if queue.recv_many(&mut waiting, LARGEST_GROUP).await == 0 {
            return;
        }
        settle_group(&database, &clock, waiting).await;
    }
}

/// Together if possible; if that fails each alone, so that one reply cannot spoil its neighbours.
async fn settle_group(database: &Database, clock: &SharedClock, waiting: Vec<Waiting>) {
    let (sent, answers): (Vec<SentReply>, Vec<_>) = waiting.into_iter().map(|it| (it.sent, it.settled)).unzip();
    match together(database, clock, &sent).await {
        Ok(transitions) => {
            for (answer, transition) in answers.into_iter().zip(transitions) {
                // The worker that asked may have been stopped; what is settled stays settled.
                let _gone = answer.send(Ok(transition));
            }
        }
        Err(_) => {
            for (answer, sent) in answers.into_iter().zip(sent) {
                let _gone = answer.send(alone(database, clock, sent).await);
            }
        }
    }
}

async fn together(
    database: &Database,
    clock: &SharedClock,
    sent: &[SentReply],
) -> Result<Vec<Transition>, StorageError> {
    let transaction = database.begin().await?;
    let mut transitions = Vec::with_capacity(sent.len());
    let mut rest = sent;
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(largest_chunk(rest.len()));
        transitions.extend(settle_sent(&transaction, chunk, clock.now()).await?);
        rest = after;
    }
    transaction.commit().await?;
    Ok(transitions)
}

/// Powers of two only: few distinct texts, so that prepared statements are reused.
fn largest_chunk(count: usize) -> usize {
    1 << count.ilog2()
}

async fn alone(database: &Database, clock: &SharedClock, sent: SentReply) -> Result<Transition, StorageError> {
    let transitions = together(database, clock, &[sent]).await?;
    Ok(transitions.into_iter().next().unwrap_or(Transition::Conflict))
}
