//! The engine's integration tests, one binary for all of them: `cargo test -p engine --test it admin::rules`.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails, in its helpers too")]

mod admin;
mod ai;
mod connect;
mod intents;
mod jobs;
mod outgoing_webhooks;
mod persona;
mod pipeline;
mod storage;
mod support;
mod world;
