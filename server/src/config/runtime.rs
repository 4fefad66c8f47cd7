//! How the process works: workers, metrics, retention, timings.

use std::net::SocketAddr;
use std::num::NonZeroUsize;

use engine::outgoing_webhooks::WebhookTargets;
use engine::pipeline::Timings;

use super::reader::Reader;
use super::settings::{METRICS_LISTEN, RETENTION_DAYS, WEBHOOK_PRIVATE_TARGETS, WORKERS};
use super::yes_or_no;

/// The running process.
#[derive(Debug, Clone)]
pub struct RuntimeConfig {
    /// Replies in flight: each mostly waits for Meta.
    pub workers: NonZeroUsize,
    /// Where Prometheus reads; `None` is off.
    pub metrics_listen: Option<SocketAddr>,
    /// Days the message log is kept.
    pub retention_days: u32,
    /// Where outgoing webhooks may go.
    pub webhook_targets: WebhookTargets,
    /// Claim length, back-off, look-up delays, sweeper interval.
    pub timings: Timings,
}

impl RuntimeConfig {
    pub(super) fn read(reader: &mut Reader) -> Self {
        let expected = "an address and a port such as 127.0.0.1:9464, or empty for no metrics";
        Self {
            workers: reader.parse(
                WORKERS,
                "a whole number from 1",
                |text| text.parse().ok(),
                NonZeroUsize::MIN,
            ),
            metrics_listen: reader.parse(METRICS_LISTEN, expected, optional_address, None),
            retention_days: reader.parse(RETENTION_DAYS, "a whole number of days from 1", days, 400),
            webhook_targets: webhook_targets(reader),
            timings: reader.timings(),
        }
    }
}

fn webhook_targets(reader: &mut Reader) -> WebhookTargets {
    match reader.parse(WEBHOOK_PRIVATE_TARGETS, "true or false", yes_or_no, false) {
        true => WebhookTargets::Any,
        false => WebhookTargets::Public,
    }
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
