//! Who is checked when: elects the run of a day, and turns its rows into jobs.

use domain::accounts::{AccountStatusKind, ChannelKind};
use domain::ids::{AccountId, TenantId};
use domain::time::Timestamp;

use super::job::CheckConnection;
use super::sql::{CLOSE_RUNS, OF_RUN, OF_TENANT, PLAN, PLAN_UNCHECKED, TAKE_DUE};
use super::store::{insert_run, is_planned, last_number, supersede};
use super::{BATCH, DAILY, FIRST_CHECK, LOST_AFTER, RunId, SIX_O_CLOCK};
use crate::connect::Connections;
use crate::jobs::queue::enqueue;
use crate::storage::entity::job_runs::RunName;
use crate::storage::{StorageError, Transaction, commit, sql};

/// The day whose run is the last one due at `now`.
pub(super) fn due_day(now: Timestamp) -> String {
    let day = jiff::Timestamp::from_millisecond((now - SIX_O_CLOCK).as_millis()).unwrap_or_default();
    day.strftime("%Y-%m-%d").to_string()
}

/// When the run of the present day of UTC begins.
#[must_use]
pub fn daily_check_of(now: Timestamp) -> Timestamp {
    now.start_of_day_in_utc() + SIX_O_CLOCK
}

impl Connections {
    /// One turn: plans the day's run if it is due and nobody has, makes jobs of what is due, closes what is through.
    #[tracing::instrument(name = "connect.schedule_checks", skip_all)]
    pub async fn tick(&self) -> Result<(), StorageError> {
        let daily = RunId {
            day: due_day(self.clock.now()),
            run: DAILY,
        };
        self.plan(&daily, None).await?;
        self.take_up_unchecked(&daily).await?;
        self.enqueue_due().await?;
        self.close_runs().await
    }

    /// Checks all connections now, by hand; the workers of all servers share the work. Returns the run, for
    /// [`Self::run_summary`].
    pub async fn check_all(&self) -> Result<RunId, StorageError> {
        let run = self.plan_by_hand(None).await?;
        self.enqueue_due().await?;
        Ok(run)
    }

    /// The same for the accounts of one tenant. While such a run is under way, another one is not begun.
    pub async fn check_tenant(&self, tenant: TenantId) -> Result<(), StorageError> {
        let under_way = self.tenant_run(tenant).await?.is_some_and(|run| run.is_under_way());
        if !under_way {
            self.plan_by_hand(Some(tenant)).await?;
            self.enqueue_due().await?;
        }
        Ok(())
    }

    /// A new run under the next number of the day.
    pub(super) async fn plan_by_hand(&self, of: Option<TenantId>) -> Result<RunId, StorageError> {
        let day = due_day(self.clock.now());
        loop {
            let run = RunId {
                day: day.clone(),
                run: last_number(&self.database, &day).await? + 1,
            };
            if self.plan(&run, of).await? {
                return Ok(run);
            }
        }
    }

    /// Plans a run unless another server was faster; returns whether it was this one. Every connected account is checked, also
    /// those that are switched off; `of` one tenant, or all.
    async fn plan(&self, run: &RunId, of: Option<TenantId>) -> Result<bool, StorageError> {
        // Asked first: most turns have nothing to plan, and need no turn at the writer to know.
        if is_planned(&self.database, run).await? {
            return Ok(false);
        }
        let now = self.clock.now();
        let tx = self.database.begin().await?;
        if !insert_run(&tx, run, now).await? {
            return Ok(false);
        }
        if run.run == DAILY {
            supersede(&tx, &run.day, now).await?;
        }
        let planned = put_rows(&tx, run, of, now).await?;
        commit(tx).await?;
        tracing::info!(
            run.day,
            run.number = run.run,
            accounts = planned,
            "connections are about to be checked"
        );
        Ok(true)
    }

    /// Accounts whose first check never came, because a server stopped or Meta was away, join the day's run.
    async fn take_up_unchecked(&self, run: &RunId) -> Result<(), StorageError> {
        let now = self.clock.now();
        let values = [
            run.day.as_str().into(),
            run.run.into(),
            now.into(),
            AccountStatusKind::Disconnected.into(),
            ChannelKind::Instagram.into(),
            (now - FIRST_CHECK).into(),
        ];
        sql::execute(self.database.writer(), PLAN_UNCHECKED, values).await?;
        Ok(())
    }

    /// Gives every due row a job, a few hundred at a time.
    async fn enqueue_due(&self) -> Result<(), StorageError> {
        loop {
            let now = self.clock.now();
            let tx = self.database.begin().await?;
            let jobs = take_due(&tx, None, BATCH, now).await?;
            enqueue(&tx, &jobs, now).await?;
            commit(tx).await?;
            if jobs.is_empty() {
                return Ok(());
            }
            self.wake.jobs_added();
        }
    }

    async fn close_runs(&self) -> Result<(), StorageError> {
        let values = [RunName::Tokens.into(), self.clock.now().into()];
        sql::execute(self.database.writer(), CLOSE_RUNS, values).await?;
        Ok(())
    }
}

async fn put_rows(tx: &Transaction, run: &RunId, of: Option<TenantId>, now: Timestamp) -> Result<u64, StorageError> {
    let mut values = vec![
        run.day.as_str().into(),
        run.run.into(),
        now.into(),
        AccountStatusKind::Disconnected.into(),
        ChannelKind::Instagram.into(),
    ];
    values.extend(of.map(Into::into));
    let text = PLAN.replace("{conditions}", OF_TENANT[usize::from(of.is_some())]);
    sql::execute(tx, text, values).await
}

/// Due rows, of one run or of all; they are due again when nothing came of them by then.
pub(super) async fn take_due(
    tx: &Transaction,
    run: Option<&RunId>,
    limit: i64,
    now: Timestamp,
) -> Result<Vec<CheckConnection>, StorageError> {
    let mut values = vec![now.into(), (now + LOST_AFTER).into(), limit.into()];
    if let Some(run) = run {
        values.extend([run.day.as_str().into(), run.run.into()]);
    }
    let text = TAKE_DUE.replace("{conditions}", OF_RUN[usize::from(run.is_some())]);
    let rows = sql::values::<(AccountId, String, i64, i64), _>(tx, text, values).await?;
    Ok(rows
        .into_iter()
        .map(|(account, day, run, attempt)| CheckConnection {
            account,
            day,
            run,
            attempt,
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use domain::time::Timestamp;

    use super::due_day;

    #[test]
    fn a_day_begins_at_six() {
        // 2026-11-22T05:59:59.999Z and one millisecond later.
        let six = 1_795_327_200_000;
        assert_eq!(due_day(Timestamp::from_millis(six - 1)), "2026-11-21");
        assert_eq!(due_day(Timestamp::from_millis(six)), "2026-11-22");
    }
}
