//! Forgets checks of prompts that stand nowhere any longer. Those of personas stay as long as their versions.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::ids::TenantId;
use domain::time::Timestamp;
use uuid::Uuid;

use super::sql::NEXT_TENANT_TO_PURGE;
use super::{prompts, store};
use crate::storage::{Database, StorageError, commit, sql};

/// As long as a deleted rule can be restored.
const KEPT_FOR: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Forgets the checks of prompts that were asked for more than 30 days ago and stand nowhere: in no rule, in no default reply, and not
/// in use.
///
/// # Errors
/// The database failed.
pub async fn purge_checks(database: &Database, now: Timestamp) -> Result<(), StorageError> {
    let before = now - KEPT_FOR;
    let mut last = TenantId::from_uuid(Uuid::nil());
    loop {
        let values = [before.into(), last.into()];
        let next: Option<TenantId> = sql::value(database.reader(), NEXT_TENANT_TO_PURGE, values).await?;
        let Some(tenant) = next else { return Ok(()) };
        purge_of(database, tenant, before).await?;
        last = tenant;
    }
}

async fn purge_of(database: &Database, tenant: TenantId, before: Timestamp) -> Result<(), StorageError> {
    let old = store::prompt_checks_before(database.reader(), tenant, before).await?;
    let tx = database.begin().await?;
    // Kept out until the end: a prompt that comes back meanwhile keeps its check.
    crate::rules::lock_configs_of(&tx, tenant).await?;
    let current = prompts::current_prompts(&tx, tenant).await?;
    let mut needed: BTreeSet<String> = current.into_iter().map(|(prompt, _)| prompt).collect();
    needed.extend(store::texts_in_use(&tx, tenant).await?);
    for (check, _) in old.iter().filter(|(_, text)| !needed.contains(text)) {
        store::delete(&tx, *check).await?;
    }
    commit(tx).await
}
