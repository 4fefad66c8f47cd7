//! The work on one row: a check, and what becomes of the row.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::time::Timestamp;
use futures::StreamExt;
use sea_orm::FromQueryResult;

use super::job::CheckConnection;
use super::plan::{RunId, take_due};
use super::{AGAIN_AFTER, AT_ONCE};
use crate::connect::Connections;
use crate::connect::findings::{CheckError, CheckResult, CheckTrigger};
use crate::storage::{StorageError, sql};

/// Works on the jobs of one process. When Meta says that the whole app is over its limit, all checks wait.
#[derive(Debug, Clone)]
pub struct ConnectionChecker {
    connections: Connections,
    held_until: Arc<Mutex<Timestamp>>,
}

#[derive(FromQueryResult)]
struct OpenRow {
    #[expect(dead_code, reason = "only whether there is a row matters")]
    run: i64,
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
    ///
    /// # Errors
    /// What the database answers.
    pub async fn check_all_here(&self) -> Result<RunId, StorageError> {
        let run = self.connections.plan_by_hand(None).await?;
        self.run_now(&run).await?;
        Ok(run)
    }

    /// Works on a whole run in this process, without jobs; what another process has in hand is left to it.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn run_now(&self, run: &RunId) -> Result<(), StorageError> {
        loop {
            let now = self.connections.clock.now();
            let tx = self.connections.database.begin().await?;
            let jobs = take_due(&tx, Some(run), u32::try_from(AT_ONCE).unwrap_or(1) * 4, now).await?;
            tx.commit().await?;
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
            Ok(CheckResult::Working { .. }) => connections.finish(job, "working").await,
            Ok(CheckResult::Broken(cause)) => connections.finish(job, cause.as_str()).await,
            Err(CheckError::NotFound) => connections.finish(job, "gone").await,
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
        let text =
            "SELECT run FROM token_checks WHERE account_id = $1 AND day = $2 AND run = $3 AND checked_at IS NULL";
        let values = [job.account.as_uuid().into(), job.day.clone().into(), job.run.into()];
        // The writer: the row may have been planned an instant ago.
        Ok(sql::optional::<OpenRow, _>(self.database.writer(), text, values)
            .await?
            .is_some())
    }

    async fn finish(&self, job: &CheckConnection, result: &'static str) -> Result<(), StorageError> {
        let text = "UPDATE token_checks SET checked_at = $4, result = $5
            WHERE account_id = $1 AND day = $2 AND run = $3 AND checked_at IS NULL";
        let values = [
            job.account.as_uuid().into(),
            job.day.clone().into(),
            job.run.into(),
            self.clock.now().as_millis().into(),
            result.into(),
        ];
        sql::execute(self.database.writer(), text, values).await?;
        Ok(())
    }

    async fn postpone(&self, job: &CheckConnection, until: Timestamp) -> Result<(), StorageError> {
        // Never at once: a clock that stands still must not turn this into a busy loop.
        let until = until.max(self.clock.now() + Duration::from_secs(1));
        let text = "UPDATE token_checks SET not_before = $4
            WHERE account_id = $1 AND day = $2 AND run = $3 AND checked_at IS NULL";
        let values = [
            job.account.as_uuid().into(),
            job.day.clone().into(),
            job.run.into(),
            until.as_millis().into(),
        ];
        sql::execute(self.database.writer(), text, values).await?;
        Ok(())
    }
}
