//! What a process does until it is told to stop.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::Engine;
use super::housekeeping::run_housekeeping;
use crate::connect::daily_checks::{AT_ONCE, CheckConnection, ConnectionChecker};
use crate::intents::EmbedIntents;
use crate::jobs::{SendReply, WorkerSettings, run_workers};

/// How often due checks of connections are looked for.
const CHECK_TICK: Duration = Duration::from_secs(60);
/// Accounts whose rules are embedded at the same time: it takes a processor, or a call to a provider.
const EMBED_AT_ONCE: usize = 2;

/// Which part of the work a process takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Works on replies.
    Worker,
    /// Only receives; workers run elsewhere.
    ReceiveOnly,
}

impl Engine {
    /// Runs until `shutdown`; returns when the jobs in hand are finished.
    pub async fn run(&self, role: Role, shutdown: CancellationToken) {
        let relay = self.wake.relay(self.database().clone(), shutdown.clone());
        let housekeeping = run_housekeeping(self, shutdown.clone());
        match role {
            Role::ReceiveOnly => {
                tokio::join!(relay, housekeeping);
            }
            Role::Worker => {
                let sweeper = self.pipeline().sweep_until(shutdown.clone());
                let replies = self.run_reply_workers(shutdown.clone());
                let checks = self.run_check_workers(shutdown.clone());
                let texts = self.run_safety_workers(shutdown.clone());
                let intents = self.run_intent_workers(shutdown.clone());
                let webhooks = self.run_webhook_workers(shutdown.clone());
                tokio::join!(relay, housekeeping, sweeper, replies, checks, texts, intents, webhooks);
            }
        }
    }

    async fn run_reply_workers(&self, shutdown: CancellationToken) {
        let settings = WorkerSettings {
            name_prefix: self.process.clone(),
            ..WorkerSettings::default()
        };
        let finish_within = settings.finish_within;
        let (database, wake) = (self.database().clone(), self.wake.clone());
        let jobs = run_workers::<SendReply>(database, settings, self.pipeline().clone(), wake, shutdown.clone());
        tokio::join!(jobs, self.pipeline().dispatch(shutdown, finish_within));
    }

    async fn run_intent_workers(&self, shutdown: CancellationToken) {
        let settings = WorkerSettings {
            concurrency: EMBED_AT_ONCE,
            batch_size: EMBED_AT_ONCE,
            name_prefix: format!("intents-{}", self.process),
            ..WorkerSettings::default()
        };
        let (database, wake) = (self.database().clone(), self.wake.clone());
        run_workers::<EmbedIntents>(database, settings, self.intents().clone(), wake, shutdown).await;
    }

    async fn run_check_workers(&self, shutdown: CancellationToken) {
        let settings = WorkerSettings {
            concurrency: AT_ONCE,
            batch_size: AT_ONCE,
            name_prefix: format!("checks-{}", self.process),
            ..WorkerSettings::default()
        };
        let checker = ConnectionChecker::new(self.connections().clone());
        let (database, wake) = (self.database().clone(), self.wake.clone());
        let workers = run_workers::<CheckConnection>(database, settings, checker, wake, shutdown.clone());
        tokio::join!(workers, self.schedule_checks(shutdown));
    }

    async fn schedule_checks(&self, shutdown: CancellationToken) {
        while !shutdown.is_cancelled() {
            if let Err(error) = self.connections().tick().await {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "the daily check of connections could not be looked after");
            }
            shutdown.run_until_cancelled(tokio::time::sleep(CHECK_TICK)).await;
        }
    }
}
