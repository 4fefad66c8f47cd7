//! How a run went, and whether the daily one is late.

use std::time::Duration;

use domain::views::TokenRunView;
use sea_orm::FromQueryResult;

use super::plan::{RunId, due_day};
use super::{DAILY, NAME, SIX_O_CLOCK};
use crate::connect::Connections;
use crate::storage::{StorageError, sql};

/// A run that is not through by then is worth somebody's look.
const LATE_AFTER: Duration = Duration::from_secs(2 * 60 * 60);

/// A run in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RunSummary {
    /// Accounts to check.
    pub accounts: u64,
    /// Accounts checked.
    pub checked: u64,
    /// Of these, found broken.
    pub broken: u64,
}

#[derive(FromQueryResult)]
struct SummaryRow {
    accounts: i64,
    checked: i64,
    broken: i64,
}

#[derive(FromQueryResult)]
struct RunRow {
    day: String,
    run: i64,
}

impl Connections {
    /// A run in numbers.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn run_summary(&self, run: &RunId) -> Result<RunSummary, StorageError> {
        let text = "SELECT COUNT(*) AS accounts, COUNT(checked_at) AS checked,
                COUNT(CASE WHEN result NOT IN ('working', 'gone', 'superseded') THEN 1 END) AS broken
            FROM token_checks WHERE day = $1 AND run = $2";
        let values = [run.day.clone().into(), run.run.into()];
        let row = sql::optional::<SummaryRow, _>(self.database.reader(), text, values).await?;
        let count = |number: i64| u64::try_from(number).unwrap_or_default();
        Ok(row.map_or_else(RunSummary::default, |row| RunSummary {
            accounts: count(row.accounts),
            checked: count(row.checked),
            broken: count(row.broken),
        }))
    }

    /// The newest run, and whether the daily one is overdue: for the health page, operators only.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn newest_run(&self) -> Result<TokenRunView, StorageError> {
        let now = self.clock.now();
        let today = due_day(now);
        let text = "SELECT day, run FROM job_runs WHERE name = $1 ORDER BY started_at DESC, run DESC LIMIT 1";
        let newest = sql::optional::<RunRow, _>(self.database.reader(), text, [NAME.into()]).await?;
        let newest = newest.map_or_else(
            || RunId {
                day: today.clone(),
                run: DAILY,
            },
            |row| RunId {
                day: row.day,
                run: row.run,
            },
        );
        let summary = self.run_summary(&newest).await?;
        Ok(TokenRunView {
            overdue: self.is_late(&today).await?,
            day: newest.day,
            run: newest.run,
            accounts: summary.accounts,
            checked: summary.checked,
            broken: summary.broken,
        })
    }

    /// The daily run of `day` should be through and is not, or was never begun.
    async fn is_late(&self, day: &str) -> Result<bool, StorageError> {
        let since_six = (self.clock.now() - SIX_O_CLOCK)
            .as_millis()
            .rem_euclid(24 * 60 * 60 * 1_000);
        if u128::try_from(since_six).unwrap_or_default() < LATE_AFTER.as_millis() {
            return Ok(false);
        }
        let text =
            "SELECT day, run FROM job_runs WHERE name = $1 AND day = $2 AND run = $3 AND finished_at IS NOT NULL";
        let values = [NAME.into(), day.into(), DAILY.into()];
        Ok(sql::optional::<RunRow, _>(self.database.reader(), text, values)
            .await?
            .is_none())
    }

    /// Marks a run as through, if it is.
    pub(super) async fn close(&self, run: &RunId) -> Result<(), StorageError> {
        let summary = self.run_summary(run).await?;
        if summary.checked < summary.accounts {
            return Ok(());
        }
        let text =
            "UPDATE job_runs SET finished_at = $4 WHERE name = $1 AND day = $2 AND run = $3 AND finished_at IS NULL";
        let values = [
            NAME.into(),
            run.day.clone().into(),
            run.run.into(),
            self.clock.now().as_millis().into(),
        ];
        sql::execute(self.database.writer(), text, values).await?;
        Ok(())
    }
}
