//! What is logged, and how.

use std::io::IsTerminal;

use super::reader::Reader;
use super::settings::{LOG, LOG_FORMAT};

/// The log.
#[derive(Debug, Clone)]
pub struct LogConfig {
    /// A level, or `target=level` pairs.
    pub filter: String,
    /// For people or for machines.
    pub format: LogFormat,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Pretty,
    /// One JSON object per line.
    Json,
}

impl LogConfig {
    pub(super) fn read(reader: &mut Reader) -> Self {
        let expected = "a level (error, warn, info, debug, trace) or target=level pairs";
        Self {
            filter: reader.parse(LOG, expected, filter, "info".into()),
            format: reader.parse(LOG_FORMAT, "pretty or json", format, LogFormat::Json),
        }
    }
}

fn filter(text: &str) -> Option<String> {
    let levels = ["off", "error", "warn", "info", "debug", "trace"];
    let known = |part: &str| {
        levels.contains(
            &part
                .rsplit('=')
                .next()
                .unwrap_or(part)
                .trim()
                .to_ascii_lowercase()
                .as_str(),
        )
    };
    text.split(',').all(known).then(|| text.to_owned())
}

fn format(text: &str) -> Option<LogFormat> {
    match text {
        "" if std::io::stderr().is_terminal() => Some(LogFormat::Pretty),
        "" | "json" => Some(LogFormat::Json),
        "pretty" => Some(LogFormat::Pretty),
        _ => None,
    }
}
