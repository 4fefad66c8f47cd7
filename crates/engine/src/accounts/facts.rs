//! Everything the pages say about an account, read with one statement and stored nowhere else.

use domain::accounts::AccountStatus;
use domain::ids::{AccountId, TenantId};
use domain::rules::Response;
use domain::time::Timestamp;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::state;
use crate::rules;
use crate::storage::{StorageError, sql};

/// One account of one tenant.
#[derive(Debug, Clone)]
pub struct AccountFacts {
    pub(super) row: FactsRow,
    pub(super) status: AccountStatus,
}

#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct FactsRow {
    id: Uuid,
    pub(super) enabled: bool,
    pub(super) auto_reply: bool,
    status: String,
    pub(super) status_cause: Option<String>,
    pub(super) status_since: i64,
    paused_until: Option<i64>,
    pub(super) token_checked_at: Option<i64>,
    pub(super) token_expires_at: Option<i64>,
    pub(super) data_access_expires_at: Option<i64>,
    pub(super) created_at: i64,
    pub(super) ig_id: String,
    pub(super) page_id: String,
    pub(super) username: String,
    pub(super) name: String,
    pub(super) page_name: String,
    pub(super) missing_scopes: String,
    pub(super) subscribed_fields: String,
    pub(super) refused_fields: String,
    pub(super) default_response: String,
    pub(super) default_version: i64,
    rules_saved_at: i64,
    pub(super) rules: i64,
    pub(super) waiting: i64,
    pub(super) waiting_until: Option<i64>,
    pub(super) last_dm_at: Option<i64>,
    pub(super) last_reply_at: Option<i64>,
    pub(super) last_latency_ms: Option<i64>,
    pub(super) balance: i64,
}

/// Each subquery is answered by an index of its own.
const SELECT: &str = "SELECT a.id AS id, a.enabled AS enabled, a.auto_reply AS auto_reply, a.status AS status,
        a.status_cause AS status_cause, a.status_since AS status_since, a.paused_until AS paused_until,
        a.token_checked_at AS token_checked_at, a.token_expires_at AS token_expires_at,
        a.data_access_expires_at AS data_access_expires_at, a.created_at AS created_at,
        i.ig_id AS ig_id, i.page_id AS page_id, i.username AS username, i.name AS name,
        i.page_name AS page_name, i.missing_scopes AS missing_scopes, i.subscribed_fields AS subscribed_fields,
        i.refused_fields AS refused_fields,
        c.default_response AS default_response, c.default_version AS default_version, c.updated_at AS rules_saved_at,
        (SELECT COUNT(*) FROM rules r WHERE r.account_id = a.id AND r.deleted_at IS NULL) AS rules,
        (SELECT COUNT(*) FROM replies p WHERE p.account_id = a.id AND p.settled_at IS NULL
            AND p.wait_reason IS NOT NULL) AS waiting,
        (SELECT MIN(v.window_until) FROM replies p JOIN conversations v ON v.id = p.conversation_id
            WHERE p.account_id = a.id AND p.settled_at IS NULL AND p.wait_reason IS NOT NULL) AS waiting_until,
        (SELECT m.created_at FROM messages m WHERE m.account_id = a.id AND m.direction = 'inbound'
            AND m.author = 'customer' ORDER BY m.created_at DESC LIMIT 1) AS last_dm_at,
        (SELECT m.created_at FROM messages m WHERE m.account_id = a.id AND m.direction = 'outbound'
            AND m.author = 'concierge' ORDER BY m.created_at DESC LIMIT 1) AS last_reply_at,
        (SELECT q.latency_ms FROM messages m JOIN replies p ON p.id = m.reply_id JOIN messages q ON q.id = p.message_id
            WHERE m.account_id = a.id AND m.direction = 'outbound' AND m.author = 'concierge'
            ORDER BY m.created_at DESC LIMIT 1) AS last_latency_ms,
        COALESCE((SELECT b.balance FROM credit_balances b WHERE b.tenant_id = a.tenant_id), 0) AS balance
    FROM accounts a JOIN instagram_accounts i ON i.account_id = a.id JOIN reply_configs c ON c.account_id = a.id";

