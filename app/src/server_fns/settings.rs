//! The tenant's settings, its keys for programs, and the person's password.

use domain::views::SettingsPage;
use leptos::prelude::*;

use crate::error::AppError;

/// What can be set.
#[server(prefix = "/api", endpoint = "settings/load")]
pub async fn load_settings() -> Result<SettingsPage, AppError> {
    let viewer = crate::context::signed_in()?;
    let engine = crate::context::engine()?;
    let page = engine::identity::settings_page(engine.database(), viewer.user_id)
        .await?
        .ok_or(AppError::NotFound)?;
    if !viewer.role.can_manage() {
        return Ok(page);
    }
    Ok(SettingsPage {
        api_keys: api_keys(&viewer)?.list().await?,
        ..page
    })
}

fn api_keys(viewer: &domain::views::Viewer) -> Result<engine::api_keys::ApiKeys, AppError> {
    let engine = crate::context::engine()?;
    Ok(engine::api_keys::ApiKeys::for_tenant(
        engine.database(),
        engine.clock().clone(),
        viewer.tenant_id,
    ))
}

/// What a form says about a new key: a ticked box for each scope.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct ApiKeyForm {
    /// What uses it.
    pub name: String,
    /// In how many days it ends; never when empty.
    pub days: String,
    /// A ticked box.
    pub read: String,
    /// A ticked box.
    pub write_rules: String,
    /// A ticked box.
    pub switch: String,
    /// A ticked box.
    pub credits: String,
}

impl ApiKeyForm {
    fn draft(self) -> Result<domain::api_keys::ApiKeyDraft, AppError> {
        use domain::api_keys::{ApiKeyDraft, Scope, Scopes};

        let boxes = [
            (Scope::Read, &self.read),
            (Scope::WriteRules, &self.write_rules),
            (Scope::Switch, &self.switch),
            (Scope::Credits, &self.credits),
        ];
        let ticked = boxes.iter().filter(|(_, ticked)| !ticked.is_empty());
        Ok(ApiKeyDraft {
            scopes: Scopes::of(ticked.map(|(scope, _)| *scope)),
            days: super::optional_number("days", &self.days)?,
            name: self.name,
        })
    }
}

/// Makes a key; answers with it, once. The server answers a plain form with a page that shows it: nothing stores it for a next page.
#[server(prefix = "/api", endpoint = "settings/create-api-key")]
pub async fn create_api_key(#[server(flatten)] key: ApiKeyForm) -> Result<String, AppError> {
    let viewer = crate::context::manager()?;
    let made = api_keys(&viewer)?.create(&key.draft()?, (&viewer).into()).await?;
    Ok(made.secret.expose().to_owned())
}

/// Ends a key at once.
#[server(prefix = "/api", endpoint = "settings/revoke-api-key")]
pub async fn revoke_api_key(#[server(default)] key: String) -> Result<(), AppError> {
    let viewer = crate::context::manager()?;
    let key = key.parse().map_err(|_| AppError::NotFound)?;
    let name = api_keys(&viewer)?.revoke(key, (&viewer).into()).await?;
    crate::flash::notify(format!("{name} is revoked."));
    leptos_axum::redirect("/admin/settings#api-keys");
    Ok(())
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
