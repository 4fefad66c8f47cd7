//! What the pages say about accounts, and the statements that change a status: each compares before it sets.

use domain::accounts::{AccountCause, AccountStatusKind};
use domain::ids::{AccountId, ConversationId, TenantId};
use domain::messages::{Author, Direction};
use domain::rules::Response;
use domain::time::Timestamp;
use sea_orm::FromQueryResult;

use crate::replies::{UNANSWERED, WORTH_TELLING};
use crate::storage::{Connection, StorageError, sql, statements};

/// An account with what is known of it in other tables.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct FactsRow {
    pub(super) id: AccountId,
    pub(super) enabled: bool,
    pub(super) auto_reply: bool,
    pub(super) status: AccountStatusKind,
    pub(super) status_cause: Option<AccountCause>,
    pub(super) status_since: Timestamp,
    pub(super) paused_until: Option<Timestamp>,
    pub(super) token_checked_at: Option<Timestamp>,
    pub(super) token_expires_at: Option<Timestamp>,
    pub(super) data_access_expires_at: Option<Timestamp>,
    pub(super) created_at: Timestamp,
    pub(super) automation_seen_at: Option<Timestamp>,
    pub(super) ig_id: String,
    pub(super) page_id: String,
    pub(super) username: String,
    pub(super) name: String,
    pub(super) page_name: String,
    pub(super) missing_scopes: String,
    pub(super) subscribed_fields: String,
    pub(super) refused_fields: String,
    pub(super) resubscribed_at: Option<Timestamp>,
    pub(super) unsubscribed_after: Option<Timestamp>,
    pub(super) default_response: Response,
    pub(super) default_version: i64,
    pub(super) rules_saved_at: Timestamp,
    pub(super) rules: i64,
    pub(super) rules_on: i64,
    pub(super) waiting: i64,
    pub(super) waiting_until: Option<Timestamp>,
    pub(super) unanswered: i64,
    pub(super) last_dm_at: Option<Timestamp>,
    pub(super) last_reply_at: Option<Timestamp>,
    pub(super) last_latency_ms: Option<i64>,
    pub(super) balance: i64,
}

/// A conversation and the quiet hours of its account.
#[derive(FromQueryResult)]
pub(super) struct QuietRow {
    pub(super) id: ConversationId,
    pub(super) account_id: AccountId,
    pub(super) customer_id: String,
    pub(super) last_human_at: Option<Timestamp>,
    pub(super) left_to_person_at: Option<Timestamp>,
    pub(super) resumed_at: Option<Timestamp>,
    pub(super) human_quiet_hours: i64,
}

/// All accounts, or one.
const WHICH: [&str; 2] = ["", "AND a.id = $9"];

