//! Everything that speaks HTTP: what a caller may cost, who asks, what a plain form gets back, the layers around every route, and the routes.

pub mod auth;
pub mod cookies;
pub mod edge;
pub mod forms;
pub mod layers;
pub(crate) mod plain_page;
pub mod router;
pub mod routes;
