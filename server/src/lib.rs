//! The `concierge` binary as a library: CLI, configuration, HTTP, webhook, start-up and shutdown.

pub mod api;
pub mod cli;
pub mod commands;
pub mod config;
pub mod data_lock;
pub mod failure;
pub mod http;
pub mod launch;
pub mod logging;
pub mod memory;
pub mod metrics;
pub mod shutdown;
pub mod site;
pub mod webhook;
