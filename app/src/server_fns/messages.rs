//! The message log.

use domain::views::MessagesPage;
use leptos::prelude::*;

use crate::error::AppError;
use crate::queries::MessageQuery;

/// One page of the log.
#[server(prefix = "/api", endpoint = "messages/load")]
pub async fn load_messages(query: MessageQuery) -> Result<MessagesPage, AppError> {
    let viewer = crate::context::signed_in()?;
    let engine = crate::context::engine()?;
    let messages = engine::messages::Messages::for_tenant(engine.database(), engine.clock().clone(), viewer.tenant_id);
    let filter = query.filter();
    Ok(messages.page(&filter, &super::cursor(query.older, query.newer)).await?)
}
