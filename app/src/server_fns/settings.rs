//! The tenant's settings and the person's password.

use domain::views::SettingsPage;
use leptos::prelude::*;

use crate::error::AppError;

/// What can be set.
#[server(prefix = "/api", endpoint = "settings/load")]
pub async fn load_settings() -> Result<SettingsPage, AppError> {
    let viewer = crate::context::signed_in()?;
    let engine = crate::context::engine()?;
    engine::identity::settings_page(engine.database(), viewer.user_id)
        .await?
        .ok_or(AppError::NotFound)
}

/// Name and time zone of the tenant.
#[server(prefix = "/api", endpoint = "settings/tenant")]
pub async fn save_tenant(
    #[server(default)] tenant_name: String,
    #[server(default)] time_zone: String,
) -> Result<(), AppError> {
    let viewer = crate::context::manager()?;
    let engine = crate::context::engine()?;
    let tenants = engine::identity::Tenants::new(engine.database(), engine.clock().clone());
    tenants
        .change(viewer.tenant_id, &tenant_name, &time_zone, (&viewer).into())
        .await?;
    crate::flash::notify("The workspace is saved.");
    Ok(())
}

/// The line that says that replies are automated; empty for none.
#[server(prefix = "/api", endpoint = "settings/disclosure")]
pub async fn save_disclosure(#[server(default)] disclosure: String) -> Result<(), AppError> {
    let viewer = crate::context::manager()?;
    let engine = crate::context::engine()?;
    let tenants = engine::identity::Tenants::new(engine.database(), engine.clock().clone());
    tenants
        .set_disclosure(viewer.tenant_id, &disclosure, (&viewer).into())
        .await?;
    crate::flash::notify("The line is saved.");
    Ok(())
}

/// A new password; every other session of the person ends.
#[server(prefix = "/api", endpoint = "settings/password")]
pub async fn change_password(
    #[server(default)] current: String,
    #[server(default)] new: String,
) -> Result<(), AppError> {
    let viewer = crate::context::signed_in()?;
    crate::context::auth()?.change_password(&viewer, current, new).await?;
    crate::flash::notify("The new password is set. Other devices are signed out.");
    Ok(())
}
