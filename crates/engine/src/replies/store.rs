//! Rows of replies that pages count: those that wait because the platform does not answer.

use std::time::Duration;

use domain::ids::TenantId;
use domain::reasons::WaitReason;
use domain::time::Timestamp;
use sea_orm::entity::prelude::*;

use crate::storage::entity::replies;
use crate::storage::{Connection, StorageError};

/// Shorter waits are the usual ones, such as for an echo.
pub const WORTH_TELLING: Duration = Duration::from_secs(45);

/// What a reply waits for while the platform does not answer.
pub const UNANSWERED: [WaitReason; 2] = [WaitReason::Retrying, WaitReason::Confirming];

/// How many replies of a tenant wait for an answer of the platform for longer than usual.
pub async fn count_unanswered<C: Connection>(
    connection: &C,
    tenant: TenantId,
    now: Timestamp,
) -> Result<u64, StorageError> {
    let waiting = replies::find_for(tenant)
        .filter(replies::Column::SettledAt.is_null())
        .filter(replies::Column::WaitReason.is_in(UNANSWERED))
        .filter(replies::Column::CreatedAt.lt(now - WORTH_TELLING));
    Ok(waiting.count(connection).await?)
}
