//! What the tenant has that something of this server is needed for.

use domain::ids::TenantId;
use sea_orm::entity::prelude::*;

use crate::storage::entity::rules;
use crate::storage::{Connection, StorageError};

/// How the JSON of a Prompt matcher begins.
const PROMPT: &str = r#"{"kind":"prompt"%"#;

/// How many rules listen for an intent and are on.
pub(super) async fn count_intent_rules<C: Connection>(connection: &C, tenant: TenantId) -> Result<u64, StorageError> {
    let rules = rules::Entity::find()
        .filter(rules::Column::TenantId.eq(tenant))
        .filter(rules::Column::DeletedAt.is_null())
        .filter(rules::Column::Enabled.eq(true))
        .filter(rules::Column::Matcher.like(PROMPT));
    Ok(rules.count(connection).await?)
}
