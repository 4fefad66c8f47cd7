//! The audit log: one row for every change an admin makes, written in the transaction of the change.

use domain::ids::{TenantId, UserId};
use domain::time::Timestamp;
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::Actor;
use crate::storage::{StorageError, sql};

/// One change.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// Whose data changed.
    pub tenant: TenantId,
    /// Who did it.
    pub actor: Actor,
    /// `rules.moved`: feature and past participle.
    pub action: &'static str,
    /// The rule, account, user or tenant that changed.
    pub subject: Uuid,
    /// The change as a sentence: `Prices moved to 2 of 6.` Never a secret, never a customer's words.
    pub detail: &'a str,
}

/// Who last changed a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastChange {
    /// The person's e-mail address; none for a command.
    pub by: Option<String>,
    /// The change as a sentence.
    pub what: String,
    /// When.
    pub at: Timestamp,
}

/// Writes one row and returns its id.
pub(crate) async fn record<C: ConnectionTrait>(tx: &C, entry: Entry<'_>, now: Timestamp) -> Result<Uuid, StorageError> {
    let id = Uuid::now_v7();
    let text = "INSERT INTO audit_log (id, tenant_id, user_id, action, subject_id, detail, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = [
        id.into(),
        entry.tenant.as_uuid().into(),
        entry.actor.user().map(UserId::as_uuid).into(),
        entry.action.into(),
        entry.subject.into(),
        entry.detail.into(),
        now.as_millis().into(),
    ];
    sql::execute(tx, text, values).await?;
    Ok(id)
}

#[derive(FromQueryResult)]
struct LastRow {
    email: Option<String>,
    detail: String,
    created_at: i64,
}

/// The newest change of `subject` whose action is one of `actions`.
pub(crate) async fn last_change<C: ConnectionTrait>(
    connection: &C,
    tenant: TenantId,
    subject: Uuid,
    actions: &[&str],
) -> Result<Option<LastChange>, StorageError> {
    let text = format!(
        "SELECT u.email AS email, l.detail AS detail, l.created_at AS created_at
        FROM audit_log l LEFT JOIN users u ON u.id = l.user_id
        WHERE l.tenant_id = $1 AND l.subject_id = $2 AND l.action IN ({})
        ORDER BY l.created_at DESC, l.id DESC LIMIT 1",
        sql::placeholders(3, actions.len())
    );
    let mut values = vec![tenant.as_uuid().into(), subject.into()];
    values.extend(actions.iter().map(|action| (*action).into()));
    let row = sql::optional::<LastRow, C>(connection, text, values).await?;
    Ok(row.map(|row| LastChange {
        by: row.email,
        what: row.detail,
        at: Timestamp::from_millis(row.created_at),
    }))
}
