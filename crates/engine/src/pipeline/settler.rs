//! Replies that went out at about the same time are settled with one commit: SQLite has one writer, and it is what limits how
//! many replies a process can send.

use tokio::sync::{mpsc, oneshot};

use crate::clock::SharedClock;
use crate::replies::{OpenReply, SentReply, Transition, settle_sent};
use crate::storage::{Database, JobPool, StorageError, repeat_while_busy};
use crate::vault::Vault;

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
    to: Books,
    /// `None` on PostgreSQL: many connections settle at once, and rows locked in groups could wait for each other.
    group: Option<mpsc::Sender<Waiting>>,
}

/// What a settlement needs.
#[derive(Debug, Clone)]
struct Books {
    database: Database,
    vault: Vault,
    clock: SharedClock,
}

impl std::fmt::Debug for Waiting {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("Waiting").field(&self.sent.0.id).finish()
    }
}

impl Settler {
    /// Starts the task that gathers; it ends when the last handle is gone.
    pub(super) fn start(database: Database, vault: Vault, clock: SharedClock) -> Self {
        let to = Books { database, vault, clock };
        let group = match to.database.job_pool() {
            JobPool::Sqlite(_) => {
                let (group, waiting) = mpsc::channel(QUEUE);
                tokio::spawn(settle_groups(to.clone(), waiting));
                Some(group)
            }
            JobPool::Postgres(_) => None,
        };
        Self { to, group }
    }

    /// Returns after the commit.
    pub(super) async fn sent(&self, reply: OpenReply, mid: String) -> Result<Transition, StorageError> {
        let sent = (reply, Some(mid));
        let Some(group) = &self.group else {
            return self.to.alone(sent).await;
        };
        let (settled, answer) = oneshot::channel();
        let stopped = || StorageError::Setup("the settler has stopped".into());
        group.send(Waiting { sent, settled }).await.map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())?
    }
}

async fn settle_groups(to: Books, mut queue: mpsc::Receiver<Waiting>) {
    loop {
        let mut waiting = Vec::new();
        if queue.recv_many(&mut waiting, LARGEST_GROUP).await == 0 {
            return;
        }
        to.settle_group(waiting).await;
    }
}

impl Books {
    /// Together if possible; if that fails each alone, so that one reply cannot spoil its neighbours.
    async fn settle_group(&self, waiting: Vec<Waiting>) {
        let (sent, answers): (Vec<SentReply>, Vec<_>) = waiting.into_iter().map(|it| (it.sent, it.settled)).unzip();
        match self.together(&sent).await {
            Ok(transitions) => {
                for (answer, transition) in answers.into_iter().zip(transitions) {
                    // The worker that asked may have been stopped; what is settled stays settled.
                    let _gone = answer.send(Ok(transition));
                }
            }
            Err(_) => {
                for (answer, sent) in answers.into_iter().zip(sent) {
                    let _gone = answer.send(self.alone(sent).await);
                }
            }
        }
    }

    async fn together(&self, sent: &[SentReply]) -> Result<Vec<Transition>, StorageError> {
        let transaction = self.database.begin().await?;
        let mut transitions = Vec::with_capacity(sent.len());
        let mut rest = sent;
        while !rest.is_empty() {
            let (chunk, after) = rest.split_at(largest_chunk(rest.len()));
            transitions.extend(settle_sent(&transaction, &self.vault, chunk, self.clock.now()).await?);
            rest = after;
        }
        transaction.commit().await?;
        Ok(transitions)
    }

    /// Again when it loses against others: nobody but this worker knows the platform's id of what went out.
    async fn alone(&self, sent: SentReply) -> Result<Transition, StorageError> {
        let sent = [sent];
        let transitions = repeat_while_busy(|| self.together(&sent)).await?;
        Ok(transitions.into_iter().next().unwrap_or(Transition::Conflict))
    }
}

/// Powers of two only: few distinct texts, so that prepared statements are reused.
fn largest_chunk(count: usize) -> usize {
    1 << count.ilog2()
}
