//! What a story looks at: Meta's side, the log, replies, accounts, and what must hold at the end.

use std::collections::HashMap;

use domain::ids::ReplyId;
use domain::reasons::Reason;
use engine::credits;
use engine::storage::sql;
use sea_orm::FromQueryResult;

use super::World;

#[derive(Debug, FromQueryResult, PartialEq, Eq)]
pub struct LogRow {
    pub direction: String,
    pub author: String,
    pub kind: String,
    pub outcome: Option<String>,
    pub reason: Option<String>,
    pub credits: i64,
    pub platform_message_id: Option<String>,
    pub reply_id: Option<uuid::Uuid>,
}

#[derive(Debug, FromQueryResult)]
pub struct ReplyRow {
    pub state: String,
    pub reason: Option<String>,
    pub wait_reason: Option<String>,
    pub not_before: i64,
    pub attempts: i64,
    pub platform_message_id: Option<String>,
}

#[derive(Debug, FromQueryResult)]
pub struct AccountRow {
    pub status: String,
    pub status_cause: Option<String>,
    pub paused_until: Option<i64>,
}

#[derive(FromQueryResult)]
struct Number {
    number: i64,
}

#[derive(FromQueryResult)]
struct IdRow {
    id: uuid::Uuid,
}

#[derive(FromQueryResult)]
struct Opened {
    customer_id: String,
    replies: i64,
}

impl World {
    /// Texts that Meta accepted, oldest first.
    pub fn replies(&self) -> Vec<String> {
        self.meta().sent().into_iter().map(|sent| sent.text).collect()
    }

    pub async fn number(&self, text: &str) -> i64 {
        let row = sql::optional::<Number, _>(self.database.reader(), text, [self.tenant.as_uuid().into()])
            .await
            .unwrap();
        row.unwrap().number
    }

    /// The message log, oldest first.
    pub async fn log(&self) -> Vec<LogRow> {
        let text = "SELECT direction, author, kind, outcome, reason, credits, platform_message_id, reply_id
            FROM messages ORDER BY created_at, id";
        sql::all(self.database.reader(), text, []).await.unwrap()
    }

    /// Directions and authors of the log, such as "inbound customer".
    pub async fn authors(&self) -> Vec<String> {
        self.log()
            .await
            .into_iter()
            .map(|row| format!("{} {}", row.direction, row.author))
            .collect()
    }

    /// All replies in the order of their messages.
    pub async fn reply_rows(&self) -> Vec<ReplyRow> {
        let text = "SELECT state, reason, wait_reason, not_before, attempts, platform_message_id FROM replies
            ORDER BY occurred_at, id";
        sql::all(self.database.reader(), text, []).await.unwrap()
    }

    /// The only reply of the story.
    pub async fn reply(&self) -> ReplyRow {
        let mut rows = self.reply_rows().await;
        assert_eq!(rows.len(), 1, "one reply: {rows:?}");
        rows.remove(0)
    }

    /// The reply to the message that was written last, as a job names it.
    pub async fn newest_reply(&self) -> ReplyId {
        let text = "SELECT id FROM replies ORDER BY occurred_at DESC, id DESC LIMIT 1";
        let row = sql::optional::<IdRow, _>(self.database.reader(), text, [])
            .await
            .unwrap();
        ReplyId::from_uuid(row.unwrap().id)
    }

    pub async fn states(&self) -> Vec<String> {
        self.reply_rows().await.into_iter().map(|row| row.state).collect()
    }

    /// The only reply failed or was skipped for `reason`, and cost nothing.
    pub async fn ended_for(&self, reason: Reason) {
        let reply = self.reply().await;
        let ended = (reply.state.as_str(), reply.reason.as_deref());
        assert_eq!(
            ended,
            (reason.outcome_kind().as_str(), Some(reason.as_str())),
            "{reply:?}"
        );
        assert_eq!(self.balance().await, 10, "the credit is back");
    }

    /// The only reply waits for `reason`.
    pub async fn waits_for(&self, reason: &str) {
        let reply = self.reply().await;
        assert_eq!(reply.wait_reason.as_deref(), Some(reason), "{reply:?}");
    }

    pub async fn account_row(&self) -> AccountRow {
        let text = "SELECT status, status_cause, paused_until FROM accounts WHERE id = $1";
        sql::optional(self.database.reader(), text, [self.account.as_uuid().into()])
            .await
            .unwrap()
            .unwrap()
    }

    pub async fn status(&self) -> String {
        self.account_row().await.status
    }

    /// Sealed content that still exists; tokens not counted.
    pub async fn sealed_content(&self) -> i64 {
        let text = "SELECT COUNT(*) AS number FROM sealed_values
            WHERE tenant_id = $1 AND purpose IN ('inbound_body', 'composed_reply')";
        self.number(text).await
    }

    /// What must hold at the end of every story: the books balance, nothing final keeps its words, log and replies agree,
    /// and nobody got more replies than they wrote messages.
    pub async fn audit(&self) {
        assert_eq!(credits::verify(&self.database).await.unwrap(), []);
        let kept = "SELECT COUNT(*) AS number FROM sealed_values s JOIN replies r ON r.id = s.owner_id
            WHERE r.tenant_id = $1 AND r.settled_at IS NOT NULL";
        assert_eq!(self.number(kept).await, 0, "final replies keep no words");
        let differing = "SELECT COUNT(*) AS number FROM replies r JOIN messages m ON m.id = r.message_id
            WHERE r.tenant_id = $1 AND r.settled_at IS NOT NULL AND (m.outcome IS NULL OR m.outcome <> r.state
                OR COALESCE(m.reason, '') <> COALESCE(r.reason, ''))";
        assert_eq!(
            self.number(differing).await,
            0,
            "the log tells what became of every reply"
        );
        self.nobody_got_too_many().await;
    }

    async fn nobody_got_too_many(&self) {
        let text = "SELECT c.customer_id, COUNT(*) AS replies FROM replies r
            JOIN conversations c ON c.id = r.conversation_id GROUP BY c.customer_id";
        let opened: Vec<Opened> = sql::all(self.database.reader(), text, []).await.unwrap();
        let opened: HashMap<String, i64> = opened.into_iter().map(|row| (row.customer_id, row.replies)).collect();
        let mut sent: HashMap<String, i64> = HashMap::new();
        for message in self.meta().sent() {
            *sent.entry(message.recipient).or_default() += 1;
        }
        for (recipient, count) in sent {
            assert!(
                Some(&count) <= opened.get(&recipient),
                "{count} replies to {recipient} of {opened:?}"
            );
        }
    }
}
