//! The audit log: one row for every change an admin makes, written in the transaction of the change.

use domain::ids::TenantId;
use domain::time::Timestamp;
use uuid::Uuid;

use super::{Actor, store};
use crate::storage::entity::audit_log;
use crate::storage::{Connection, StorageError};

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

/// Writes one row and returns its id.
pub(crate) async fn record<C: Connection>(tx: &C, entry: Entry<'_>, now: Timestamp) -> Result<Uuid, StorageError> {
    let id = Uuid::now_v7();
    let row = audit_log::Model {
        id,
        tenant_id: Some(entry.tenant),
        user_id: entry.actor.user(),
        api_key_id: entry.actor.api_key(),
        action: entry.action.into(),
        subject_id: Some(entry.subject),
        detail: entry.detail.into(),
        created_at: now,
    };
    store::insert_audit_row(tx, row).await?;
    Ok(id)
}