impl AccountFacts {
    /// One account; none when it is not there or another tenant's.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn of_one<C: ConnectionTrait>(
        connection: &C,
        tenant: TenantId,
        account: AccountId,
    ) -> Result<Option<Self>, StorageError> {
        let values = vec![tenant.as_uuid().into(), account.as_uuid().into()];
        let found = read(connection, "WHERE a.tenant_id = $1 AND a.id = $2", values).await?;
        Ok(found.into_iter().next())
    }

    /// All accounts of a tenant, those that need somebody first, then by name.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn of_all<C: ConnectionTrait>(connection: &C, tenant: TenantId) -> Result<Vec<Self>, StorageError> {
        let mut all = read(connection, "WHERE a.tenant_id = $1", vec![tenant.as_uuid().into()]).await?;
        all.sort_by(|a, b| (a.urgency(), &a.row.username).cmp(&(b.urgency(), &b.row.username)));
        Ok(all)
    }

    /// Which account.
    #[must_use]
    pub fn id(&self) -> AccountId {
        AccountId::from_uuid(self.row.id)
    }

    /// Whether we can send.
    #[must_use]
    pub const fn status(&self) -> AccountStatus {
        self.status
    }

    /// Both switches are on.
    #[must_use]
    pub const fn switched_on(&self) -> bool {
        self.row.enabled && self.row.auto_reply
    }

    /// It can send, both switches are on, and there are credits.
    #[must_use]
    pub fn is_answering(&self) -> bool {
        self.status == AccountStatus::Connected && self.switched_on() && self.row.balance > 0
    }

    /// It is connected, whether or not it can send now.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.status != AccountStatus::Disconnected
    }

    /// It cannot send until somebody acts or a pause ends.
    #[must_use]
    pub const fn needs_somebody(&self) -> bool {
        matches!(
            self.status,
            AccountStatus::NeedsReconnect | AccountStatus::NeedsAttention | AccountStatus::Paused { .. }
        )
    }

    /// Without the @.
    #[must_use]
    pub fn username(&self) -> &str {
        &self.row.username
    }

    /// When a customer last wrote.
    #[must_use]
    pub fn last_dm_at(&self) -> Option<Timestamp> {
        self.row.last_dm_at.map(Timestamp::from_millis)
    }

    /// When a reply was last sent.
    #[must_use]
    pub fn last_reply_at(&self) -> Option<Timestamp> {
        self.row.last_reply_at.map(Timestamp::from_millis)
    }

    /// When a rule or the default reply was last saved.
    #[must_use]
    pub fn rules_saved_at(&self) -> Timestamp {
        Timestamp::from_millis(self.row.rules_saved_at)
    }

    /// What is sent when no rule matches.
    pub(crate) fn default_reply(&self) -> Result<Response, StorageError> {
        rules::parse_response(&self.row.default_response)
    }

    fn urgency(&self) -> u8 {
        match self.status {
            AccountStatus::NeedsReconnect => 0,
            AccountStatus::NeedsAttention => 1,
            AccountStatus::Paused { .. } => 2,
            AccountStatus::Connected if self.switched_on() => 3,
            AccountStatus::Connected => 4,
            AccountStatus::Disconnected => 5,
        }
    }
}

async fn read<C: ConnectionTrait>(
    connection: &C,
    condition: &str,
    values: Vec<Value>,
) -> Result<Vec<AccountFacts>, StorageError> {
    let rows = sql::all::<FactsRow, C>(connection, format!("{SELECT} {condition}"), values).await?;
    rows.into_iter()
        .map(|row| {
            Ok(AccountFacts {
                status: state::account_status(&row.status, row.paused_until)?,
                row,
            })
        })
        .collect()
}
