//! Who is checked when: elects the run of a day, and turns its rows into jobs.

use domain::ids::{AccountId, TenantId};
use domain::time::Timestamp;
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use super::job::CheckConnection;
use super::{BATCH, DAILY, FIRST_CHECK, LOST_AFTER, NAME, SIX_O_CLOCK};
use crate::connect::Connections;
use crate::jobs::queue::enqueue;
use crate::storage::{StorageError, Transaction, sql};

/// One run over all accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunId {
    /// `2026-11-22`.
    pub day: String,
    /// 0: the daily one.
    pub run: i64,
}

#[derive(FromQueryResult)]
struct NumberRow {
    number: i64,
}

#[derive(FromQueryResult)]
struct DueRow {
    account_id: Uuid,
    day: String,
    run: i64,
    attempts: i64,
}

/// The day whose run is the last one due at `now`.
pub(super) fn due_day(now: Timestamp) -> String {
    let day = jiff::Timestamp::from_millisecond((now - SIX_O_CLOCK).as_millis()).unwrap_or_default();
    day.strftime("%Y-%m-%d").to_string()
}

impl Connections {
    /// One beat: plans the day's run if it is due and nobody has, makes jobs of what is due, closes what is through.
    ///
    /// # Errors
    /// What the database answers; the next beat tries again.
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
    ///
    /// # Errors
    /// What the database answers.
    pub async fn check_all(&self) -> Result<RunId, StorageError> {
        let run = self.plan_by_hand(None).await?;
        self.enqueue_due().await?;
        Ok(run)
    }

    /// The same for the accounts of one tenant. While such a run is under way, another one is not begun.
    ///
    /// # Errors
    /// What the database answers.
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
            let text = "SELECT COALESCE(MAX(run), 0) AS number FROM job_runs WHERE name = $1 AND day = $2";
            let values = [NAME.into(), day.clone().into()];
            let row = sql::optional::<NumberRow, _>(self.database.writer(), text, values).await?;
            let run = RunId {
                day: day.clone(),
                run: row.map_or(0, |row| row.number) + 1,
            };
            if self.plan(&run, of).await? {
                return Ok(run);
            }
        }
    }

    /// Plans a run unless another server was faster; returns whether it was this one. Every connected account is checked, also
    /// those that are switched off; `of` one tenant, or all.
    async fn plan(&self, run: &RunId, of: Option<TenantId>) -> Result<bool, StorageError> {
        if self.is_planned(run).await? {
            return Ok(false);
        }
        let now = self.clock.now().as_millis();
        let tx = self.database.begin().await?;
        let text = "INSERT INTO job_runs (name, day, run, started_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
        let values = [NAME.into(), run.day.clone().into(), run.run.into(), now.into()];
        if sql::execute(&tx, text, values).await? == 0 {
            return Ok(false);
        }
        if run.run == DAILY {
            supersede(&tx, &run.day, now).await?;
        }
        let planned = put_rows(&tx, run, of, now).await?;
        tx.commit().await?;
        tracing::info!(
            run.day,
            run.number = run.run,
            accounts = planned,
            "connections are about to be checked"
        );
        Ok(true)
    }

    /// Asked first: most beats have nothing to plan, and need no turn at the writer to know.
    async fn is_planned(&self, run: &RunId) -> Result<bool, StorageError> {
        let text = "SELECT run AS number FROM job_runs WHERE name = $1 AND day = $2 AND run = $3";
        let values = [NAME.into(), run.day.clone().into(), run.run.into()];
        Ok(sql::optional::<NumberRow, _>(self.database.reader(), text, values)
            .await?
            .is_some())
    }

    /// Accounts whose first check never came, because a server stopped or Meta was away, join the day's run.
    async fn take_up_unchecked(&self, run: &RunId) -> Result<(), StorageError> {
        let now = self.clock.now();
        let text = "INSERT INTO token_checks (account_id, day, run, not_before)
            SELECT id, $1, $2, $3 FROM accounts WHERE status <> 'disconnected' AND channel = 'instagram'
                AND token_checked_at IS NULL AND status_since <= $4
            ON CONFLICT (account_id, day, run) DO UPDATE SET checked_at = NULL, result = NULL, not_before = excluded.not_before
                WHERE token_checks.checked_at IS NOT NULL";
        let values = [
            run.day.clone().into(),
            run.run.into(),
            now.as_millis().into(),
            (now - FIRST_CHECK).as_millis().into(),
        ];
        sql::execute(self.database.writer(), text, values).await?;
        Ok(())
    }

    /// Gives every due row a job, a few hundred at a time.
    async fn enqueue_due(&self) -> Result<(), StorageError> {
        loop {
            let now = self.clock.now();
            let tx = self.database.begin().await?;
            let jobs = take_due(&tx, None, BATCH, now).await?;
            enqueue(&tx, &jobs, now).await?;
            tx.commit().await?;
            if jobs.is_empty() {
                return Ok(());
            }
            self.wake.jobs_added();
        }
    }

    async fn close_runs(&self) -> Result<(), StorageError> {
        let text = "UPDATE job_runs SET finished_at = $2 WHERE name = $1 AND finished_at IS NULL AND NOT EXISTS (
                SELECT 1 FROM token_checks c
                WHERE c.day = job_runs.day AND c.run = job_runs.run AND c.checked_at IS NULL)";
        let now = self.clock.now().as_millis();
        sql::execute(self.database.writer(), text, [NAME.into(), now.into()]).await?;
        Ok(())
    }
}

