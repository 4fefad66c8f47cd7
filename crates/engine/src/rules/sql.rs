//! Statements on rules that need more than one table, or count.

use domain::ids::{AccountId, ChangeId, RuleId, TenantId};
use domain::reply_config::Part;
use domain::rules::{ReplyRule, Response};
use domain::time::Timestamp;
use sea_orm::FromQueryResult;

use crate::storage::statements;

/// A reply config with one of its rules, or with none.
#[derive(FromQueryResult)]
pub(super) struct ConfigRow {
    pub(super) tenant_id: TenantId,
    pub(super) revision: i64,
    pub(super) list_version: i64,
    pub(super) default_response: Response,
    pub(super) default_version: i64,
    #[sea_orm(nested)]
    pub(super) rule: Option<ReplyRule>,
}

/// The replies of one rule.
#[derive(FromQueryResult)]
pub(super) struct RuleCount {
    pub(super) id: RuleId,
    pub(super) in_7_days: i64,
    pub(super) in_30_days: i64,
    pub(super) last_at: Option<Timestamp>,
}

/// A change with both sides; no address for a command, and the key's name for a program.
#[derive(FromQueryResult)]
pub(super) struct ChangeRow {
    pub(super) id: ChangeId,
    pub(super) said_before: Part,
    pub(super) said_after: Part,
    pub(super) detail: String,
    pub(super) created_at: Timestamp,
    pub(super) email: Option<String>,
}

/// What a change replaced.
#[derive(FromQueryResult)]
pub(super) struct PastChange {
    pub(super) account_id: AccountId,
    pub(super) said_before: Part,
    pub(super) created_at: Timestamp,
}

statements! {
    /// One statement, so that versions and rules belong together without a transaction.
    pub(super) const CONFIG: &str =
        "SELECT c.tenant_id, c.revision, c.list_version, c.default_response, c.default_version,
            r.id, r.label, r.matcher, r.response, r.enabled, r.leave_to_person, r.version
        FROM reply_configs c LEFT JOIN rules r ON r.account_id = c.account_id AND r.deleted_at IS NULL
        WHERE c.account_id = $1 ORDER BY r.position";

    /// Account, 7 days ago, 30 days ago. Each subquery is a range of one partial index, which needs its literals.
    pub(super) const RULE_COUNTS: &str =
        "SELECT r.id,
            (SELECT COUNT(*) FROM messages m WHERE m.rule_id = r.id AND m.direction = 'inbound' AND m.outcome = 'sent'
                AND m.created_at >= $2) AS in_7_days,
            (SELECT COUNT(*) FROM messages m WHERE m.rule_id = r.id AND m.direction = 'inbound' AND m.outcome = 'sent'
                AND m.created_at >= $3) AS in_30_days,
            (SELECT MAX(m.created_at) FROM messages m WHERE m.rule_id = r.id AND m.direction = 'inbound'
                AND m.outcome = 'sent') AS last_at
        FROM rules r WHERE r.account_id = $1 AND r.deleted_at IS NULL";

    /// All replies to messages of an account since $2, and those of the default reply; direction and outcome follow.
    pub(super) const DEFAULT_SHARE: &str =
        "SELECT COUNT(*), COUNT(*) - COUNT(rule_id) FROM messages
        WHERE account_id = $1 AND direction = $3 AND created_at >= $2 AND outcome = $4";

    /// Every reply of a tenant, under the label of its rule.
    pub(super) const REPLIES_OF_TENANT: &str =
        "SELECT label, response FROM rules WHERE tenant_id = $1 AND deleted_at IS NULL
        UNION ALL SELECT NULL AS label, default_response AS response FROM reply_configs WHERE tenant_id = $1";

    /// Id, account, message, now, tenant, and how many there may be.
    pub(super) const ADD_EXAMPLE: &str =
        "INSERT INTO examples (id, tenant_id, account_id, message, created_at)
        SELECT $1, tenant_id, id, $3, $4 FROM accounts
        WHERE id = $2 AND tenant_id = $5 AND (SELECT COUNT(*) FROM examples e WHERE e.account_id = $2) < $6";

    /// Tenant, account, and how many: the newest first.
    pub(super) const LAST_CHANGES: &str =
        "SELECT c.id, c.said_before, c.said_after, l.detail, l.created_at,
            COALESCE(u.email, 'API key ' || k.name) AS email
        FROM reply_config_changes c JOIN audit_log l ON l.id = c.id LEFT JOIN users u ON u.id = l.user_id
            LEFT JOIN api_keys k ON k.id = l.api_key_id
        WHERE c.tenant_id = $1 AND c.account_id = $2 ORDER BY c.revision DESC LIMIT $3";

    /// Tenant, since when, and how many: the newest first.
    pub(super) const CHANGES_AFTER: &str =
        "SELECT c.account_id, c.said_before, l.created_at
        FROM audit_log l JOIN reply_config_changes c ON c.id = l.id
        WHERE l.tenant_id = $1 AND l.created_at > $2 ORDER BY l.created_at DESC, c.revision DESC LIMIT $3";

    /// Tenant, account, and the oldest change: none when that is not there.
    pub(super) const CHANGES_SINCE: &str =
        "SELECT c.id, c.said_before, c.said_after, l.detail, l.created_at,
            COALESCE(u.email, 'API key ' || k.name) AS email
        FROM reply_config_changes c JOIN audit_log l ON l.id = c.id LEFT JOIN users u ON u.id = l.user_id
            LEFT JOIN api_keys k ON k.id = l.api_key_id
        WHERE c.tenant_id = $1 AND c.account_id = $2 AND c.revision >= (SELECT t.revision FROM reply_config_changes t
            WHERE t.id = $3 AND t.account_id = $2) ORDER BY c.revision DESC";
}
