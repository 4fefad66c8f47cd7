//! Asking for the check of a text, in the transaction that saves it.
//!
//! Rows are asked for with and without an AI: they wait for one. What the screen sees is rejected here already, at no cost.

use domain::ids::{SafetyCheckId, TenantId};
use domain::persona::{CheckedText, SafetyStatus, canonical_text};
use domain::safety::screen::screen_text;
use domain::safety::{Findings, POLICY_VERSION};
use domain::time::Timestamp;
use uuid::Uuid;

use super::sql::{REQUEST_CHECK, RESTART_CHECK};
use super::{store, text_hash};
use crate::storage::{Connection, StorageError, sql};

/// Asks for the check of `text`, unless it has one that counts. What is unchecked, or was rejected by an earlier policy, is
/// judged again; a verdict stays. Whether a check was asked for.
pub(crate) async fn request_check<C: Connection>(
    tx: &C,
    tenant: TenantId,
    kind: CheckedText,
    text: &str,
    now: Timestamp,
) -> Result<bool, StorageError> {
    let text = canonical_text(text);
    let findings = Findings(screen_text(kind, &text));
    let (status, checked_at) = match findings.block() {
        true => (SafetyStatus::Rejected, Some(now)),
        false => (SafetyStatus::Pending, None),
    };
    let values = [
        SafetyCheckId::from_uuid(Uuid::now_v7()).into(),
        tenant.into(),
        kind.into(),
        text_hash(kind, &text).into(),
        text.into(),
        status.into(),
        findings.into(),
        i64::from(POLICY_VERSION).into(),
        now.into(),
        checked_at.into(),
    ];
    Ok(sql::execute(tx, REQUEST_CHECK, values).await? > 0)
}

/// The same for a text that has a row, by its hash; none when there is no row.
pub(crate) async fn restart_check<C: Connection>(
    tx: &C,
    tenant: TenantId,
    kind: CheckedText,
    hash: &[u8],
    now: Timestamp,
) -> Result<Option<bool>, StorageError> {
    let Some(check) = store::check_of(tx, tenant, kind, hash).await? else {
        return Ok(None);
    };
    let values = [check.id.into(), now.into(), i64::from(POLICY_VERSION).into()];
    Ok(Some(sql::execute(tx, RESTART_CHECK, values).await? > 0))
}
