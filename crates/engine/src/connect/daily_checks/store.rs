//! The rows of runs and of their checks: statements on one table.

use domain::ids::AccountId;
use domain::time::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, QueryOrder, QuerySelect, UpdateMany};

use super::RunId;
use crate::storage::entity::job_runs::{self, RunName};
use crate::storage::entity::token_checks::{self, CheckedAs};
use crate::storage::{Database, StorageError, Transaction};

fn run_row(run: &RunId) -> Select<job_runs::Entity> {
    job_runs::Entity::find_by_id((RunName::Tokens, run.day.clone(), run.run))
}

/// The highest number of a day's runs, 0 before the first by hand. Asks the writer.
pub(super) async fn last_number(database: &Database, day: &str) -> Result<i64, StorageError> {
    let runs = job_runs::Entity::find()
        .filter(job_runs::Column::Name.eq(RunName::Tokens))
        .filter(job_runs::Column::Day.eq(day));
    let number = runs.select_only().column_as(job_runs::Column::Run.max(), "number");
    let number: Option<Option<i64>> = number.into_tuple().one(database.writer()).await?;
    Ok(number.flatten().unwrap_or_default())
}

/// Whether this server was the first.
pub(super) async fn insert_run(tx: &Transaction, run: &RunId, now: Timestamp) -> Result<bool, StorageError> {
    let row = job_runs::Model {
        name: RunName::Tokens,
        day: run.day.clone(),
        run: run.run,
        started_at: now,
        finished_at: None,
    };
    let insert = job_runs::Entity::insert(job_runs::ActiveModel::from(row));
    let insert = insert.on_conflict(OnConflict::new().do_nothing().to_owned());
    Ok(insert.exec_without_returning(tx).await? > 0)
}

pub(super) async fn is_planned(database: &Database, run: &RunId) -> Result<bool, StorageError> {
    Ok(run_row(run).exists(database.reader()).await?)
}

pub(super) async fn is_finished(database: &Database, run: &RunId) -> Result<bool, StorageError> {
    let finished = run_row(run).filter(job_runs::Column::FinishedAt.is_not_null());
    Ok(finished.exists(database.reader()).await?)
}

pub(super) async fn newest_run(database: &Database) -> Result<Option<RunId>, StorageError> {
    let runs = job_runs::Entity::find()
        .filter(job_runs::Column::Name.eq(RunName::Tokens))
        .order_by_desc(job_runs::Column::StartedAt)
        .order_by_desc(job_runs::Column::Run);
    let row = runs.one(database.reader()).await?;
    Ok(row.map(|row| RunId {
        day: row.day,
        run: row.run,
    }))
}

pub(super) async fn finish_run(database: &Database, run: &RunId, now: Timestamp) -> Result<(), StorageError> {
    let finished = job_runs::ActiveModel {
        finished_at: Set(Some(now)),
        ..Default::default()
    };
    let update = job_runs::Entity::update_many()
        .set(finished)
        .filter(job_runs::Column::Name.eq(RunName::Tokens))
        .filter(job_runs::Column::Day.eq(run.day.as_str()))
        .filter(job_runs::Column::Run.eq(run.run))
        .filter(job_runs::Column::FinishedAt.is_null());
    update.exec(database.writer()).await?;
    Ok(())
}

/// What an earlier day left undone is done by `day`.
pub(super) async fn supersede(tx: &Transaction, day: &str, now: Timestamp) -> Result<(), StorageError> {
    let earlier = token_checks::Column::Day.lt(day);
    update_open(tx, result(CheckedAs::Superseded, now), |checks| checks.filter(earlier)).await
}

/// One account in one run.
pub(super) struct Check<'a> {
    pub(super) account: AccountId,
    pub(super) day: &'a str,
    pub(super) run: i64,
}

impl Check<'_> {
    /// Whether it is still to be made. Asks the writer: the row may have been planned an instant ago.
    pub(super) async fn is_open(&self, database: &Database) -> Result<bool, StorageError> {
        let open = token_checks::Entity::find_by_id((self.account, self.day.to_owned(), self.run))
            .filter(token_checks::Column::CheckedAt.is_null());
        Ok(open.exists(database.writer()).await?)
    }

    pub(super) async fn finish(
        &self,
        database: &Database,
        found: CheckedAs,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        update_open(database.writer(), result(found, now), |checks| self.of(checks)).await
    }

    pub(super) async fn postpone(&self, database: &Database, until: Timestamp) -> Result<(), StorageError> {
        let later = token_checks::ActiveModel {
            not_before: Set(until),
            ..Default::default()
        };
        update_open(database.writer(), later, |checks| self.of(checks)).await
    }

    fn of(&self, checks: UpdateMany<token_checks::Entity>) -> UpdateMany<token_checks::Entity> {
        checks
            .filter(token_checks::Column::AccountId.eq(self.account))
            .filter(token_checks::Column::Day.eq(self.day))
            .filter(token_checks::Column::Run.eq(self.run))
    }
}

fn result(found: CheckedAs, now: Timestamp) -> token_checks::ActiveModel {
    token_checks::ActiveModel {
        checked_at: Set(Some(now)),
        result: Set(Some(found)),
        ..Default::default()
    }
}

/// Changes checks that are still to be made.
async fn update_open<C: ConnectionTrait>(
    connection: &C,
    changed: token_checks::ActiveModel,
    which: impl FnOnce(UpdateMany<token_checks::Entity>) -> UpdateMany<token_checks::Entity>,
) -> Result<(), StorageError> {
    let update = token_checks::Entity::update_many().set(changed);
    let update = which(update).filter(token_checks::Column::CheckedAt.is_null());
    update.exec(connection).await?;
    Ok(())
}
