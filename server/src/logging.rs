//! The log: on standard error, for people or machines, and never with content.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::format::FmtSpan;

use crate::config::{LogConfig, LogFormat};

/// These write bodies, headers or statements below this level, whatever the settings ask for.
const QUIET: [&str; 10] = [
    "h2=info",
    "hyper=info",
    "hyper_util=info",
    "reqwest=info",
    "rustls=info",
    "sea_orm=info",
    "sqlx=info",
    "sqlx_core=info",
    "tower_sessions=info",
    "tungstenite=info",
];

/// Starts the log of a server.
pub fn start(config: &LogConfig) {
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter(&config.filter))
        .with_writer(std::io::stderr);
    let started = match config.format {
        LogFormat::Pretty => lines
            .with_ansi(std::io::stderr().is_terminal())
            .with_target(false)
            .try_init(),
        LogFormat::Json => lines
            .json()
            .flatten_event(true)
            .with_span_events(FmtSpan::NONE)
            .try_init(),
    };
    // Tests start several servers in one process; the first log is as good as any.
    drop(started);
}

/// Starts the log of a command: only what went wrong.
pub fn start_quietly() {
    let lines = tracing_subscriber::fmt()
        .with_max_level(LevelFilter::WARN)
        .with_writer(std::io::stderr);
    drop(lines.with_target(false).try_init());
}

fn filter(wanted: &str) -> EnvFilter {
    let quiet = QUIET.iter().filter_map(|directive| directive.parse().ok());
    quiet.fold(EnvFilter::new(wanted), EnvFilter::add_directive)
}
