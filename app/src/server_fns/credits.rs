//! Balance, use and ledger.

use domain::views::{CreditsPage, LedgerSelection};
use leptos::prelude::*;

use crate::error::AppError;
use crate::queries::LedgerQuery;

/// The credits of the viewer's tenant.
#[server(prefix = "/api", endpoint = "credits/load")]
pub async fn load_credits(query: LedgerQuery) -> Result<CreditsPage, AppError> {
    let viewer = crate::context::signed_in()?;
    let engine = crate::context::engine()?;
    let credits = engine::overview::Credits::for_tenant(engine.database(), engine.clock().clone(), viewer.tenant_id);
    let filter = LedgerSelection {
        kind: query.show.parse().unwrap_or_default(),
        from: query.from,
        to: query.to,
    };
    Ok(credits.page(filter, &super::cursor(query.older, query.newer)).await?)
}
