//! The workers that send outgoing webhooks.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::Engine;
use crate::jobs::{WorkerSettings, run_workers};
use crate::outgoing_webhooks::{DeliverWebhooks, OutgoingWebhooks};
use crate::storage::StorageError;

/// How often due endpoints are looked for.
const TICK: Duration = Duration::from_secs(1);
/// Endpoints in work at a time in one process; they mostly wait.
const AT_ONCE: usize = 32;

impl Engine {
    pub(super) async fn run_webhook_workers(&self, shutdown: CancellationToken) {
        let settings = WorkerSettings {
            concurrency: AT_ONCE,
            batch_size: AT_ONCE,
            name_prefix: format!("webhooks-{}", self.process),
            ..WorkerSettings::default()
        };
        let (database, wake) = (self.database().clone(), self.wake.clone());
        let webhooks = self.outgoing_webhooks().clone();
        let workers = run_workers::<DeliverWebhooks>(database, settings, webhooks.clone(), wake, shutdown.clone());
        tokio::join!(workers, schedule(webhooks, shutdown));
    }
}

async fn schedule(webhooks: OutgoingWebhooks, shutdown: CancellationToken) {
    let mut started = false;
    while !shutdown.is_cancelled() {
        match tick(&webhooks, started).await {
            Ok(()) => started = true,
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "outgoing webhooks could not be looked after");
            }
        }
        shutdown.run_until_cancelled(tokio::time::sleep(TICK)).await;
    }
}

async fn tick(webhooks: &OutgoingWebhooks, started: bool) -> Result<(), StorageError> {
    if !started {
        webhooks.start().await?;
    }
    webhooks.enqueue_due().await
}
