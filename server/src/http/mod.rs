//! Everything that speaks HTTP: the table of routes, the layers around it, and the answers.

pub mod answer;
pub mod api;
pub mod client_address;
pub mod failures;
pub mod flash;
pub mod headers;
pub mod host;
pub mod origin;
pub mod panics;
pub mod rate;
pub mod routes;
pub mod trace;
pub mod way_back;
