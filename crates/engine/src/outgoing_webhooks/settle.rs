//! What becomes of webhooks and their endpoint after a round of calls.

use std::time::Duration;

use domain::ids::WebhookEndpointId;
use domain::outgoing_webhooks::{SwitchedOff, WebhookOutcome};
use domain::time::Timestamp;

use super::call::CallAnswer;
use super::deliver::{CLAIM_LENGTH, Claimed, OutgoingWebhooks};
use super::sql::{DueRow, END_WAITING, KEEP_CLAIM, RECORD_FAILURES, RECORD_SUCCESS, SWITCH_OFF};
use super::store;
use crate::storage::{StorageError, Transaction, commit, sql};

/// What is not taken by then is given up.
const GIVEN_UP_AFTER: Duration = Duration::from_secs(24 * 60 * 60);
/// Waits after each failed try: seconds. The last try is made after almost 24 hours.
const WAITS: [u64; 10] = [5, 60, 300, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 28_800];
/// An endpoint that took nothing for so long is switched off, if it was called often enough to know.
const SWITCHED_OFF_AFTER: Duration = Duration::from_secs(3 * 24 * 60 * 60);
const FAILURES_TO_SWITCH_OFF: i64 = 10;

/// Gone for good, says a receiver.
const GONE: u16 = 410;

/// Writes what came back; false when the endpoint is not ours to work on any more.
pub(super) async fn settle(
    webhooks: &OutgoingWebhooks,
    claimed: &Claimed,
    answered: Vec<(DueRow, CallAnswer)>,
) -> Result<bool, StorageError> {
    let (now, endpoint) = (webhooks.clock.now(), claimed.endpoint);
    let tx = webhooks.database.begin().await?;
    let values = [
        endpoint.into(),
        claimed.claim.as_str().into(),
        (now + CLAIM_LENGTH).into(),
    ];
    let mut goes_on = sql::execute(&tx, KEEP_CLAIM, values).await? > 0;
    for (row, answer) in &answered {
        store::set_answer(&tx, endpoint, row, answer, next_step(row, answer, now)).await?;
    }
    if goes_on && let Some(reason) = record_health(&tx, endpoint, &answered, now).await? {
        switch_off(&tx, endpoint, reason).await?;
        goes_on = false;
    }
    commit(tx).await?;
    for (row, answer) in &answered {
        observe(row, answer);
    }
    Ok(goes_on)
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
    let wished = answer.retry_after.unwrap_or(now);
    match wait.map(|wait| (now + Duration::from_secs(*wait)).max(wished)) {
        Some(again) if again <= row.created_at + GIVEN_UP_AFTER => NextStep::Again(again),
        _ => NextStep::Ended(WebhookOutcome::Failed),
    }
}

/// Why the endpoint is to be switched off, if it is.
async fn record_health(
    tx: &Transaction,
    endpoint: WebhookEndpointId,
    answered: &[(DueRow, CallAnswer)],
    now: Timestamp,
) -> Result<Option<SwitchedOff>, StorageError> {
    let failed = answered.iter().filter(|(_, answer)| answer.problem.is_some()).count();
    if failed < answered.len() {
        sql::execute(tx, RECORD_SUCCESS, [endpoint.into()]).await?;
    }
    if failed == 0 {
        return Ok(None);
    }
    let wished = answered.iter().filter_map(|(_, answer)| answer.retry_after).max();
    // A wish for more than a day would outlast everything that waits.
    let wished = wished.map_or(now, |at| at.min(now + GIVEN_UP_AFTER));
    let count = i64::try_from(failed).unwrap_or(i64::MAX);
    let values = [endpoint.into(), count.into(), now.into(), wished.into()];
    let health = sql::value::<(i64, Option<Timestamp>), _>(tx, RECORD_FAILURES, values).await?;
    if answered.iter().any(|(_, answer)| answer.status == Some(GONE)) {
        return Ok(Some(SwitchedOff::Gone));
    }
    Ok(health.and_then(|(failures, since)| {
        let for_long = now.since(since?) >= SWITCHED_OFF_AFTER && failures >= FAILURES_TO_SWITCH_OFF;
        for_long.then_some(SwitchedOff::Failing)
    }))
}

/// Switches an endpoint off and ends what waits for it.
pub(super) async fn switch_off(
    tx: &Transaction,
    endpoint: WebhookEndpointId,
    reason: SwitchedOff,
) -> Result<(), StorageError> {
    if sql::execute(tx, SWITCH_OFF, [endpoint.into(), reason.into()]).await? > 0 {
        let values = [endpoint.into(), WebhookOutcome::Dropped.into()];
        sql::execute(tx, END_WAITING, values).await?;
        tracing::warn!(endpoint.id = %endpoint, reason = reason.as_str(), "a webhook endpoint is switched off");
    }
    Ok(())
}

fn observe(row: &DueRow, answer: &CallAnswer) {
    let result = answer.problem.map_or("taken", |problem| problem.as_str());
    metrics::counter!("concierge_outgoing_webhook_calls_total", "event" => row.event.as_str(), "result" => result)
        .increment(1);
    metrics::histogram!("concierge_outgoing_webhook_seconds").record(answer.took.as_secs_f64());
}
