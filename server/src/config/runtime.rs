//! How the process works: workers, limits of replies, metrics, retention, timings.

use std::net::SocketAddr;
use std::num::NonZeroUsize;

use domain::decide::ReplyLimits;
use engine::outgoing_webhooks::WebhookTargets;
use engine::pipeline::Timings;

use super::reader::Reader;
use super::settings::{
    METRICS_LISTEN, REPLIES_PER_10_MINUTES, REPLIES_PER_24_HOURS, RETENTION_DAYS, Setting, WEBHOOK_PRIVATE_TARGETS,
    WORKERS,
};
use super::yes_or_no;

/// The running process.
#[derive(Debug, Clone)]
pub struct RuntimeConfig {
    /// Replies in flight: each mostly waits for Meta.
    pub workers: NonZeroUsize,
    /// How many automatic replies one customer gets.
    pub limits: ReplyLimits,
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
            limits: limits(reader),
            metrics_listen: reader.parse(METRICS_LISTEN, expected, optional_address, None),
            retention_days: reader.parse(RETENTION_DAYS, "a whole number of days from 1", from_one, 400),
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

fn limits(reader: &mut Reader) -> ReplyLimits {
    let default = ReplyLimits::default();
    let expected = "a whole number of replies from 1";
    let mut limit = |setting: Setting, fallback| reader.parse(setting, expected, from_one, fallback);
    let limits = ReplyLimits {
        per_10_minutes: limit(REPLIES_PER_10_MINUTES, default.per_10_minutes),
        per_24_hours: limit(REPLIES_PER_24_HOURS, default.per_24_hours),
        ..default
    };
    if limits.per_24_hours < limits.per_10_minutes {
        let at_least = REPLIES_PER_10_MINUTES.variable();
        let ReplyLimits {
            per_10_minutes: least,
            per_24_hours: found,
            ..
        } = limits;
        reader.wrong(
            REPLIES_PER_24_HOURS,
            format!("must be at least {at_least}, which is {least}, not '{found}'"),
        );
    }
    limits
}

fn from_one(text: &str) -> Option<u32> {
    text.parse().ok().filter(|number| *number > 0)
}
