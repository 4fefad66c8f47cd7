//! The log: on standard error, for people or machines, and never with content.

use std::io::IsTerminal;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, fmt};

use crate::config::{LogConfig, LogFormat};

/// These write bodies, headers or statements below this level, whatever the settings ask for.
const NEVER_BELOW_INFO: [&str; 9] = [
    "h2",
    "hyper",
    "hyper_util",
    "reqwest",
    "rustls",
    "sea_orm",
    "sqlx",
    "tower_sessions",
    "tungstenite",
];
/// These chat about every start.
const NEVER_BELOW_WARN: [&str; 4] = ["apalis", "apalis_core", "apalis_sqlite", "sea_orm_migration"];

/// It writes whole answers at error level. Whatever it has to say, `engine::ai` says.
const NEVER: &str = "async_openai";

/// Starts the log of a server.
pub fn start(config: &LogConfig) {
    let registry = tracing_subscriber::registry()
        .with(caps())
        .with(EnvFilter::new(&config.filter));
    let lines = fmt::layer().with_writer(std::io::stderr);
    let started = match config.format {
        LogFormat::Pretty => registry
            .with(lines.with_ansi(std::io::stderr().is_terminal()).with_target(false))
            .try_init(),
        LogFormat::Json => registry.with(lines.json().flatten_event(true)).try_init(),
    };
    // Tests start several servers in one process; the first log is as good as any.
    drop(started);
}

/// Starts the log of a command: only what went wrong.
pub fn start_quietly() {
    let lines = fmt::layer().with_writer(std::io::stderr).with_target(false);
    drop(
        tracing_subscriber::registry()
            .with(caps())
            .with(LevelFilter::WARN)
            .with(lines)
            .try_init(),
    );
}

fn caps() -> Targets {
    let info = NEVER_BELOW_INFO.map(|target| (target, LevelFilter::INFO));
    let warn = NEVER_BELOW_WARN.map(|target| (target, LevelFilter::WARN));
    Targets::new()
        .with_default(LevelFilter::TRACE)
        .with_targets(info)
        .with_targets(warn)
        .with_target(NEVER, LevelFilter::OFF)
}

#[cfg(test)]
#[path = "logging_tests.rs"]
mod tests;