statements! {
    /// Tenant, inbound, customer, outbound, concierge; what an unanswered reply waits for, and since when. A reply that went out
    /// since it was recorded shows that the platform answers. Each subquery is answered by an index of its own.
    const FACTS: &str =
        "SELECT a.id, a.enabled, a.auto_reply, a.status, a.status_cause, a.status_since, a.paused_until,
            a.token_checked_at, a.token_expires_at, a.data_access_expires_at, a.created_at, a.automation_seen_at,
            i.ig_id, i.page_id, i.username, i.name, i.page_name, i.missing_scopes, i.subscribed_fields,
            i.refused_fields, i.resubscribed_at, i.unsubscribed_after, c.default_response, c.default_version, c.updated_at AS rules_saved_at,
            (SELECT COUNT(*) FROM rules r WHERE r.account_id = a.id AND r.deleted_at IS NULL) AS rules,
            (SELECT COUNT(*) FROM rules r WHERE r.account_id = a.id AND r.deleted_at IS NULL AND r.enabled) AS rules_on,
            (SELECT COUNT(*) FROM replies p WHERE p.account_id = a.id AND p.settled_at IS NULL
                AND p.wait_reason IS NOT NULL) AS waiting,
            (SELECT MIN(v.window_until) FROM replies p JOIN conversations v ON v.id = p.conversation_id
                WHERE p.account_id = a.id AND p.settled_at IS NULL AND p.wait_reason IS NOT NULL) AS waiting_until,
            (SELECT COUNT(*) FROM replies p WHERE p.account_id = a.id AND p.settled_at IS NULL
                AND p.wait_reason IN ($6, $7) AND p.created_at < $8 AND NOT EXISTS
                    (SELECT 1 FROM messages m WHERE m.account_id = a.id AND m.direction = $4
                        AND m.created_at > p.created_at AND m.author = $5)) AS unanswered,
            (SELECT m.created_at FROM messages m WHERE m.account_id = a.id AND m.direction = $2
                AND m.author = $3 ORDER BY m.created_at DESC LIMIT 1) AS last_dm_at,
            (SELECT m.created_at FROM messages m WHERE m.account_id = a.id AND m.direction = $4
                AND m.author = $5 ORDER BY m.created_at DESC LIMIT 1) AS last_reply_at,
            (SELECT q.latency_ms FROM messages m JOIN replies p ON p.id = m.reply_id
                JOIN messages q ON q.id = p.message_id
                WHERE m.account_id = a.id AND m.direction = $4 AND m.author = $5
                ORDER BY m.created_at DESC LIMIT 1) AS last_latency_ms,
            COALESCE((SELECT b.balance FROM credit_balances b WHERE b.tenant_id = a.tenant_id), 0) AS balance
        FROM accounts a JOIN instagram_accounts i ON i.account_id = a.id JOIN reply_configs c ON c.account_id = a.id
        WHERE a.tenant_id = $1 {conditions}", conditions [WHICH[0], WHICH[1]];

    /// Tenant, whether all accounts are meant, and which one otherwise.
    pub(super) const USERNAMES: &str =
        "SELECT a.id, i.username FROM accounts a JOIN instagram_accounts i ON i.account_id = a.id
        WHERE a.tenant_id = $1 AND ($2 OR a.id = $3)";

    /// Tenant, whether all accounts are meant, which one otherwise, and the earliest that can still be quiet.
    pub(super) const QUIET_CONVERSATIONS: &str =
        "SELECT c.id, c.account_id, c.customer_id, c.last_human_at, c.left_to_person_at, c.resumed_at,
            a.human_quiet_hours
        FROM accounts a JOIN conversations c ON c.account_id = a.id
        WHERE a.tenant_id = $1 AND ($2 OR a.id = $3) AND (c.last_human_at > $4 OR c.left_to_person_at > $4)";

    /// The tenant's account of an Instagram id, connected or not.
    pub(super) const KNOWN_ACCOUNT: &str =
        "SELECT a.id FROM accounts a JOIN instagram_accounts i ON i.account_id = a.id
        WHERE a.tenant_id = $1 AND i.ig_id = $2 ORDER BY i.connected DESC, a.created_at DESC LIMIT 1";

    /// The account, or all of them in the order of their ids, so that two servers that pause them do not wait for each other.
    pub(super) const LOCK_ACCOUNTS: &str =
        "SELECT id FROM accounts WHERE $2 OR id = $1 ORDER BY id {lock:FOR NO KEY UPDATE}";

    pub(super) const TENANT_OF_ACCOUNT: &str = "SELECT tenant_id FROM accounts WHERE id = $1";

    /// Status, cause, end of the pause, now, account; then disconnected, paused, connected. A pause never hides a dead token, and
    /// a short one never shortens a long one.
    pub(super) const SET_STATUS: &str =
        "UPDATE accounts SET status = $1, status_cause = $2, paused_until = $3, status_since = $4, updated_at = $4
        WHERE id = $5 AND status <> $6 AND (status <> $1 OR status_cause <> $2 OR paused_until <> $3)
            AND ($1 <> $7 OR status = $8 OR (status = $7 AND paused_until < $3))";

    /// Paused, cause, end of the pause, now, connected.
    pub(super) const PAUSE_ALL: &str =
        "UPDATE accounts SET status = $1, status_cause = $2, paused_until = $3, status_since = $4, updated_at = $4
        WHERE status = $5 OR (status = $1 AND paused_until < $3)";

    /// Account, paused, now.
    pub(super) const PRESENT_PAUSE: &str =
        "SELECT paused_until FROM accounts WHERE id = $1 AND status = $2 AND paused_until > $3";

    pub(super) const NEXT_PAUSE_STEP: &str =
        "UPDATE accounts SET pause_step = pause_step + 1 WHERE id = $1 RETURNING pause_step";

    /// Connected, now, paused. Waits for no account that somebody is changing: the next sweep finds it.
    pub(super) const END_PAUSES: &str =
        "UPDATE accounts SET status = $1, status_cause = NULL, paused_until = NULL, status_since = $2, updated_at = $2
        WHERE status = $3 AND paused_until <= $2 AND id IN (SELECT id FROM accounts
            WHERE status = $3 AND paused_until <= $2 {lock:FOR NO KEY UPDATE SKIP LOCKED})";

    /// Connected, now, and direction and author of what we sent.
    pub(super) const RESET_PAUSES: &str =
        "UPDATE accounts SET pause_step = 0 WHERE pause_step > 0 AND status = $1 AND EXISTS (
            SELECT 1 FROM messages m WHERE m.account_id = accounts.id AND m.direction = $3 AND m.author = $4
                AND m.created_at >= accounts.status_since AND m.created_at <= $2)
        AND id IN (SELECT id FROM accounts WHERE pause_step > 0 {lock:FOR NO KEY UPDATE SKIP LOCKED})";

    /// The status *connected*, now, account, the status *paused*, and the cause of the pause.
    pub(super) const LIFT_PAUSE: &str =
        "UPDATE accounts SET status = $1, status_cause = NULL, paused_until = NULL, status_since = $2, updated_at = $2
        WHERE id = $3 AND status = $4 AND status_cause = $5";

    /// Connected, now, account; then the two states that a check can end.
    pub(super) const MARK_CONNECTED: &str =
        "UPDATE accounts SET status = $1, status_cause = NULL, paused_until = NULL, status_since = $2, updated_at = $2
        WHERE id = $3 AND status IN ($4, $5)";

    /// Connected, now, account.
    pub(super) const MARK_RECONNECTED: &str =
        "UPDATE accounts SET status = $1, status_cause = NULL, status_since = $2, paused_until = NULL,
            token_checked_at = NULL, token_expires_at = NULL, data_access_expires_at = NULL,
            version = version + 1, updated_at = $2
        WHERE id = $3";

    /// Disconnected, cause, now, account.
    pub(super) const MARK_DISCONNECTED: &str =
        "UPDATE accounts SET status = $1, status_cause = $2, paused_until = NULL, status_since = $3,
            token_expires_at = NULL, data_access_expires_at = NULL, updated_at = $3
        WHERE id = $4 AND status <> $1";
}

/// All accounts of a tenant, or one.
pub(super) async fn facts<C: Connection>(
    connection: &C,
    tenant: TenantId,
    account: Option<AccountId>,
    now: Timestamp,
) -> Result<Vec<FactsRow>, StorageError> {
    let text = FACTS.replace("{conditions}", WHICH[usize::from(account.is_some())]);
    let [first, second] = UNANSWERED;
    let values = [
        tenant.into(),
        Direction::Inbound.into(),
        Author::Customer.into(),
        Direction::Outbound.into(),
        Author::Concierge.into(),
        first.into(),
        second.into(),
        (now - WORTH_TELLING).into(),
    ];
    let values = values.into_iter().chain(account.map(Into::into));
    sql::all(connection, text, values).await
}
