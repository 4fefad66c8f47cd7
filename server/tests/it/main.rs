//! The server from the outside: the real router, the real configuration, the real binary.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

#[path = "../../../crates/engine/tests/support/mod.rs"]
mod shared;
mod support;

mod access;
mod ai_config;
mod ai_doctor;
mod api;
mod assets;
mod attacks;
mod backups;
mod chosen_rules;
mod commands;
mod compression;
mod config;
mod connect;
mod devices;
mod edge;
mod error_pages;
mod events;
mod flash;
mod following;
mod guide;
mod headers;
mod installing;
mod meta_callbacks;
mod nul;
mod origin;
mod persona_command;
mod rate;
mod readiness;
mod routes;
mod rules;
mod sessions;
mod status;
mod strangers;
mod telling;
mod tenants;
mod voice;
mod webhook;
mod webhooks;
