//! What a process does until it is told to stop.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use domain::ids::ReplyId;
use tokio_util::sync::CancellationToken;

use super::Engine;
use super::housekeeping::run_housekeeping;
use crate::connect::daily_checks::{AT_ONCE, ConnectionChecker};
use crate::jobs::{ReplyHandler, WorkerSettings, run_check_workers, run_reply_workers};
use crate::pipeline::{Pipeline, WorkError};

/// How often due checks of connections are looked for.
const CHECK_TICK: Duration = Duration::from_secs(60);

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
        let house = run_housekeeping(self, shutdown.clone());
        match role {
            Role::ReceiveOnly => {
                tokio::join!(relay, house);
            }
            Role::Worker => {
                let sweeper = self.pipeline().sweep_until(shutdown.clone());
                let replies = self.work(shutdown.clone());
                let checks = self.run_checks(shutdown.clone());
                tokio::join!(relay, house, sweeper, replies, checks);
            }
        }
    }

    async fn work(&self, shutdown: CancellationToken) {
        let settings = WorkerSettings {
            concurrency: self.workers,
            name_prefix: self.process.clone(),
            ..WorkerSettings::default()
        };
        let handler = Arc::new(Handler(self.pipeline().clone()));
        run_reply_workers(self.database().clone(), settings, handler, self.wake.clone(), shutdown).await;
    }
}

impl Engine {
    async fn run_checks(&self, shutdown: CancellationToken) {
        let settings = WorkerSettings {
            concurrency: AT_ONCE,
            batch_size: AT_ONCE,
            name_prefix: format!("tokens-{}", self.process),
            ..WorkerSettings::default()
        };
        let handler = Arc::new(ConnectionChecker::new(self.connections().clone()));
        let (database, wake) = (self.database().clone(), self.wake.clone());
        let workers = run_check_workers(database, settings, handler, wake, shutdown.clone());
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

/// Jobs end well whatever happens: the row knows what is left to do.
struct Handler(Pipeline);

#[async_trait]
impl ReplyHandler for Handler {
    async fn work(&self, reply: ReplyId) {
        if let Err(error) = self.0.work(reply).await {
            report(reply, &error);
        }
    }

    async fn panicked(&self, reply: ReplyId) {
        if let Err(error) = self.0.panicked(reply).await {
            report(reply, &error);
        }
    }
}

fn report(reply: ReplyId, error: &WorkError) {
    let error = error as &dyn std::error::Error;
    tracing::error!(reply.id = %reply, error, "work on a reply stopped; the sweeper comes back to it");
}
