//! What works on checks: due rows become jobs, jobs become verdicts.

use std::time::Duration;

use domain::safety::POLICY_VERSION;

use super::judge::Judge;
use super::sql::{AGE_APPROVALS, END_APPROVALS};
use super::store;
use crate::clock::SharedClock;
use crate::jobs::WakeUps;
use crate::storage::{Database, DatabaseBackend, StorageError, sql};

/// How long an approval by an earlier policy holds.
const EARLIER_POLICY: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Works on the checks of all tenants. There is one where there is an AI provider, and none elsewhere.
#[derive(Debug, Clone)]
pub struct SafetyChecks {
    pub(super) database: Database,
    pub(super) clock: SharedClock,
    pub(super) judge: Judge,
    pub(super) wake: WakeUps,
}

impl SafetyChecks {
    /// Checks with `judge`.
    #[must_use]
    pub fn new(database: &Database, clock: SharedClock, judge: Judge, wake: WakeUps) -> Self {
        Self {
            database: database.clone(),
            clock,
            judge,
            wake,
        }
    }

    /// Who judges.
    #[must_use]
    pub fn judge(&self) -> &Judge {
        &self.judge
    }

    /// What is done once, when a server starts: texts that nobody asked to check are, and approvals by an earlier policy begin to
    /// end.
    ///
    /// # Errors
    /// The database failed.
    pub async fn start(&self) -> Result<(), StorageError> {
        if self.database.backend() == DatabaseBackend::Sqlite {
            store::void_all_claims(self.database.writer()).await?;
        }
        self.review().await
    }

    /// The same, now and then.
    ///
    /// # Errors
    /// The database failed.
    pub async fn review(&self) -> Result<(), StorageError> {
        let now = self.clock.now();
        let values = [
            i64::from(POLICY_VERSION).into(),
            (now + EARLIER_POLICY).into(),
            now.into(),
        ];
        let aged = sql::execute(self.database.writer(), AGE_APPROVALS, values).await?;
        if aged > 0 {
            tracing::info!(
                texts = aged,
                "the safety policy has changed: approved texts are checked again"
            );
        }
        sql::execute(self.database.writer(), END_APPROVALS, [now.into()]).await?;
        self.request_missing().await
    }
}
