//! What connections need beyond one table.

use domain::accounts::AccountStatusKind;
use domain::ids::{AccountId, TenantId};
use domain::messages::MessageOutcome;
use domain::reasons::{Reason, WaitReason};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::storage::{StorageError, Transaction, has_row_locks, sql, statements};

/// A connected account, or one that the tenant had before.
#[derive(FromQueryResult)]
pub(super) struct KnownRow {
    pub(super) tenant_id: TenantId,
    pub(super) ig_id: String,
    pub(super) page_id: String,
    pub(super) connected: bool,
    pub(super) status: AccountStatusKind,
}

/// A connected account of the person who signed in.
#[derive(FromQueryResult)]
pub(super) struct ConnectedByRow {
    pub(super) account_id: AccountId,
    pub(super) username: String,
    pub(super) page_id: String,
}

/// An account that a person connected, in any tenant.
#[derive(FromQueryResult)]
pub(super) struct OwnedRow {
    pub(super) account_id: AccountId,
    pub(super) tenant_id: TenantId,
    pub(super) username: String,
}

/// What became of the message of a live test.
#[derive(FromQueryResult)]
pub(super) struct TestMessageRow {
    pub(super) outcome: Option<MessageOutcome>,
    pub(super) reason: Option<Reason>,
    pub(super) wait_reason: Option<WaitReason>,
}

