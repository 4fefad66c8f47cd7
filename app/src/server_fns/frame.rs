//! The data of the frame around every page.

use domain::views::{Names, Rail};
use leptos::prelude::*;

use crate::error::AppError;

/// Accounts and credits of the viewer's tenant.
#[server(prefix = "/api", endpoint = "frame/rail")]
pub async fn load_rail() -> Result<Rail, AppError> {
    let viewer = crate::context::signed_in()?;
    let engine = crate::context::engine()?;
    let pages =
        engine::overview::OverviewPages::for_tenant(engine.database(), engine.clock().clone(), viewer.tenant_id);
    Ok(pages.rail(viewer.tenant_name).await?)
}

/// Accounts and rules by their names.
#[server(prefix = "/api", endpoint = "frame/names")]
pub async fn load_names() -> Result<Names, AppError> {
    let viewer = crate::context::signed_in()?;
    Ok(super::rules::rules(&viewer)?.names().await?)
}
