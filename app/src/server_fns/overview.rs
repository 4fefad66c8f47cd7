//! The first page.

use domain::views::Overview;
use leptos::prelude::*;

use crate::error::AppError;

/// The state of the whole tenant.
#[server(prefix = "/api", endpoint = "overview/load")]
pub async fn load_overview() -> Result<Overview, AppError> {
    let viewer = crate::context::signed_in()?;
    let engine = crate::context::engine()?;
    let pages =
        engine::overview::OverviewPages::for_tenant(engine.database(), engine.clock().clone(), viewer.tenant_id);
    let pages = pages.seen_by(viewer.role).understood_by(engine.intents());
    Ok(pages.page().await?)
}
