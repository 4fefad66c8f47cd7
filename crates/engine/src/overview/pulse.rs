//! Whether anything a tenant's pages show has changed: one cheap question, so that open pages may ask it every second, whichever
//! server did the change.

use domain::ids::TenantId;

use super::sql::PULSE;
pub use super::sql::Pulse;
use crate::storage::{Database, StorageError, sql};

/// The pulse of `tenant`. A reply that opens and settles between two pulses shows by its message.
pub async fn pulse(database: &Database, tenant: TenantId) -> Result<Pulse, StorageError> {
    let pulse = sql::optional(database.reader(), PULSE, [tenant.into()]).await?;
    Ok(pulse.unwrap_or_default())
}
