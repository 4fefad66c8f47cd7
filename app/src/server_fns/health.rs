//! The state of all connections.

use domain::views::HealthPage;
use leptos::prelude::*;

use crate::error::AppError;

/// Every connection with its problems.
#[server(prefix = "/api", endpoint = "health/load")]
pub async fn load_health() -> Result<HealthPage, AppError> {
    let viewer = crate::context::signed_in()?;
    let engine = crate::context::engine()?;
    let pages = engine::health::HealthPages::for_tenant(
        engine.database(),
        engine.clock().clone(),
        engine.connections(),
        viewer.tenant_id,
    );
    let judge = engine.safety().map(engine::safety::SafetyChecks::judge);
    Ok(pages.judged_by(judge).understood_by(engine.intents()).page().await?)
}

/// Checks all connections of the tenant; the workers do it, one after the other.
#[server(prefix = "/api", endpoint = "health/check")]
pub async fn check_all_accounts() -> Result<(), AppError> {
    let viewer = crate::context::editor()?;
    let engine = crate::context::engine()?;
    engine.connections().check_tenant(viewer.tenant_id).await?;
    crate::flash::notify("All accounts are being checked.");
    Ok(())
}
