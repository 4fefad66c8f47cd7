//! What people and their tenants need beyond one table.

use domain::ids::TenantId;
use domain::roles::Role;
use domain::time::Timestamp;
use sea_orm::FromQueryResult;

use crate::storage::statements;

/// A person in a tenant.
#[derive(FromQueryResult)]
pub(super) struct ViewerRow {
    pub(super) email: String,
    pub(super) is_operator: bool,
    pub(super) tenant_id: TenantId,
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) time_zone: String,
    pub(super) disclosure: Option<String>,
    pub(super) role: Role,
}

/// The newest change of a thing; no address for a command.
#[derive(FromQueryResult)]
pub(super) struct LastChangeRow {
    pub(super) email: Option<String>,
    pub(super) detail: String,
    pub(super) created_at: Timestamp,
}

statements! {
    /// The person in the first tenant they belong to.
    pub(super) const VIEWER: &str =
        "SELECT u.email, u.is_operator, t.id AS tenant_id, t.slug, t.name, t.time_zone, t.disclosure, m.role
        FROM users u JOIN memberships m ON m.user_id = u.id JOIN tenants t ON t.id = m.tenant_id
        WHERE u.id = $1 ORDER BY m.created_at, t.id LIMIT 1";

    /// Tenant, subject, and a list of actions.
    pub(super) const LAST_CHANGE: &str =
        "SELECT u.email, l.detail, l.created_at FROM audit_log l LEFT JOIN users u ON u.id = l.user_id
        WHERE l.tenant_id = $1 AND l.subject_id = $2 AND l.action IN ({list})
        ORDER BY l.created_at DESC, l.id DESC LIMIT 1";

    /// Key, now, and since when attempts count. Counts and reads in one statement, so that attempts at once all count.
    pub(super) const COUNT_ATTEMPT: &str =
        "INSERT INTO sign_in_throttle (key, failures, blocked_until, last_at) VALUES ($1, 1, 0, $2)
        ON CONFLICT (key) DO UPDATE SET
            failures = CASE WHEN sign_in_throttle.last_at < $3 THEN 1 ELSE sign_in_throttle.failures + 1 END,
            last_at = excluded.last_at
        WHERE sign_in_throttle.blocked_until <= $2
        RETURNING failures";
}
