//! Replies that went out at about the same time are settled with one commit, and one read tells which of their conversations go on.

use std::collections::HashSet;

use domain::ids::ConversationId;

use super::sql::DUE_AMONG;
use crate::clock::SharedClock;
use crate::replies::{OpenReply, SentReply, Transition, settle_sent};
use crate::storage::{self, Answered, Database, GroupCommit, JobPool, StorageError, caught, repeat_while_busy, sql};
use crate::vault::Vault;

/// SQLite has one writer; on PostgreSQL one group can be gathered while another commits.
const POSTGRES_SETTLERS: usize = 2;

/// What came of a settlement.
pub(super) struct Settled {
    pub(super) transition: Transition,
    /// Whether more is due in the conversation; `None` when that could not be read.
    pub(super) more_is_due: Option<bool>,
}

type Answer = Result<Settled, StorageError>;
type Waiting = storage::Waiting<SentReply, Answer>;

/// Settles replies that went out. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Settler(GroupCommit<SentReply, Answer>);

/// What a settlement needs.
#[derive(Debug, Clone)]
struct Books {
    database: Database,
    vault: Vault,
    clock: SharedClock,
}

impl Settler {
    pub(super) fn start(database: Database, vault: Vault, clock: SharedClock) -> Self {
        let settlers = match database.job_pool() {
            JobPool::Sqlite(_) => 1,
            JobPool::Postgres(_) => POSTGRES_SETTLERS,
        };
        let to = Books { database, vault, clock };
        let settle = move |waiting| to.clone().settle_group(waiting);
        Self(GroupCommit::start(settlers, settle))
    }

    /// Returns after the commit.
    pub(super) async fn sent(&self, reply: OpenReply, mid: String) -> Answer {
        self.0.submit((reply, Some(mid))).await?
    }
}

impl Books {
    async fn settle_group(self, mut waiting: Vec<Waiting>) {
        // Rows are locked in this order in every group.
        waiting.sort_by_key(|waiting| waiting.work.0.id);
        let (sent, answers): (Vec<SentReply>, Vec<Answered<Answer>>) = waiting.into_iter().map(Waiting::split).unzip();
        let transitions = self.settle(&sent).await;
        let due = self.due_among(&sent).await;
        for ((answer, transition), (reply, _)) in answers.into_iter().zip(transitions).zip(sent) {
            let more_is_due = due.as_ref().ok().map(|due| due.contains(&reply.conversation));
            let settled = transition.map(|transition| Settled {
                transition,
                more_is_due,
            });
            answer.with(settled);
        }
    }

    /// Together if possible; if that fails each alone, so that one reply cannot spoil its neighbours.
    async fn settle(&self, sent: &[SentReply]) -> Vec<Result<Transition, StorageError>> {
        if let Ok(transitions) = caught(self.together(sent)).await {
            return transitions.into_iter().map(Ok).collect();
        }
        let mut transitions = Vec::with_capacity(sent.len());
        for sent in sent {
            transitions.push(self.alone(sent).await);
        }
        transitions
    }

    async fn together(&self, sent: &[SentReply]) -> Result<Vec<Transition>, StorageError> {
        let transaction = self.database.begin().await?;
        let transitions = settle_sent(&transaction, &self.vault, sent, self.clock.now()).await?;
        transaction.commit().await?;
        Ok(transitions)
    }

    /// Again when it loses against others: nobody but this worker knows the platform's id of what went out.
    async fn alone(&self, sent: &SentReply) -> Result<Transition, StorageError> {
        let sent = std::slice::from_ref(sent);
        let transitions = repeat_while_busy(|| caught(self.together(sent))).await?;
        Ok(transitions.into_iter().next().unwrap_or(Transition::Conflict))
    }

    /// Usually nothing is due, which a read tells without a turn at the writer. After the commit: what another process records
    /// before it sees the conversation taken, and what it records later has its own job.
    async fn due_among(&self, sent: &[SentReply]) -> Result<HashSet<ConversationId>, StorageError> {
        let conversations = sent.iter().map(|(reply, _)| reply.conversation);
        let (text, values) = sql::with_list(DUE_AMONG, [self.clock.now().into()], conversations);
        let due: Vec<ConversationId> = sql::values(self.database.pipeline_reader(), text, values).await?;
        Ok(due.into_iter().collect())
    }
}
