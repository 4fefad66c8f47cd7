//! Reads about people: the viewer of a session, and what a session is checked against.

use domain::ids::{TenantId, UserId};
use domain::roles::Role;
use domain::views::{SettingsPage, Viewer};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::sign_in::AuthenticatedUser;
use super::tenant_time;
use crate::storage::{Database, StorageError, sql};

#[derive(FromQueryResult)]
struct ViewerRow {
    email: String,
    is_operator: bool,
    tenant_id: Uuid,
    slug: String,
    name: String,
    time_zone: String,
    disclosure: Option<String>,
    role: String,
}

#[derive(FromQueryResult)]
struct HashRow {
    password_hash: String,
}

#[derive(FromQueryResult)]
struct OneRow {
    #[expect(dead_code, reason = "only whether there is a row matters")]
    one: i64,
}

/// The person in the first tenant they belong to; none when they or their membership are gone.
///
/// # Errors
/// What the database answers.
pub async fn viewer(database: &Database, user: UserId) -> Result<Option<Viewer>, StorageError> {
    let Some(row) = row(database.reader(), user).await? else {
        return Ok(None);
    };
    Ok(Some(Viewer {
        user_id: user,
        email: row.email,
        tenant_id: TenantId::from_uuid(row.tenant_id),
        tenant_name: row.name,
        time_zone: row.time_zone,
        role: role(&row.role)?,
        is_operator: row.is_operator,
    }))
}

/// What a session is checked against at every request; none when the person is gone.
///
/// # Errors
/// What the database answers.
pub async fn authenticated_user(database: &Database, user: UserId) -> Result<Option<AuthenticatedUser>, StorageError> {
    let hash = password_hash(database.reader(), user).await?;
    Ok(hash.map(|hash| AuthenticatedUser::new(user, &hash)))
}

/// What the settings page shows; none when the person is gone.
///
/// # Errors
/// What the database answers.
pub async fn settings_page(database: &Database, user: UserId) -> Result<Option<SettingsPage>, StorageError> {
    let Some(row) = row(database.reader(), user).await? else {
        return Ok(None);
    };
    let role = match role(&row.role)? {
        Role::Owner => "Owner",
        Role::Editor => "Editor",
        Role::Viewer => "Viewer",
    };
    Ok(Some(SettingsPage {
        tenant_name: row.name,
        slug: row.slug,
        time_zone: row.time_zone,
        time_zones: tenant_time::time_zone_names(),
        disclosure: row.disclosure.unwrap_or_default(),
        email: row.email,
        role: role.into(),
    }))
}

pub(super) async fn password_hash<C: ConnectionTrait>(
    connection: &C,
    user: UserId,
) -> Result<Option<String>, StorageError> {
    let text = "SELECT password_hash FROM users WHERE id = $1";
    let row = sql::optional::<HashRow, C>(connection, text, [user.as_uuid().into()]).await?;
    Ok(row.map(|row| row.password_hash))
}

pub(super) async fn users_exist<C: ConnectionTrait>(connection: &C) -> Result<bool, StorageError> {
    let text = "SELECT CAST(1 AS BIGINT) AS one FROM users LIMIT 1";
    Ok(sql::optional::<OneRow, C>(connection, text, []).await?.is_some())
}

async fn row<C: ConnectionTrait>(connection: &C, user: UserId) -> Result<Option<ViewerRow>, StorageError> {
    let text = "SELECT u.email AS email, u.is_operator AS is_operator, t.id AS tenant_id, t.slug AS slug,
            t.name AS name, t.time_zone AS time_zone,
            t.disclosure AS disclosure, m.role AS role
        FROM users u JOIN memberships m ON m.user_id = u.id JOIN tenants t ON t.id = m.tenant_id
        WHERE u.id = $1 ORDER BY m.created_at, t.id LIMIT 1";
    sql::optional(connection, text, [user.as_uuid().into()]).await
}

fn role(name: &str) -> Result<Role, StorageError> {
    name.parse().map_err(|_| StorageError::Corrupt("role"))
}
