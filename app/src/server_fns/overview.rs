//! The first page.

use domain::views::Overview;
use leptos::prelude::*;

use crate::error::AppError;

/// How everything stands.
#[server(prefix = "/api", endpoint = "overview/load")]
pub async fn load_overview() -> Result<Overview, AppError> {
    let viewer = crate::context::signed_in()?;
    let _ = viewer;
    Err(AppError::NotFound)
}
