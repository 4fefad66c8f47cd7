//! How the process works: workers, metrics, retention, timings.

use std::net::SocketAddr;
use std::num::NonZeroUsize;

use engine::pipeline::Timings;

use super::reader::Reader;
use super::settings::{METRICS_LISTEN, RETENTION_DAYS, WORKERS};

/// The running process.
#[derive(Debug, Clone)]
pub struct RuntimeConfig {
    /// Replies in flight.
    pub workers: NonZeroUsize,
    /// Where Prometheus reads; `None` is off.
    pub metrics_listen: Option<SocketAddr>,
    /// Days the message log is kept.
    pub retention_days: u32,
    /// Claim length, back-off, look-up delays, sweeper interval.
    pub timings: Timings,
}

impl RuntimeConfig {
    pub(super) fn read(reader: &mut Reader) -> Self {
        let expected = "an address and a port such as 127.0.0.1:9464, or empty for no metrics";
        Self {
            workers: reader.parse(WORKERS, "a whole number from 1", workers, NonZeroUsize::MIN),
            metrics_listen: reader.parse(METRICS_LISTEN, expected, optional_address, None),
            retention_days: reader.parse(RETENTION_DAYS, "a whole number of days from 1", days, 400),
            timings: reader.timings(),
        }
    }
}

fn workers(text: &str) -> Option<NonZeroUsize> {
    if text.is_empty() {
        let cores = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        return cores.checked_mul(NonZeroUsize::new(4)?);
    }
    text.parse().ok()
}

fn optional_address(text: &str) -> Option<Option<SocketAddr>> {
    if text.is_empty() {
        Some(None)
    } else {
        text.parse().ok().map(Some)
    }
}

fn days(text: &str) -> Option<u32> {
    text.parse().ok().filter(|days| *days > 0)
}
