//! The texts that steer the AI: personas and prompts for the pages, and the workers that check them.

use std::time::Duration;

use domain::ids::TenantId;
use tokio_util::sync::CancellationToken;

use super::Engine;
use crate::jobs::{WorkerSettings, run_workers};
use crate::persona::{Personas, PromptChecks};
use crate::safety::{CheckText, SafetyChecks};
use crate::storage::StorageError;

/// How often due checks are looked for: an owner waits for the first one.
const TICK: Duration = Duration::from_secs(1);
/// Ticks between two reviews of all texts: ten minutes.
const REVIEW_EVERY: u64 = 600;
/// Texts that are judged at a time in one process.
const AT_ONCE: usize = 2;

impl Engine {
    /// The persona of a tenant.
    #[must_use]
    pub fn personas(&self, tenant: TenantId) -> Personas {
        Personas::for_tenant(self.database(), self.clock.clone(), tenant, self.ai().is_some())
    }

    /// The checks of a tenant's AI prompts.
    #[must_use]
    pub fn prompt_checks(&self, tenant: TenantId) -> PromptChecks {
        PromptChecks::for_tenant(self.database(), self.clock.clone(), tenant, self.ai().is_some())
    }

    /// What checks texts; none where AI is off.
    #[must_use]
    pub fn safety(&self) -> Option<&SafetyChecks> {
        self.safety.as_ref()
    }

    pub(super) async fn run_safety_workers(&self, shutdown: CancellationToken) {
        let Some(checks) = self.safety.clone() else { return };
        let settings = WorkerSettings {
            concurrency: AT_ONCE,
            batch_size: AT_ONCE,
            name_prefix: format!("safety-{}", self.process),
            ..WorkerSettings::default()
        };
        let (database, wake) = (self.database().clone(), self.wake.clone());
        let workers = run_workers::<CheckText>(database, settings, checks.clone(), wake, shutdown.clone());
        tokio::join!(workers, schedule(checks, shutdown));
    }
}

async fn schedule(checks: SafetyChecks, shutdown: CancellationToken) {
    let mut ticks: u64 = 0;
    let mut started = false;
    while !shutdown.is_cancelled() {
        match tick(&checks, started, ticks).await {
            Ok(()) => started = true,
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "the checks of texts could not be looked after");
            }
        }
        ticks += 1;
        shutdown.run_until_cancelled(tokio::time::sleep(TICK)).await;
    }
}

async fn tick(checks: &SafetyChecks, started: bool, ticks: u64) -> Result<(), StorageError> {
    if !started {
        checks.start().await?;
    } else if ticks.is_multiple_of(REVIEW_EVERY) {
        checks.review().await?;
    }
    checks.enqueue_due().await
}
