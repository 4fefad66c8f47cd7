//! What became of one inbound message, for the demo's chat page. Read-only, keyed by the platform's message id.

use domain::ids::MessageId;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::worker::Pipeline;
use crate::storage::{StorageError, sql};

/// What Concierge did with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyExplanation {
    /// `sent`, `failed`, `skipped`; `None` while it is open.
    pub outcome: Option<String>,
    /// Why not, when it was not sent.
    pub reason: Option<String>,
    /// Why it waits, when it does.
    pub wait_reason: Option<String>,
    /// Position and label of the rule that won; `None` for the default reply.
    pub rule: Option<(i64, String)>,
    /// The keyword that was found, if this process remembers it.
    pub keyword: Option<String>,
    /// Credits spent.
    pub credits: i64,
    /// From recording to the final state, in milliseconds.
    pub latency_ms: Option<i64>,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    outcome: Option<String>,
    reason: Option<String>,
    wait_reason: Option<String>,
    position: Option<i64>,
    label: Option<String>,
    credits: i64,
    latency_ms: Option<i64>,
}

impl Pipeline {
    /// Explains the newest inbound message with this id, across tenants: for the demo only.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn explain_across_tenants(&self, mid: &str) -> Result<Option<ReplyExplanation>, StorageError> {
        let text = "SELECT m.id, m.outcome, m.reason, r.wait_reason, ru.position, ru.label, m.credits, m.latency_ms
            FROM messages m
            LEFT JOIN replies r ON r.message_id = m.id
            LEFT JOIN rules ru ON ru.id = r.rule_id
            WHERE m.platform_message_id = $1 AND m.direction = 'inbound' ORDER BY m.created_at DESC LIMIT 1";
        let row = sql::optional::<Row, _>(self.context.database.reader(), text, [mid.into()]).await?;
        Ok(row.map(|row| self.explanation(row)))
    }

    fn explanation(&self, row: Row) -> ReplyExplanation {
        let message = MessageId::from_uuid(row.id);
        ReplyExplanation {
            outcome: row.outcome,
            reason: row.reason,
            wait_reason: row.wait_reason,
            rule: row.position.zip(row.label),
            keyword: self
                .context
                .matches
                .as_ref()
                .and_then(|matches| matches.keyword(message)),
            credits: row.credits,
            latency_ms: row.latency_ms,
        }
    }
}
