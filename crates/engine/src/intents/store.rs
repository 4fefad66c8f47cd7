//! Rows of vectors.

use domain::ids::{AccountId, TenantId};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::sql::SAVE_VECTORS;
use crate::storage::entity::{intent_backgrounds, intent_vectors, rules};
use crate::storage::{Connection, StorageError, sql};

/// How the JSON of a Prompt matcher begins.
const PROMPT: &str = r#"{"kind":"prompt"%"#;

/// How many rules of the tenant listen for an intent and are on.
pub(super) async fn count_intent_rules<C: Connection>(connection: &C, tenant: TenantId) -> Result<u64, StorageError> {
    let rules = rules::Entity::find()
        .filter(rules::Column::TenantId.eq(tenant))
        .filter(rules::Column::DeletedAt.is_null())
        .filter(rules::Column::Enabled.eq(true))
        .filter(rules::Column::Matcher.like(PROMPT));
    Ok(rules.count(connection).await?)
}

/// All vectors of an account's rules under this encoder, fresh or not.
pub(super) async fn vectors_of<C: Connection>(
    connection: &C,
    account: AccountId,
    encoder: &str,
) -> Result<Vec<intent_vectors::Model>, StorageError> {
    use intent_vectors::Column;
    let stored = intent_vectors::Entity::find()
        .filter(Column::AccountId.eq(account))
        .filter(Column::Encoder.eq(encoder));
    Ok(stored.all(connection).await?)
}

/// Writes the vectors of a rule; nothing for a rule that is gone or only tried.
pub(super) async fn save_vectors<C: Connection>(tx: &C, row: intent_vectors::Model) -> Result<(), StorageError> {
    let values = [
        row.rule_id.into(),
        row.account_id.into(),
        row.encoder.into(),
        row.recipe_version.into(),
        row.source_hash.into(),
        row.vectors.into(),
        row.computed_at.into(),
    ];
    sql::execute(tx, SAVE_VECTORS, values).await?;
    Ok(())
}

pub(super) async fn background<C: Connection>(
    connection: &C,
    encoder: &str,
) -> Result<Option<intent_backgrounds::Model>, StorageError> {
    Ok(intent_backgrounds::Entity::find_by_id(encoder).one(connection).await?)
}

pub(super) async fn save_background<C: Connection>(
    connection: &C,
    row: intent_backgrounds::Model,
) -> Result<(), StorageError> {
    use intent_backgrounds::Column;
    let newer = OnConflict::column(Column::Encoder)
        .update_columns([Column::RecipeVersion, Column::Vectors, Column::ComputedAt])
        .to_owned();
    let insert = intent_backgrounds::Entity::insert(intent_backgrounds::ActiveModel::from(row)).on_conflict(newer);
    insert.exec_without_returning(connection).await?;
    Ok(())
}
