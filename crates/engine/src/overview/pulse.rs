//! Whether anything a tenant's pages show has changed: one cheap question, so that open pages may ask it every second, whichever
//! server did the change.

use domain::ids::TenantId;
use sea_orm::FromQueryResult;

use crate::storage::{Database, StorageError, sql};

/// Two pulses differ when something changed in between. They say nothing about what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, FromQueryResult)]
pub struct Pulse {
    newest_message: i64,
    newest_entry: i64,
    open_replies: i64,
    accounts: i64,
    rules: i64,
}

/// The pulse of `tenant`. A reply that opens and settles between two pulses shows by its message.
///
/// # Errors
/// What the database answers.
pub async fn pulse(database: &Database, tenant: TenantId) -> Result<Pulse, StorageError> {
    let text = "SELECT
        COALESCE((SELECT MAX(created_at) FROM messages WHERE tenant_id = $1), 0) AS newest_message,
        COALESCE((SELECT MAX(created_at) FROM credit_ledger WHERE tenant_id = $1), 0) AS newest_entry,
        (SELECT COUNT(*) FROM replies r JOIN accounts a ON a.id = r.account_id
            WHERE a.tenant_id = $1 AND r.settled_at IS NULL) AS open_replies,
        CAST(COALESCE((SELECT SUM(version + status_since + COALESCE(token_checked_at, 0)) FROM accounts WHERE tenant_id = $1), 0) AS BIGINT) AS accounts,
        CAST(COALESCE((SELECT SUM(revision) FROM reply_configs WHERE tenant_id = $1), 0) AS BIGINT) AS rules";
    let row = sql::optional::<Pulse, _>(database.reader(), text, [tenant.as_uuid().into()]).await?;
    Ok(row.unwrap_or_default())
}
