//! Everything that speaks HTTP: who asks, what a plain form gets back, the layers around every route, and the routes.

pub mod auth;
pub mod forms;
pub mod layers;
pub mod router;
pub mod routes;
