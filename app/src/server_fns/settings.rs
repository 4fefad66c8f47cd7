//! The tenant's settings and the person's password.

use domain::views::SettingsPage;
use leptos::prelude::*;

use crate::error::AppError;

/// What can be set.
#[server(prefix = "/api", endpoint = "settings/load")]
pub async fn load_settings() -> Result<SettingsPage, AppError> {
    let viewer = crate::context::signed_in()?;
    let _ = viewer;
    Err(AppError::NotFound)
}

/// Name and time zone of the tenant.
#[server(prefix = "/api", endpoint = "settings/tenant")]
pub async fn save_tenant(name: String, time_zone: String) -> Result<(), AppError> {
    let viewer = crate::context::manager()?;
    let _ = (viewer, name, time_zone);
    Err(AppError::NotFound)
}

/// A new password; every other session of the person ends.
#[server(prefix = "/api", endpoint = "settings/password")]
pub async fn change_password(current: String, new: String) -> Result<(), AppError> {
    let viewer = crate::context::signed_in()?;
    let (gate, parts) = crate::context::gate()?;
    gate.change_password(&parts, viewer, current, new).await?;
    crate::flash::notify("The new password is set. Other devices are signed out.");
    Ok(())
}
