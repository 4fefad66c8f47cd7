//! The chat page: an Instagram thread in the product's own clothes.

pub mod explain;

use axum::Router;

use crate::handle::SandboxHandle;

pub fn routes() -> Router<SandboxHandle> {
    Router::new()
}
