//! One POST to the webhook: the first try, then further ones in the background.

use std::sync::Arc;
use std::time::Instant;

use reqwest::header::CONTENT_TYPE;

use super::envelope;
use super::event::Event;
use super::log::{Attempt, DeliveryState};
use super::sign::{SignedRequest, sign};
use crate::state::App;

/// Signs the events as they would be sent now.
pub fn request(app: &App, events: &[Event]) -> SignedRequest {
    let (url, secret, now_ms) = {
        let world = app.world();
        (world.webhook_url.clone(), world.app_secret.clone(), world.now_ms())
    };
    let body = envelope::body(events, now_ms);
    let signature = sign(&secret, &body);
    SignedRequest { url, body, signature }
}

/// Returns after the first try; if it failed, the others follow by the retry policy.
pub async fn deliver(app: &Arc<App>, events: &[Event]) {
    let request = request(app, events);
    let id = app.change(|world| {
        if world.mode.manual {
            world.deliveries.open(events, DeliveryState::Handed);
            world.deliveries.manual.push(request.clone());
            return None;
        }
        world.deliveries.unfinished += 1;
        Some(world.deliveries.open(events, DeliveryState::Pending))
    });
    let Some(id) = id else { return };
    if attempt(app, id, &request).await {
        return;
    }
    if app.config.retry.delays.is_empty() {
        give_up(app, id);
        return;
    }
    let retrying = app.clone();
    app.tasks.spawn(async move {
        let stop = retrying.stop.clone();
        tokio::select! {
            () = stop.cancelled() => give_up(&retrying, id),
            () = again(&retrying, id, &request) => {}
        }
    });
}

async fn again(app: &Arc<App>, id: u64, request: &SignedRequest) {
    for delay in &app.config.retry.delays {
        tokio::time::sleep(*delay).await;
        if attempt(app, id, request).await {
            return;
        }
    }
    give_up(app, id);
}

/// One try; `true` when the webhook said 200.
async fn attempt(app: &App, id: u64, request: &SignedRequest) -> bool {
    let started = Instant::now();
    let sent = app
        .http
        .post(&request.url)
        .timeout(app.config.retry.timeout)
        .header(CONTENT_TYPE, "application/json")
        .header("X-Hub-Signature-256", &request.signature)
        .body(request.body.clone())
        .send()
        .await;
    let status = sent.ok().map(|response| response.status().as_u16());
    let took_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    let delivered = status == Some(200);
    app.change(|world| {
        let at_ms = world.now_ms();
        if delivered {
            world.counts.delivered += 1;
            world.deliveries.unfinished = world.deliveries.unfinished.saturating_sub(1);
        } else {
            world.counts.failed_attempts += 1;
        }
        if let Some(record) = world.deliveries.record(id) {
            record.attempts.push(Attempt { status, at_ms, took_ms });
            if delivered {
                record.state = DeliveryState::Delivered;
            }
        }
    });
    delivered
}

fn give_up(app: &App, id: u64) {
    app.change(|world| {
        world.counts.given_up += 1;
        world.deliveries.unfinished = world.deliveries.unfinished.saturating_sub(1);
        if let Some(record) = world.deliveries.record(id) {
            record.state = DeliveryState::GivenUp;
        }
    });
}
