//! The audit log: one row for every change an admin makes, written in the transaction of the change.

use domain::ids::TenantId;
use domain::time::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::{ConnectionTrait, EntityTrait};
use uuid::Uuid;

use super::Actor;
use super::sql::{LAST_CHANGE, LastChangeRow};
use crate::storage::entity::audit_log;
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
    let row = audit_log::ActiveModel {
        id: Set(id),
        tenant_id: Set(Some(entry.tenant)),
        user_id: Set(entry.actor.user()),
        action: Set(entry.action.into()),
        subject_id: Set(Some(entry.subject)),
        detail: Set(entry.detail.into()),
        created_at: Set(now),
    };
    audit_log::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(id)
}

/// The newest change of `subject` whose action is one of `actions`.
pub(crate) async fn last_change<C: ConnectionTrait>(
    connection: &C,
    tenant: TenantId,
    subject: Uuid,
    actions: &[&str],
) -> Result<Option<LastChange>, StorageError> {
    let (text, values) = sql::with_list(LAST_CHANGE, [tenant.into(), subject.into()], actions.iter().copied());
    let row = sql::optional::<LastChangeRow, C>(connection, text, values).await?;
    Ok(row.map(|row| LastChange {
        by: row.email,
        what: row.detail,
        at: row.created_at,
    }))
}
