//! Whether the tenant's replies fit behind a disclosure line, and whether a list has room for a rule.

use domain::disclosure;
use domain::ids::TenantId;
use domain::limits::{FieldError, LimitError, check_rule_count};
use domain::rules::Response;

use super::error::RulesError;
use super::sql::REPLIES_OF_TENANT;
use super::store;
use crate::storage::{Connection, StorageError, sql};

/// The first reply of the tenant that would not fit behind `line`. Changes of its reply configs are kept out until the
/// transaction ends.
pub(crate) async fn first_too_long<C: Connection>(
    tx: &C,
    tenant: TenantId,
    line: &str,
) -> Result<Option<LimitError>, StorageError> {
    store::lock_configs_of(tx, tenant).await?;
    let replies = sql::values::<(Option<String>, Response), C>(tx, REPLIES_OF_TENANT, [tenant.into()]).await?;
    Ok(replies.iter().find_map(|(label, response)| {
        let label = label.as_deref().unwrap_or("Default reply");
        disclosure::does_not_fit(Some(line), label, response)
    }))
}

/// Whether a list of `count` rules may take one more.
pub(super) fn check_rule_can_be_added(count: i64) -> Result<(), RulesError> {
    let wanted = usize::try_from(count).unwrap_or(usize::MAX).saturating_add(1);
    check_rule_count(wanted).map_err(|error| RulesError::Invalid(vec![FieldError::new("rules", &error)]))
}
