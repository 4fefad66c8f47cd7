//! Everything that speaks HTTP: the table of routes, the layers around it, and the answers.

pub mod access;
pub mod answer;
pub mod api;
pub mod assets;
pub mod body;
pub mod client_address;
pub mod connect;
pub mod duties;
pub mod events;
pub mod export;
pub mod failures;
pub mod flash;
pub mod gate;
pub mod headers;
pub mod health;
pub mod host;
pub mod origin;
pub mod pages;
pub mod panics;
pub mod people;
pub mod rate;
pub mod router;
pub mod routes;
pub mod sessions;
pub mod trace;
pub mod way_back;
