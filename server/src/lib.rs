//! The `concierge` binary as a library: CLI, configuration, HTTP, webhook, start-up and shutdown.

pub mod config;
