//! What a story looks at: Meta's side, the log, replies, accounts.

use domain::ids::{AccountId, ReplyId, TenantId};
use domain::reasons::Reason;
use engine::storage::sql;
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

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
    pub reply_id: Option<Uuid>,
}

#[derive(Debug, FromQueryResult)]
pub struct ReplyRow {
    pub id: Uuid,
    pub state: String,
    pub reason: Option<String>,
    pub wait_reason: Option<String>,
    pub not_before: i64,
    pub attempts: i64,
    pub platform_message_id: Option<String>,
}

#[derive(Debug, FromQueryResult, PartialEq, Eq)]
pub struct AccountRow {
    pub id: Uuid,
    pub status: String,
    pub status_cause: Option<String>,
    pub paused_until: Option<i64>,
    pub enabled: bool,
    pub auto_reply: bool,
    pub page_id: String,
    pub connected: bool,
    pub subscribed_fields: String,
    pub token_expires_at: Option<i64>,
}

impl World {
    /// Texts that Meta accepted, oldest first.
    pub fn replies(&self) -> Vec<String> {
        self.meta().sent().into_iter().map(|sent| sent.text).collect()
    }

    /// How many rows there are; `$1` is the story's tenant.
    pub async fn count(&self, from_where: &str) -> i64 {
        self.number(&format!("SELECT COUNT(*) AS number FROM {from_where}"))
            .await
    }

    /// The `number` that a query finds; `$1` is the story's tenant.
    pub async fn number(&self, text: &str) -> i64 {
        let tenant = text.contains("$1").then(|| self.tenant.as_uuid().into());
        self.database.numbers(text, tenant).await[0]
    }

    /// Runs one statement directly.
    pub async fn execute(&self, text: &str, values: impl IntoIterator<Item = Value> + Send) {
        self.database.execute(text, values).await;
    }

    /// The message log, oldest first.
    pub async fn log(&self) -> Vec<LogRow> {
        let text = "SELECT direction, author, kind, outcome, reason, credits, platform_message_id, reply_id
            FROM messages ORDER BY created_at, id";
        sql::all(self.database.reader(), text, []).await.unwrap()
    }

    /// Directions and authors of the log, such as "inbound customer".
    pub async fn authors(&self) -> Vec<String> {
        let log = self.log().await.into_iter();
        log.map(|row| format!("{} {}", row.direction, row.author)).collect()
    }

    /// All replies in the order of their messages.
    pub async fn reply_rows(&self) -> Vec<ReplyRow> {
        let text = "SELECT id, state, reason, wait_reason, not_before, attempts, platform_message_id FROM replies
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
        ReplyId::from_uuid(self.reply_rows().await.pop().unwrap().id)
    }

    pub async fn states(&self) -> Vec<String> {
        self.reply_rows().await.into_iter().map(|row| row.state).collect()
    }

    /// The only reply failed or was skipped for `reason`, and cost nothing.
    pub async fn ended_for(&self, reason: Reason) {
        let reply = self.reply().await;
        let ended = (reply.state.as_str(), reply.reason.as_deref());
        let expected = (reason.outcome_kind().as_str(), Some(reason.as_str()));
        assert_eq!(ended, expected, "{reply:?}");
        assert_eq!(self.balance().await, 10, "the credit is back");
    }

    /// The only reply waits for `reason`.
    pub async fn waits_for(&self, reason: &str) {
        let reply = self.reply().await;
        assert_eq!(reply.wait_reason.as_deref(), Some(reason), "{reply:?}");
    }

    /// The story's first account.
    pub async fn account_row(&self) -> AccountRow {
        self.account_row_of(self.account).await
    }

    pub async fn account_row_of(&self, account: AccountId) -> AccountRow {
        let found = self.accounts_where("a.id = $1", account.as_uuid()).await;
        found.into_iter().next().expect("the account is there")
    }

    pub async fn account_rows(&self, tenant: TenantId) -> Vec<AccountRow> {
        self.accounts_where("a.tenant_id = $1", tenant.as_uuid()).await
    }

    async fn accounts_where(&self, condition: &str, id: Uuid) -> Vec<AccountRow> {
        let text = format!(
            "SELECT a.id AS id, a.status AS status, a.status_cause AS status_cause, a.paused_until AS paused_until,
                a.enabled AS enabled, a.auto_reply AS auto_reply, i.page_id AS page_id, i.connected AS connected,
                i.subscribed_fields AS subscribed_fields, a.token_expires_at AS token_expires_at
            FROM accounts a JOIN instagram_accounts i ON i.account_id = a.id WHERE {condition}
            ORDER BY a.created_at, a.id"
        );
        sql::all(self.database.reader(), text, [id.into()]).await.unwrap()
    }

    pub async fn status(&self) -> String {
        self.account_row().await.status
    }

    pub async fn status_and_cause(&self) -> (String, Option<String>) {
        let row = self.account_row().await;
        (row.status, row.status_cause)
    }

    /// Sealed content that still exists; tokens not counted.
    pub async fn sealed_content(&self) -> i64 {
        self.count("sealed_values WHERE tenant_id = $1 AND purpose IN ('inbound_body', 'composed_reply')")
            .await
    }
}
