//! The work on one row: a check, and what becomes of the row.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::time::Timestamp;
use futures::StreamExt;

use super::job::CheckConnection;
use super::plan::take_due;
use super::store::Check;
use super::{AGAIN_AFTER, AT_ONCE, RunId};
use crate::connect::Connections;
use crate::connect::findings::{CheckError, CheckResult, CheckTrigger};
use crate::jobs::Job;
use crate::storage::entity::token_checks::CheckedAs;
use crate::storage::{StorageError, commit};

/// Works on the jobs of one process. When Meta says that the whole app is over its limit, all checks wait.
#[derive(Debug, Clone)]
pub struct ConnectionChecker {
    connections: Connections,
    held_until: Arc<Mutex<Timestamp>>,
}

impl Job for CheckConnection {
    /// A queue and workers of its own, so that thousands of checks at once keep no reply waiting.
    const QUEUE: &'static str = "tokens";
    type Context = ConnectionChecker;

    /// `token:{account}:{day}:{run}`, with the number of a further try behind it.
    fn key(&self) -> String {
        let key = format!("token:{}:{}:{}", self.account.as_uuid().simple(), self.day, self.run);
        match self.attempt {
            ..=1 => key,
            attempt => format!("{key}:{attempt}"),
        }
    }

    async fn run(&self, checker: &ConnectionChecker) {
        checker.check(self).await;
    }
}

impl ConnectionChecker {
    /// Checks through `connections`.
    #[must_use]
    pub fn new(connections: Connections) -> Self {
        let held_until = Arc::new(Mutex::new(Timestamp::from_millis(0)));
        Self {
            connections,
            held_until,
        }
    }

    /// Plans a run by hand and works on it in this process.
    pub async fn check_all_here(&self) -> Result<RunId, StorageError> {
        let run = self.connections.plan_by_hand(None).await?;
        self.run_now(&run).await?;
        Ok(run)
    }

    /// Works on a whole run in this process, without jobs; what another process has in hand is left to it.
    pub async fn run_now(&self, run: &RunId) -> Result<(), StorageError> {
        loop {
            let now = self.connections.clock.now();
            let tx = self.connections.database.begin().await?;
            let jobs = take_due(&tx, Some(run), i64::try_from(AT_ONCE).unwrap_or(1) * 4, now).await?;
            commit(tx).await?;
            if jobs.is_empty() {
                return self.connections.close(run).await;
            }
            let checks = futures::stream::iter(jobs).map(|job| async move { self.check(&job).await });
            checks.buffer_unordered(AT_ONCE).collect::<Vec<()>>().await;
        }
    }

    /// One check; a failure of the database is logged.
    pub(super) async fn check(&self, job: &CheckConnection) {
        if let Err(error) = self.try_check(job).await {
            let error = &error as &dyn std::error::Error;
            tracing::error!(account.id = %job.account, error, "a connection could not be checked; its row is taken up again");
        }
    }

    async fn try_check(&self, job: &CheckConnection) -> Result<(), StorageError> {
        let connections = &self.connections;
        if !connections.is_open(job).await? {
            return Ok(());
        }
        let held_until = *self.held_until.lock().unwrap_or_else(PoisonError::into_inner);
        if held_until > connections.clock.now() {
            return connections.postpone(job, held_until).await;
        }
        match connections.check_account(job.account, CheckTrigger::Daily).await {
            Ok(CheckResult::Working { .. } | CheckResult::Resubscribed { .. }) => {
                connections.finish(job, CheckedAs::Working).await
            }
            Ok(CheckResult::Broken(cause)) => connections.finish(job, CheckedAs::Broken(cause)).await,
            Err(CheckError::NotFound) => connections.finish(job, CheckedAs::Gone).await,
            Err(CheckError::RateLimited { pause, app_wide }) => {
                let until = connections.clock.now() + pause.unwrap_or(AGAIN_AFTER);
                if app_wide {
                    self.hold(until);
                }
                connections.postpone(job, until).await
            }
            Err(CheckError::Unreachable | CheckError::Refused { .. } | CheckError::Changed) => {
                connections.postpone(job, connections.clock.now() + AGAIN_AFTER).await
            }
            Err(CheckError::Storage(error)) => Err(error),
        }
    }

    fn hold(&self, until: Timestamp) {
        let mut held_until = self.held_until.lock().unwrap_or_else(PoisonError::into_inner);
        *held_until = (*held_until).max(until);
        tracing::warn!("the app is over its limit at Meta: checks of connections wait");
    }
}

impl Connections {
    async fn is_open(&self, job: &CheckConnection) -> Result<bool, StorageError> {
        check_of(job).is_open(&self.database).await
    }

    async fn finish(&self, job: &CheckConnection, found: CheckedAs) -> Result<(), StorageError> {
        check_of(job).finish(&self.database, found, self.clock.now()).await
    }

    async fn postpone(&self, job: &CheckConnection, until: Timestamp) -> Result<(), StorageError> {
        // Never at once: a clock that stands still must not turn this into a busy loop.
        let until = until.max(self.clock.now() + Duration::from_secs(1));
        check_of(job).postpone(&self.database, until).await
    }
}

fn check_of(job: &CheckConnection) -> Check<'_> {
    Check {
        account: job.account,
        day: &job.day,
        run: job.run,
    }
}
