//! The SQL of reply configs and rules.

use domain::ids::{AccountId, RuleId, TenantId};
use domain::reply_config::Snapshot;
use domain::rules::{Matcher, ReplyConfig, ReplyRule, Response};
use domain::time::Timestamp;
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::storage::{StorageError, sql};

/// Whether a change touches order, number or only the text of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ListChange {
    /// Order, add, delete: `list_version` grows.
    Yes,
    /// Text or switch of one rule, or the default reply.
    No,
}

/// A reply config while a transaction holds its lock; the versions have grown already.
#[derive(Debug, FromQueryResult)]
pub(crate) struct ConfigRow {
    pub(crate) revision: i64,
    pub(crate) list_version: i64,
    pub(crate) default_version: i64,
}

/// Counts a change and thereby locks the config until the transaction ends: changes of one account's rules happen one
/// after the other on both databases. None for another tenant's account.
pub(super) async fn lock_config<C: ConnectionTrait>(
    tx: &C,
    tenant: TenantId,
    account: AccountId,
    list: ListChange,
    now: Timestamp,
) -> Result<Option<ConfigRow>, StorageError> {
    let text = "UPDATE reply_configs
        SET revision = revision + 1, list_version = list_version + $3, updated_at = $4
        WHERE account_id = $1 AND tenant_id = $2
        RETURNING revision, list_version, default_version";
    let growth = i64::from(list == ListChange::Yes);
    let values = [
        account.as_uuid().into(),
        tenant.as_uuid().into(),
        growth.into(),
        now.as_millis().into(),
    ];
    sql::optional(tx, text, values).await
}

#[derive(FromQueryResult)]
struct AccountRow {
    account_id: Uuid,
}

/// The account a rule belongs to, deleted rules included. None for another tenant's rule.
pub(super) async fn account_of<C: ConnectionTrait>(
    connection: &C,
    tenant: TenantId,
    rule: RuleId,
) -> Result<Option<AccountId>, StorageError> {
    let text = "SELECT account_id FROM rules WHERE id = $1 AND tenant_id = $2";
    let row =
        sql::optional::<AccountRow, C>(connection, text, [rule.as_uuid().into(), tenant.as_uuid().into()]).await?;
    Ok(row.map(|row| AccountId::from_uuid(row.account_id)))
}

/// A rule as stored.
#[derive(Debug, FromQueryResult)]
pub(super) struct RuleRecord {
    id: Uuid,
    pub(super) position: i64,
    label: String,
    matcher: String,
    response: String,
    enabled: bool,
    leave_to_person: bool,
    version: i64,
    pub(super) updated_at: i64,
    pub(super) deleted_at: Option<i64>,
}

const RULE_COLUMNS: &str =
    "id, position, label, matcher, response, enabled, leave_to_person, version, updated_at, deleted_at";

impl RuleRecord {
    pub(super) fn rule(&self) -> Result<ReplyRule, StorageError> {
        Ok(ReplyRule {
            id: RuleId::from_uuid(self.id),
            label: self.label.clone(),
            matcher: parse_matcher(&self.matcher)?,
            response: parse_response(&self.response)?,
            enabled: self.enabled,
            leave_to_person: self.leave_to_person,
            version: self.version,
        })
    }
}

/// One rule of an account, deleted or not.
pub(super) async fn rule<C: ConnectionTrait>(
    connection: &C,
    account: AccountId,
    rule: RuleId,
) -> Result<Option<RuleRecord>, StorageError> {
    let text = format!("SELECT {RULE_COLUMNS} FROM rules WHERE id = $1 AND account_id = $2");
    sql::optional(connection, text, [rule.as_uuid().into(), account.as_uuid().into()]).await
}

/// What the reply config of an account says.
pub(super) async fn snapshot<C: ConnectionTrait>(connection: &C, account: AccountId) -> Result<Snapshot, StorageError> {
    let config = load_reply_config(connection, account).await?;
    let config = config.ok_or(StorageError::Corrupt("reply config of an account"))?;
    Ok(Snapshot::of(&config))
}

/// A config with one of its rules, or with none.
#[derive(FromQueryResult)]
struct ConfigRuleRow {
    revision: i64,
    list_version: i64,
    default_response: String,
    default_version: i64,
    rule_id: Option<Uuid>,
    label: Option<String>,
    matcher: Option<String>,
    response: Option<String>,
    enabled: Option<bool>,
    leave_to_person: Option<bool>,
    version: Option<i64>,
}

/// The account's rules and default reply as they are at one moment; deleted rules are left out. None when the account
/// has no reply config. For the pipeline and other callers that know whose account it is.
///
/// # Errors
/// What the database answers; [`StorageError::Corrupt`] for a rule that cannot be read.
pub async fn load_reply_config<C: ConnectionTrait>(
    connection: &C,
    account: AccountId,
) -> Result<Option<ReplyConfig>, StorageError> {
    // One statement, so that versions and rules belong together without a transaction.
    let text = "SELECT c.revision AS revision, c.list_version AS list_version, c.default_response AS default_response,
            c.default_version AS default_version, r.id AS rule_id, r.label AS label, r.matcher AS matcher,
            r.response AS response, r.enabled AS enabled, r.leave_to_person AS leave_to_person, r.version AS version
        FROM reply_configs c LEFT JOIN rules r ON r.account_id = c.account_id AND r.deleted_at IS NULL
        WHERE c.account_id = $1 ORDER BY r.position";
    let rows = sql::all::<ConfigRuleRow, C>(connection, text, [account.as_uuid().into()]).await?;
    let Some(first) = rows.first() else { return Ok(None) };
    Ok(Some(ReplyConfig {
        revision: first.revision,
        list_version: first.list_version,
        default_reply: parse_response(&first.default_response)?,
        default_version: first.default_version,
        rules: rows
            .iter()
            .filter_map(|row| joined_rule(row).transpose())
            .collect::<Result<_, _>>()?,
    }))
}

fn joined_rule(row: &ConfigRuleRow) -> Result<Option<ReplyRule>, StorageError> {
    let ConfigRuleRow {
        rule_id: Some(id),
        label: Some(label),
        matcher: Some(matcher),
        response: Some(response),
        enabled: Some(enabled),
        leave_to_person: Some(leave_to_person),
        version: Some(version),
        ..
    } = row
    else {
        return Ok(None);
    };
    Ok(Some(ReplyRule {
        id: RuleId::from_uuid(*id),
        label: label.clone(),
        matcher: parse_matcher(matcher)?,
        response: parse_response(response)?,
        enabled: *enabled,
        leave_to_person: *leave_to_person,
        version: *version,
    }))
}

pub(crate) fn parse_response(json: &str) -> Result<Response, StorageError> {
    serde_json::from_str(json).map_err(|_| StorageError::Corrupt("response"))
}

fn parse_matcher(json: &str) -> Result<Matcher, StorageError> {
    serde_json::from_str(json).map_err(|_| StorageError::Corrupt("matcher"))
}

/// How a matcher or a response is stored.
pub(crate) fn to_json<T: serde::Serialize>(value: &T) -> Result<String, StorageError> {
    serde_json::to_string(value).map_err(|_| StorageError::Corrupt("rule"))
}