statements! {
    /// Tenant, and a list of Page ids and Instagram ids.
    pub(super) const KNOWN: &str =
        "SELECT a.tenant_id, i.ig_id, i.page_id, i.connected, a.status
        FROM instagram_accounts i JOIN accounts a ON a.id = i.account_id
        WHERE (i.ig_id IN ({list}) OR i.page_id IN ({list})) AND (i.connected OR a.tenant_id = $1)
        ORDER BY a.created_at";

    pub(super) const CONNECTED_NAMES: &str =
        "SELECT i.username FROM instagram_accounts i JOIN accounts a ON a.id = i.account_id
        WHERE a.tenant_id = $1 AND i.connected ORDER BY i.username";

    pub(super) const CONNECTED_BY: &str =
        "SELECT i.account_id, i.username, i.page_id FROM instagram_accounts i JOIN accounts a ON a.id = i.account_id
        WHERE i.connected AND a.tenant_id = $1 AND i.connected_by = $2 ORDER BY i.username";

    /// Other accounts of the tenant that use a Page: tenant, Page, and the Instagram id that may use it.
    pub(super) const OTHERS_ON_PAGE: &str =
        "SELECT i.account_id FROM instagram_accounts i JOIN accounts a ON a.id = i.account_id
        WHERE a.tenant_id = $1 AND i.page_id = $2 AND i.ig_id <> $3 AND i.connected ORDER BY i.account_id";

    /// Account, the purpose of Page tokens, and the status *disconnected*.
    pub(super) const CONNECTION: &str =
        "SELECT a.id AS account, a.tenant_id AS tenant, a.status_cause AS cause, i.page_id, i.ig_id,
            i.user_token_expires_at, i.missing_scopes, i.subscription_seen_at, s.created_at AS token_saved_at
        FROM accounts a JOIN instagram_accounts i ON i.account_id = a.id
        LEFT JOIN sealed_values s ON s.owner_id = a.id AND s.purpose = $2
        WHERE a.id = $1 AND a.status <> $3";

    /// Account, name of the Page, linked Instagram account and its name: another account's name is not taken over.
    pub(super) const SET_NAMES: &str =
        "UPDATE instagram_accounts SET page_name = $2, username = CASE WHEN ig_id = $3 THEN $4 ELSE username END
        WHERE account_id = $1";

    /// Account, now, and until when an earlier loss is told no more: one that is still told lasted until now.
    pub(super) const NOTE_RESUBSCRIBED: &str =
        "UPDATE instagram_accounts SET resubscribed_at = $2,
            unsubscribed_after = CASE WHEN resubscribed_at > $3 THEN unsubscribed_after ELSE subscription_seen_at END
        WHERE account_id = $1";

    /// Person, the latest moment of a token that counts, and the purpose of Page tokens. Accounts without a token count always, those
    /// with a newer one never.
    pub(super) const OWNED: &str =
        "SELECT i.account_id, a.tenant_id, i.username
        FROM instagram_accounts i JOIN accounts a ON a.id = i.account_id
        LEFT JOIN sealed_values s ON s.owner_id = a.id AND s.purpose = $3
        WHERE i.connected_by = $1 AND (s.created_at IS NULL OR s.created_at <= $2)
        ORDER BY i.account_id";

    /// As [`OWNED`]; only those that are connected.
    pub(super) const OWNED_AND_CONNECTED: &str =
        "SELECT i.account_id, a.tenant_id, i.username
        FROM instagram_accounts i JOIN accounts a ON a.id = i.account_id
        JOIN sealed_values s ON s.owner_id = a.id AND s.purpose = $3
        WHERE i.connected_by = $1 AND i.connected AND s.created_at <= $2
        ORDER BY i.account_id";

    /// Asked again: the same code; the count stays what it was unless there was something to delete once more.
    pub(super) const NOTE_DELETION: &str =
        "INSERT INTO deletion_requests (code, person_hash, accounts, requested_at, done_at)
        VALUES ($1, $2, $3, $4, $4)
        ON CONFLICT (person_hash) DO UPDATE SET
            accounts = deletion_requests.accounts + excluded.accounts, done_at = excluded.done_at
        RETURNING code";

    pub(super) const LOCK_CONVERSATIONS: &str =
        "SELECT id FROM conversations WHERE account_id = $1 ORDER BY customer_id {lock:COLLATE \"C\" FOR UPDATE}";

    /// Now, and how many at most. Says twice when they end: PostgreSQL asks the outer condition again of a row that it waited for.
    pub(super) const DELETE_OLD_ATTEMPTS: &str =
        "DELETE FROM connect_visits WHERE expires_at < $1 AND id IN
            (SELECT id FROM connect_visits WHERE expires_at < $1 ORDER BY expires_at LIMIT $2)
        RETURNING id";

    pub(super) const DELETE_ATTEMPTS_OF: &str =
        "DELETE FROM connect_visits WHERE person_id = $1 AND begun_at <= $2 RETURNING id";

    /// Before when, and how many at most.
    pub(super) const DELETE_OLD_CHECKS: &str =
        "DELETE FROM token_checks WHERE (account_id, day, run) IN
            (SELECT account_id, day, run FROM token_checks WHERE not_before < $1 LIMIT $2)";

    /// Account, tenant, now.
    pub(super) const START_TEST: &str =
        "UPDATE instagram_accounts SET test_started_at = $3 WHERE account_id = $1 AND connected
            AND account_id IN (SELECT id FROM accounts WHERE tenant_id = $2)";

    pub(super) const TEST: &str =
        "SELECT i.username, i.test_started_at
        FROM instagram_accounts i JOIN accounts a ON a.id = i.account_id WHERE a.id = $1 AND a.tenant_id = $2";

    /// Account, beginning of the test, inbound, customer, sent. An answered message counts more than an earlier one that was not: the
    /// admin may have mended something in between.
    pub(super) const TEST_MESSAGE: &str =
        "SELECT m.outcome, m.reason, p.wait_reason FROM messages m LEFT JOIN replies p ON p.message_id = m.id
        WHERE m.account_id = $1 AND m.direction = $3 AND m.author = $4 AND m.created_at >= $2
        ORDER BY CASE WHEN m.outcome = $5 THEN 0 ELSE 1 END, m.created_at DESC LIMIT 1";
}

/// Before rows are deleted: workers and inbox lock the conversation first too, then its replies.
pub(super) async fn lock_conversations(tx: &Transaction, account: AccountId) -> Result<(), StorageError> {
    if has_row_locks(tx) {
        sql::values::<Uuid, _>(tx, LOCK_CONVERSATIONS, [account.into()]).await?;
    }
    Ok(())
}