async fn put_rows(tx: &Transaction, run: &RunId, of: Option<TenantId>, now: i64) -> Result<u64, StorageError> {
    let only = if of.is_some() { "AND tenant_id = $4" } else { "" };
    let text = format!(
        "INSERT INTO token_checks (account_id, day, run, not_before)
        SELECT id, $1, $2, $3 FROM accounts WHERE status <> 'disconnected' AND channel = 'instagram' {only}"
    );
    let mut values: Vec<Value> = vec![run.day.clone().into(), run.run.into(), now.into()];
    values.extend(of.map(|tenant| tenant.as_uuid().into()));
    sql::execute(tx, text, values).await
}

/// Due rows, of one run or of all; they are due again when nothing came of them by then.
pub(super) async fn take_due(
    tx: &Transaction,
    run: Option<&RunId>,
    limit: u32,
    now: Timestamp,
) -> Result<Vec<CheckConnection>, StorageError> {
    let only = run.map_or_else(String::new, |run| {
        format!("AND day = '{}' AND run = {}", run.day.replace('\'', ""), run.run)
    });
    // Named twice: PostgreSQL looks at the outer condition again after it waited for another server's transaction.
    let due = format!("checked_at IS NULL AND not_before <= $1 {only}");
    let text = format!(
        "UPDATE token_checks SET not_before = $2, attempts = attempts + 1
        WHERE {due} AND (account_id, day, run) IN
            (SELECT account_id, day, run FROM token_checks WHERE {due} ORDER BY not_before, account_id LIMIT {limit})
        RETURNING account_id, day, run, attempts"
    );
    let values = [now.as_millis().into(), (now + LOST_AFTER).as_millis().into()];
    let rows = sql::all::<DueRow, _>(tx, text, values).await?;
    Ok(rows
        .into_iter()
        .map(|row| CheckConnection {
            account: AccountId::from_uuid(row.account_id),
            day: row.day,
            run: row.run,
            attempt: row.attempts,
        })
        .collect())
}

/// What an earlier day left undone is done by this one.
async fn supersede(tx: &Transaction, day: &str, now: i64) -> Result<(), StorageError> {
    let text = "UPDATE token_checks SET checked_at = $2, result = 'superseded' WHERE checked_at IS NULL AND day < $1";
    sql::execute(tx, text, [day.into(), now.into()]).await?;
    Ok(())
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
