//! Reads about people: the viewer of a session, and what a session is checked against.

use domain::ids::UserId;
use domain::roles::Role;
use domain::views::{SettingsPage, Viewer};

use super::sign_in::AuthenticatedUser;
use super::sql::{VIEWER, ViewerRow};
use super::{store, tenant_time};
use crate::storage::{Database, StorageError, sql};

/// The person in the first tenant they belong to; none when they or their membership are gone.
pub async fn viewer(database: &Database, user: UserId) -> Result<Option<Viewer>, StorageError> {
    let Some(row) = row(database, user).await? else {
        return Ok(None);
    };
    Ok(Some(Viewer {
        user_id: user,
        email: row.email,
        tenant_id: row.tenant_id,
        tenant_name: row.name,
        time_zone: row.time_zone,
        role: row.role,
        is_operator: row.is_operator,
    }))
}

/// What a session is checked against at every request; none when the person is gone.
pub async fn authenticated_user(database: &Database, user: UserId) -> Result<Option<AuthenticatedUser>, StorageError> {
    let hash = store::password_hash(database.reader(), user).await?;
    Ok(hash.map(|hash| AuthenticatedUser::new(user, &hash)))
}

/// What the settings page shows; none when the person is gone.
pub async fn settings_page(database: &Database, user: UserId) -> Result<Option<SettingsPage>, StorageError> {
    let Some(row) = row(database, user).await? else {
        return Ok(None);
    };
    let role = match row.role {
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
        api_keys: Vec::new(),
    }))
}

async fn row(database: &Database, user: UserId) -> Result<Option<ViewerRow>, StorageError> {
    sql::optional(database.reader(), VIEWER, [user.into()]).await
}
