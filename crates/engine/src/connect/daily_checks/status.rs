//! How a run went, and whether the daily one is late.

use std::time::Duration;

use domain::views::TokenRunView;

use super::plan::due_day;
use super::sql::RUN_SUMMARY;
use super::{DAILY, RunId, SIX_O_CLOCK, store};
use crate::connect::Connections;
use crate::storage::entity::token_checks::CheckedAs;
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

impl Connections {
    /// A run in numbers.
    pub async fn run_summary(&self, run: &RunId) -> Result<RunSummary, StorageError> {
        let values = [
            run.day.as_str().into(),
            run.run.into(),
            CheckedAs::Working.into(),
            CheckedAs::Gone.into(),
            CheckedAs::Superseded.into(),
        ];
        let row = sql::value::<(i64, i64, i64), _>(self.database.reader(), RUN_SUMMARY, values).await?;
        let count = |number: i64| u64::try_from(number).unwrap_or_default();
        Ok(
            row.map_or_else(RunSummary::default, |(accounts, checked, broken)| RunSummary {
                accounts: count(accounts),
                checked: count(checked),
                broken: count(broken),
            }),
        )
    }

    /// The newest run, and whether the daily one is overdue: for the health page, operators only.
    pub async fn newest_run(&self) -> Result<TokenRunView, StorageError> {
        let now = self.clock.now();
        let today = due_day(now);
        let newest = store::newest_run(&self.database).await?;
        let newest = newest.unwrap_or_else(|| RunId {
            day: today.clone(),
            run: DAILY,
        });
        let summary = self.run_summary(&newest).await?;
        Ok(TokenRunView {
            overdue: self.is_late(today).await?,
            day: newest.day,
            run: newest.run,
            accounts: summary.accounts,
            checked: summary.checked,
            broken: summary.broken,
        })
    }

    /// The daily run of `day` should be through and is not, or was never begun.
    async fn is_late(&self, day: String) -> Result<bool, StorageError> {
        let since_six = (self.clock.now() - SIX_O_CLOCK)
            .as_millis()
            .rem_euclid(24 * 60 * 60 * 1_000);
        if u128::try_from(since_six).unwrap_or_default() < LATE_AFTER.as_millis() {
            return Ok(false);
        }
        let daily = RunId { day, run: DAILY };
        Ok(!store::is_finished(&self.database, &daily).await?)
    }

    /// Marks a run as through, if it is.
    pub(super) async fn close(&self, run: &RunId) -> Result<(), StorageError> {
        let summary = self.run_summary(run).await?;
        if summary.checked < summary.accounts {
            return Ok(());
        }
        store::finish_run(&self.database, run, self.clock.now()).await
    }
}
