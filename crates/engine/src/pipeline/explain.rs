//! What became of one inbound message, for the demo's chat page. Read-only, keyed by the platform's message id.

use domain::answer_checks::HeldBy;
use domain::messages::{Direction, MessageOutcome};
use domain::reasons::{Reason, WaitReason};

use super::match_log::Matched;
use super::sql::{EXPLAIN, ExplainedRow};
use super::worker::Pipeline;
use crate::storage::{StorageError, sql};

/// What Concierge did with a message.
#[derive(Debug, Clone, PartialEq)]
pub struct ReplyExplanation {
    /// `None` while it is open.
    pub outcome: Option<MessageOutcome>,
    /// Why not, when it was not sent.
    pub reason: Option<Reason>,
    /// Why it waits, when it does.
    pub wait_reason: Option<WaitReason>,
    /// Position and label of the rule that won; `None` for the default reply.
    pub rule: Option<(i64, String)>,
    /// Why the rule won, if this process remembers it.
    pub matched: Option<Matched>,
    /// Why an answer of the AI was not sent.
    pub held_by: Option<HeldBy>,
    /// Credits spent.
    pub credits: i64,
    /// From recording to the final state, in milliseconds.
    pub latency_ms: Option<i64>,
}

impl Pipeline {
    /// Explains the newest inbound message with this id, across tenants: for the demo only.
    pub async fn explain_across_tenants(&self, mid: &str) -> Result<Option<ReplyExplanation>, StorageError> {
        let values = [mid.into(), Direction::Inbound.into()];
        let row = sql::optional(self.context.database.reader(), EXPLAIN, values).await?;
        Ok(row.map(|row| self.explanation(row)))
    }

    fn explanation(&self, row: ExplainedRow) -> ReplyExplanation {
        ReplyExplanation {
            outcome: row.outcome,
            reason: row.reason,
            wait_reason: row.wait_reason,
            rule: row.position.zip(row.label),
            matched: self
                .context
                .matches
                .as_ref()
                .and_then(|matches| matches.matched(row.id)),
            held_by: row.held_by,
            credits: row.credits,
            latency_ms: row.latency_ms,
        }
    }
}
