//! The server from the outside: the real router, the real configuration, the real binary.

#[path = "../../../crates/engine/tests/support/mod.rs"]
mod databases;
mod support;

mod access;
mod assets;
mod commands;
mod config;
mod events;
mod failures;
mod flash;
mod headers;
mod origin;
mod rate;
mod readiness;
mod routes;
mod sessions;
mod status;
mod webhook;
