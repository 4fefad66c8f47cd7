//! Prometheus metrics on a listener of their own, never on the public port. No label holds an id.

use std::net::SocketAddr;

use metrics::{Unit, counter, describe_counter, describe_gauge, describe_histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder};

use crate::failure::Failure;

/// Seconds from a DM to its reply: from 5 ms to ten minutes.
const REPLY_SECONDS: [f64; 16] = [
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0,
];

/// What becomes of a webhook delivery: the values of the label `result`.
pub const DELIVERY_RESULTS: [&str; 6] = [
    "accepted",
    "bad_signature",
    "too_large",
    "no_room",
    "unavailable",
    "broken",
];

/// Starts the listener.
///
/// # Errors
/// The address is taken.
pub fn listen(address: SocketAddr) -> Result<(), Failure> {
    let what = format!("metrics cannot listen on {address} (CONCIERGE_METRICS_LISTEN)");
    let built = PrometheusBuilder::new()
        .with_http_listener(address)
        .set_buckets_for_metric(Matcher::Full("concierge_reply_seconds".into()), &REPLY_SECONDS)
        .and_then(|builder| {
            builder.set_buckets_for_metric(
                Matcher::Full("concierge_outgoing_webhook_seconds".into()),
                &REPLY_SECONDS,
            )
        })
        .and_then(PrometheusBuilder::build);
    let (recorder, exporter) = built.map_err(|error| Failure::because(&what, &error))?;
    metrics::set_global_recorder(recorder).map_err(|_| Failure::Failed("metrics are running already".into()))?;
    tokio::spawn(async move {
        if exporter.await.is_err() {
            tracing::error!("the metrics listener stopped");
        }
    });
    describe();
    Ok(())
}

fn describe() {
    describe_counter!(
        "concierge_webhook_deliveries_total",
        "Webhook deliveries by what became of them"
    );
    describe_counter!(
        "concierge_connections_refused_total",
        "Connections that were closed at once: all places were taken by requests"
    );
    describe_counter!(
        "concierge_reply_faults_total",
        "Tries of a reply that stopped by an error or a panic of ours"
    );
    describe_counter!("concierge_events_total", "Webhook events by kind");
    describe_counter!(
        "concierge_replies_total",
        "Replies that came to an end, by outcome and reason"
    );
    describe_histogram!(
        "concierge_reply_seconds",
        Unit::Seconds,
        "From event received to reply sent"
    );
    describe_counter!(
        "concierge_outgoing_webhook_calls_total",
        "Calls of tenants' own receivers, by event and result"
    );
    describe_histogram!(
        "concierge_outgoing_webhook_seconds",
        Unit::Seconds,
        "How long such a call took"
    );
    describe_gauge!("concierge_queue_depth", "Replies that wait for a worker");
    describe_gauge!(
        "concierge_queue_oldest_seconds",
        Unit::Seconds,
        "Age of the oldest of them"
    );
    describe_counter!(
        "concierge_meta_requests_total",
        "Calls to the Graph API by edge and class of answer"
    );
    describe_gauge!(
        "concierge_meta_refuses_deployment",
        "1 while Meta refuses this deployment and all replies wait"
    );
    describe_gauge!(
        "concierge_meta_clock_difference_seconds",
        Unit::Seconds,
        "By how much this machine's clock is ahead of Meta's"
    );
    describe_counter!(
        "concierge_ai_requests_total",
        "Calls to the AI provider by kind and result"
    );
    describe_gauge!("concierge_accounts", "Accounts by status");
    for result in DELIVERY_RESULTS {
        counter!("concierge_webhook_deliveries_total", "result" => result).absolute(0);
    }
}
