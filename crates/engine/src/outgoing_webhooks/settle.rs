//! What becomes of webhooks and their endpoint after a round of calls.

use std::time::Duration;

use domain::ids::WebhookEndpointId;
use domain::outgoing_webhooks::{SwitchedOff, WebhookOutcome};
use domain::time::Timestamp;

use super::call::CallAnswer;
use super::deliver::{CLAIM_LENGTH, Claimed, OutgoingWebhooks};
use super::sql::{DueRow, END_WAITING, KEEP_CLAIM, RECORD_FAILURES, RECORD_SUCCESS, SWITCH_OFF};
use super::store;
use crate::storage::{Database, StorageError, Transaction, commit, sql};

/// What is not taken by then is given up.
const GIVEN_UP_AFTER: Duration = Duration::from_secs(24 * 60 * 60);
/// Waits after each failed try: seconds. The last try is made after almost 24 hours.
const WAITS: [u64; 10] = [5, 60, 300, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 28_800];
/// An endpoint that took nothing for so long is switched off, if it was called often enough to know.
const SWITCHED_OFF_AFTER: Duration = Duration::from_secs(3 * 24 * 60 * 60);
const FAILURES_TO_SWITCH_OFF: i64 = 10;

/// After a round of calls of which none was taken, others have their turn: so long for each webhook that failed since the last one
/// that was taken, and five minutes at most.
const REST_FOR_EACH_FAILURE: Duration = Duration::from_secs(5);
const FAILURES_THAT_COUNT: u32 = 60;

/// Webhooks that end in one transaction.
const ENDED_AT_ONCE: u64 = 500;

/// Gone for good, says a receiver.
const GONE: u16 = 410;

/// What becomes of a job after a round of calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AfterRound {
    /// It makes the next round.
    GoesOn,
    /// It ends: the endpoint is left alone for a while.
    Rests,
    /// It ends with the endpoint.
    SwitchedOff(SwitchedOff),
    /// It ends: the endpoint is another worker's, off, or deleted.
    NotOurs,
}

/// Writes what came back.
pub(super) async fn settle(
    webhooks: &OutgoingWebhooks,
    claimed: &Claimed,
    answered: Vec<(DueRow, CallAnswer)>,
) -> Result<AfterRound, StorageError> {
    let (now, endpoint) = (webhooks.clock.now(), claimed.endpoint);
    let tx = webhooks.database.begin().await?;
    let values = [
        endpoint.into(),
        claimed.claim.as_str().into(),
        (now + CLAIM_LENGTH).into(),
    ];
    let is_ours = sql::execute(&tx, KEEP_CLAIM, values).await? > 0;
    for (row, answer) in &answered {
        store::set_answer(&tx, endpoint, row, answer, next_step(row, answer, now)).await?;
    }
    let after = match is_ours {
        true => record_health(&tx, endpoint, &answered, now).await?,
        false => AfterRound::NotOurs,
    };
    commit(tx).await?;
    if let AfterRound::SwitchedOff(_) = after {
        end_waiting(&webhooks.database, endpoint).await?;
    }
    for (row, answer) in &answered {
        observe(row, answer);
    }
    Ok(after)
}

/// What a webhook waits for, or how it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NextStep {
    Ended(WebhookOutcome),
    Again(Timestamp),
}

fn next_step(row: &DueRow, answer: &CallAnswer, now: Timestamp) -> NextStep {
    if answer.problem.is_none() {
        return NextStep::Ended(WebhookOutcome::Delivered);
    }
    let wait = usize::try_from(row.attempts).ok().and_then(|tries| WAITS.get(tries));
    let last = row.created_at + GIVEN_UP_AFTER;
    // A receiver that wants to be left alone for longer gets it once more at the end.
    let wished = answer.retry_after.unwrap_or(now).min(last);
    match wait.map(|wait| (now + Duration::from_secs(*wait)).max(wished)) {
        Some(again) if again <= last => NextStep::Again(again),
        _ => NextStep::Ended(WebhookOutcome::Failed),
    }
}

