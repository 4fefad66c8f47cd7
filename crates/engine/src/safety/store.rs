//! The rows of checks and of prompts in use: statements on one table.

use domain::ids::{SafetyCheckId, TenantId, UserId};
use domain::persona::{CheckedText, SafetyStatus};
use domain::safety::{Findings, POLICY_VERSION};
use domain::time::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use crate::storage::entity::safety_checks::{self, Column, Entity};
use crate::storage::entity::{persona_versions, prompts_in_use};
use crate::storage::{Connection, StorageError};

/// The check of a text, by its hash.
pub(super) async fn check_of<C: Connection>(
    connection: &C,
    tenant: TenantId,
    kind: CheckedText,
    hash: &[u8],
) -> Result<Option<safety_checks::Model>, StorageError> {
    let check = Entity::find()
        .filter(Column::TenantId.eq(tenant))
        .filter(Column::Subject.eq(kind))
        .filter(Column::TextHash.eq(hash));
    Ok(check.one(connection).await?)
}

/// A verdict, of the judge's or of an operator's.
pub(super) fn verdict(
    status: SafetyStatus,
    findings: Findings,
    judge_model: Option<String>,
    now: Timestamp,
) -> safety_checks::ActiveModel {
    safety_checks::ActiveModel {
        status: Set(status),
        findings: Set(findings),
        policy_version: Set(i64::from(POLICY_VERSION)),
        judge_model: Set(judge_model),
        attempts: Set(0),
        valid_until: Set(None),
        checked_at: Set(Some(now)),
        ..free()
    }
}

/// Nobody works on it.
pub(super) fn free() -> safety_checks::ActiveModel {
    safety_checks::ActiveModel {
        claimed_by: Set(None),
        claimed_until: Set(None),
        ..Default::default()
    }
}

/// Changes a check that is still claimed by `claim`; false when it is not, and nothing was changed.
pub(super) async fn update_claimed<C: Connection>(
    tx: &C,
    check: SafetyCheckId,
    claim: &str,
    changed: safety_checks::ActiveModel,
) -> Result<bool, StorageError> {
    let update = Entity::update_many()
        .set(changed)
        .filter(Column::Id.eq(check))
        .filter(Column::ClaimedBy.eq(claim));
    Ok(update.exec(tx).await?.rows_affected > 0)
}

/// Changes a check, whoever works on it.
pub(super) async fn update<C: Connection>(
    tx: &C,
    check: SafetyCheckId,
    changed: safety_checks::ActiveModel,
) -> Result<(), StorageError> {
    let update = Entity::update_many().set(changed).filter(Column::Id.eq(check));
    update.exec(tx).await?;
    Ok(())
}

/// An operator's approval.
pub(super) fn overridden(by: Option<UserId>, note: &str, now: Timestamp) -> safety_checks::ActiveModel {
    safety_checks::ActiveModel {
        status: Set(SafetyStatus::Approved),
        policy_version: Set(i64::from(POLICY_VERSION)),
        attempts: Set(0),
        valid_until: Set(None),
        checked_at: Set(Some(now)),
        overridden_by: Set(by),
        override_note: Set(Some(note.to_owned())),
        ..free()
    }
}

/// All claims end: for a database whose only process begins.
pub(super) async fn void_all_claims<C: Connection>(connection: &C) -> Result<(), StorageError> {
    let update = Entity::update_many()
        .set(free())
        .filter(Column::ClaimedBy.is_not_null());
    update.exec(connection).await?;
    Ok(())
}

/// The prompt of this owner is no longer in use.
pub(super) async fn stop_using_prompt_of<C: Connection>(tx: &C, owner: Uuid) -> Result<(), StorageError> {
    prompts_in_use::Entity::delete_by_id(owner).exec(tx).await?;
    Ok(())
}

/// No prompt of these words is in use any longer.
pub(super) async fn stop_using_prompt<C: Connection>(tx: &C, tenant: TenantId, text: &str) -> Result<(), StorageError> {
    let delete = prompts_in_use::Entity::delete_many()
        .filter(prompts_in_use::Column::TenantId.eq(tenant))
        .filter(prompts_in_use::Column::Text.eq(text));
    delete.exec(tx).await?;
    Ok(())
}

/// The newest version of a tenant's persona, or one of its versions.
pub(super) async fn persona_version<C: Connection>(
    connection: &C,
    tenant: TenantId,
    version: Option<i64>,
) -> Result<Option<persona_versions::Model>, StorageError> {
    use sea_orm::{QueryOrder, QueryTrait};
    let rows = persona_versions::find_for(tenant)
        .apply_if(version, |rows, version| {
            rows.filter(persona_versions::Column::Version.eq(version))
        })
        .order_by_desc(persona_versions::Column::Version);
    Ok(rows.one(connection).await?)
}

/// Checks of prompts from before `before`, with their words.
pub(super) async fn prompt_checks_before<C: Connection>(
    connection: &C,
    tenant: TenantId,
    before: Timestamp,
) -> Result<Vec<(SafetyCheckId, String)>, StorageError> {
    let rows = Entity::find()
        .filter(Column::TenantId.eq(tenant))
        .filter(Column::Subject.eq(CheckedText::Prompt))
        .filter(Column::CreatedAt.lt(before))
        .select_only()
        .columns([Column::Id, Column::Text]);
    Ok(rows.into_tuple().all(connection).await?)
}

/// The words of the prompts that are in use.
pub(super) async fn texts_in_use<C: Connection>(connection: &C, tenant: TenantId) -> Result<Vec<String>, StorageError> {
    let rows = prompts_in_use::Entity::find()
        .filter(prompts_in_use::Column::TenantId.eq(tenant))
        .select_only()
        .column(prompts_in_use::Column::Text);
    Ok(rows.into_tuple().all(connection).await?)
}

/// Forgets a check.
pub(super) async fn delete<C: Connection>(tx: &C, check: SafetyCheckId) -> Result<(), StorageError> {
    Entity::delete_by_id(check).exec(tx).await?;
    Ok(())
}
