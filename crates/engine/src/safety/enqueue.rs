//! Turns due checks into jobs.

use std::time::Duration;

use domain::ids::SafetyCheckId;
use serde::{Deserialize, Serialize};

use super::SafetyChecks;
use super::sql::{IS_DUE, TAKE_DUE};
use crate::jobs::Job;
use crate::jobs::queue::enqueue;
use crate::storage::{StorageError, commit, sql};

/// A job that has not claimed its check by then counts as lost.
const LOST_AFTER: Duration = Duration::from_secs(2 * 60);
/// Checks that become jobs in one transaction.
const BATCH: i64 = 100;

/// Checks one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckText {
    /// The check.
    pub check: SafetyCheckId,
    /// `safety_checks.job_no`: an earlier job of the check does nothing.
    pub job_no: i64,
}

impl Job for CheckText {
    /// A queue and workers of its own: a judge that thinks for a minute keeps no reply waiting.
    const QUEUE: &'static str = "safety";
    type Context = SafetyChecks;

    fn key(&self) -> String {
        format!("safety:{}:{}", self.check.as_uuid().simple(), self.job_no)
    }

    async fn run(&self, checks: &SafetyChecks) {
        checks.check(*self).await;
    }
}

impl SafetyChecks {
    /// Gives every due check a job.
    ///
    /// # Errors
    /// The database failed.
    pub async fn enqueue_due(&self) -> Result<(), StorageError> {
        // Asked first: most turns have nothing to do, and need no turn at the writer to know.
        while self.is_due().await? {
            let now = self.clock.now();
            let tx = self.database.begin().await?;
            let values = [now.into(), (now + LOST_AFTER).into(), BATCH.into()];
            let jobs = sql::values::<(SafetyCheckId, i64), _>(&tx, TAKE_DUE, values).await?;
            let jobs = jobs.into_iter().map(|(check, job_no)| CheckText { check, job_no });
            enqueue(&tx, &jobs.collect::<Vec<_>>(), now).await?;
            commit(tx).await?;
            self.wake.jobs_added();
        }
        Ok(())
    }

    /// Works on everything that is due in this process, without jobs; what another one has in hand is left to it.
    ///
    /// # Errors
    /// The database failed.
    pub async fn run_due(&self) -> Result<(), StorageError> {
        while self.is_due().await? {
            let now = self.clock.now();
            let values = [now.into(), (now + LOST_AFTER).into(), 1_i64.into()];
            let due: Vec<(SafetyCheckId, i64)> = sql::values(self.database.writer(), TAKE_DUE, values).await?;
            for (check, job_no) in due {
                self.check(CheckText { check, job_no }).await;
            }
        }
        Ok(())
    }

    async fn is_due(&self) -> Result<bool, StorageError> {
        let due: Option<SafetyCheckId> = sql::value(self.database.reader(), IS_DUE, [self.clock.now().into()]).await?;
        Ok(due.is_some())
    }
}