/// Counts what was taken and what was not, and switches the endpoint off or puts it off.
async fn record_health(
    tx: &Transaction,
    endpoint: WebhookEndpointId,
    answered: &[(DueRow, CallAnswer)],
    now: Timestamp,
) -> Result<AfterRound, StorageError> {
    let failed = failed(answered).count();
    if failed < answered.len() {
        sql::execute(tx, RECORD_SUCCESS, [endpoint.into()]).await?;
    }
    if failed == 0 {
        return Ok(AfterRound::GoesOn);
    }
    let count = i64::try_from(failed).unwrap_or(i64::MAX);
    let values = [endpoint.into(), count.into(), now.into()];
    let health = sql::value::<(i64, Option<Timestamp>), _>(tx, RECORD_FAILURES, values).await?;
    let (failures, since) = health.unwrap_or((count, None));
    let for_long = since.is_some_and(|since| now.since(since) >= SWITCHED_OFF_AFTER);
    let is_gone = answered.iter().any(|(_, answer)| answer.status == Some(GONE));
    let off = match for_long && failures >= FAILURES_TO_SWITCH_OFF {
        _ if is_gone => Some(SwitchedOff::Gone),
        true => Some(SwitchedOff::Failing),
        false => None,
    };
    if let Some(reason) = off {
        switch_off(tx, endpoint, reason).await?;
        return Ok(AfterRound::SwitchedOff(reason));
    }
    let Some(until) = rests_until(answered, failures, now) else {
        return Ok(AfterRound::GoesOn);
    };
    store::put_off(tx, endpoint, until).await?;
    Ok(AfterRound::Rests)
}

fn failed(answered: &[(DueRow, CallAnswer)]) -> impl Iterator<Item = &CallAnswer> {
    answered
        .iter()
        .map(|(_, answer)| answer)
        .filter(|answer| answer.problem.is_some())
}

/// Until when an endpoint is left alone: as it wishes, and for a while when it took nothing.
fn rests_until(answered: &[(DueRow, CallAnswer)], failures: i64, now: Timestamp) -> Option<Timestamp> {
    let wished = failed(answered).filter_map(|answer| answer.retry_after).max();
    // A wish for more than a day would outlast everything that waits.
    let wished = wished.map(|at| at.min(now + GIVEN_UP_AFTER));
    let took_nothing = failed(answered).count() == answered.len();
    let failures = u32::try_from(failures).map_or(FAILURES_THAT_COUNT, |failures| failures.min(FAILURES_THAT_COUNT));
    let rest = took_nothing.then(|| now + REST_FOR_EACH_FAILURE * failures);
    wished.max(rest).filter(|until| *until > now)
}

/// Switches an endpoint off. What waits for it is ended after the commit, by [`end_waiting`].
pub(super) async fn switch_off(
    tx: &Transaction,
    endpoint: WebhookEndpointId,
    reason: SwitchedOff,
) -> Result<(), StorageError> {
    if sql::execute(tx, SWITCH_OFF, [endpoint.into(), reason.into()]).await? > 0 {
        tracing::warn!(endpoint.id = %endpoint, reason = reason.as_str(), "a webhook endpoint is switched off");
    }
    Ok(())
}

/// Ends what waits for an endpoint that is off, in short transactions: others write between them. What a server that died left
/// waiting is ended before the endpoint is switched on.
pub(super) async fn end_waiting(database: &Database, endpoint: WebhookEndpointId) -> Result<(), StorageError> {
    loop {
        let values = [endpoint.into(), WebhookOutcome::Dropped.into()];
        if sql::execute(database.writer(), END_WAITING, values).await? < ENDED_AT_ONCE {
            return Ok(());
        }
    }
}

fn observe(row: &DueRow, answer: &CallAnswer) {
    let result = answer.problem.map_or("taken", |problem| problem.as_str());
    metrics::counter!("concierge_outgoing_webhook_calls_total", "event" => row.event.as_str(), "result" => result)
        .increment(1);
    metrics::histogram!("concierge_outgoing_webhook_seconds").record(answer.took.as_secs_f64());
}
