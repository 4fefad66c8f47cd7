//! Whether replies fit into what Instagram takes when the tenant's disclosure line stands before them.

use domain::disclosure;
use domain::ids::TenantId;
use domain::limits::{FieldError, LimitError, MAX_CANNED_BYTES, check_rule_count};
use domain::reply_config::Part;
use domain::rules::Response;
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::error::{ChangeError, RulesError};
use super::store::parse_response;
use crate::storage::{StorageError, sql};

#[derive(FromQueryResult)]
struct LineRow {
    disclosure: Option<String>,
}

/// The tenant's disclosure line.
async fn disclosure_line<C: ConnectionTrait>(connection: &C, tenant: TenantId) -> Result<Option<String>, StorageError> {
    let text = "SELECT disclosure FROM tenants WHERE id = $1";
    let row = sql::optional::<LineRow, C>(connection, text, [tenant.as_uuid().into()]).await?;
    Ok(row.and_then(|row| row.disclosure))
}

/// Whether everything that a change brings fits.
pub(super) async fn check<C: ConnectionTrait>(tx: &C, tenant: TenantId, new: &Part) -> Result<(), ChangeError> {
    let line = disclosure_line(tx, tenant).await?;
    let added = disclosure::bytes_added(line.as_deref());
    let rules = new
        .rules
        .values()
        .flatten()
        .map(|rule| (rule.label.as_str(), &rule.response));
    let default = new.default_reply.iter().map(|reply| ("Default reply", reply));
    let errors: Vec<FieldError> = rules
        .chain(default)
        .filter_map(|(label, response)| too_long(label, response, added))
        .map(|error| FieldError::new("canned", &error))
        .collect();
    if errors.is_empty() {
        Ok(())
    } else {
        Err(ChangeError::Invalid(errors))
    }
}

fn too_long(label: &str, response: &Response, added: usize) -> Option<LimitError> {
    let Response::Canned(text) = response else { return None };
    let bytes = text.len() + added;
    (bytes > MAX_CANNED_BYTES).then(|| LimitError::TooLongWithLine {
        label: label.to_owned(),
        bytes,
    })
}

#[derive(FromQueryResult)]
struct ReplyRow {
    label: Option<String>,
    response: String,
}

/// The first reply of the tenant that would not fit behind `line`. Changes of its reply configs are kept out until the
/// transaction ends.
///
/// # Errors
/// What the database answers.
pub(crate) async fn first_too_long<C: ConnectionTrait>(
    tx: &C,
    tenant: TenantId,
    line: &str,
) -> Result<Option<LimitError>, StorageError> {
    // The same lock that every change of a reply config takes, in one order.
    let lock = "UPDATE reply_configs SET updated_at = updated_at WHERE tenant_id = $1";
    sql::execute(tx, lock, [tenant.as_uuid().into()]).await?;
    let text = "SELECT label, response FROM rules WHERE tenant_id = $1 AND deleted_at IS NULL
        UNION ALL SELECT NULL AS label, default_response AS response FROM reply_configs WHERE tenant_id = $1";
    let added = disclosure::bytes_added(Some(line));
    for row in sql::all::<ReplyRow, C>(tx, text, [tenant.as_uuid().into()]).await? {
        let label = row.label.as_deref().unwrap_or("Default reply");
        if let Some(error) = too_long(label, &parse_response(&row.response)?, added) {
            return Ok(Some(error));
        }
    }
    Ok(None)
}

/// Whether a list of `count` rules may take one more.
pub(super) fn check_rule_can_be_added(count: i64) -> Result<(), RulesError> {
    let wanted = usize::try_from(count).unwrap_or(usize::MAX).saturating_add(1);
    check_rule_count(wanted).map_err(|error| RulesError::Invalid(vec![FieldError::new("rules", &error)]))
}
