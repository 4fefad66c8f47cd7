//! What people and their tenants need beyond one table.

use domain::ids::TenantId;
use domain::roles::Role;
use domain::time::Timestamp;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::storage::{Connection, StorageError, sql, statements};

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

/// Who last changed a thing.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct LastChange {
    /// The person's e-mail address, or the name of the program's key; none for a command.
    #[sea_orm(from_alias = "email")]
    pub by: Option<String>,
    /// The change as a sentence.
    #[sea_orm(from_alias = "detail")]
    pub what: String,
    /// When.
    #[sea_orm(from_alias = "created_at")]
    pub at: Timestamp,
}

statements! {
    /// The person in the first tenant they belong to.
    pub(super) const VIEWER: &str =
        "SELECT u.email, u.is_operator, t.id AS tenant_id, t.slug, t.name, t.time_zone, t.disclosure, m.role
        FROM users u JOIN memberships m ON m.user_id = u.id JOIN tenants t ON t.id = m.tenant_id
        WHERE u.id = $1 ORDER BY m.created_at, t.id LIMIT 1";

    /// A person's id with each of their tenants.
    pub(super) const MEMBERSHIPS: &str =
        "SELECT u.id, m.tenant_id FROM users u JOIN memberships m ON m.user_id = u.id WHERE u.email = $1";

    /// Tenant, subject, and a list of actions.
    pub(super) const LAST_CHANGE: &str =
        "SELECT COALESCE(u.email, 'API key ' || k.name) AS email, l.detail, l.created_at
        FROM audit_log l LEFT JOIN users u ON u.id = l.user_id LEFT JOIN api_keys k ON k.id = l.api_key_id
        WHERE l.tenant_id = $1 AND l.subject_id = $2 AND l.action IN ({list})
        ORDER BY l.created_at DESC, l.id DESC LIMIT 1";

    /// The tenant's row, locked: owners who add something of which a tenant may have so many wait for each other.
    pub(super) const LOCK_TENANT: &str = "SELECT id FROM tenants WHERE id = $1 {lock:FOR NO KEY UPDATE}";

    /// Id, data, expiry, and the longest life in milliseconds.
    pub(super) const SAVE_SESSION: &str =
        "UPDATE sessions SET data = $2,
            expires_at = CASE WHEN created_at + $4 < $3 THEN created_at + $4 ELSE $3 END WHERE id_hash = $1";

    /// Key, now, and since when attempts count. Counts and reads in one statement, so that attempts at once all count.
    pub(super) const COUNT_ATTEMPT: &str =
        "INSERT INTO sign_in_throttle (key, failures, blocked_until, last_at) VALUES ($1, 1, 0, $2)
        ON CONFLICT (key) DO UPDATE SET
            failures = CASE WHEN sign_in_throttle.last_at < $3 THEN 1 ELSE sign_in_throttle.failures + 1 END,
            last_at = excluded.last_at
        WHERE sign_in_throttle.blocked_until <= $2
        RETURNING failures";
}

/// Holds the tenant's row until the end of the transaction.
pub(crate) async fn lock_tenant<C: Connection>(tx: &C, tenant: TenantId) -> Result<(), StorageError> {
    sql::value::<TenantId, _>(tx, LOCK_TENANT, [tenant.into()])
        .await
        .map(drop)
}

/// The newest change of `subject` whose action is one of `actions`.
pub(crate) async fn last_change<C: Connection>(
    connection: &C,
    tenant: TenantId,
    subject: Uuid,
    actions: &[&str],
) -> Result<Option<LastChange>, StorageError> {
    let (text, values) = sql::with_list(LAST_CHANGE, [tenant.into(), subject.into()], actions.iter().copied());
    sql::optional(connection, text, values).await
}
