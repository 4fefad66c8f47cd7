//! Whether AI replies wait for the provider, or failed since the last one that was sent.

use std::time::Duration;

use domain::ids::TenantId;

use domain::messages::MessageOutcome;
use domain::reasons::Reason;

use domain::rules::ResponseKind;
use domain::time::Timestamp;
use domain::views::{Attention, NextStep, OutcomeFilter, Place, Tone};

use super::sql::AI_FAILURES;
use super::store;
use crate::storage::{Connection, StorageError, sql};

/// What failed earlier is no longer news.
const RECENT: Duration = Duration::from_secs(24 * 60 * 60);

/// The line for *Needs you*; none while the provider answers.
pub(super) async fn ai_trouble<C: Connection>(
    connection: &C,
    tenant: TenantId,
    now: Timestamp,
) -> Result<Option<Attention>, StorageError> {
    let waiting = store::waiting_for_ai(connection, tenant).await?;
    let misconfigured = failed(connection, tenant, Reason::AiMisconfigured, now).await?;
    let unanswered = failed(connection, tenant, Reason::AiUnavailable, now).await?;
    Ok(match (misconfigured + unanswered, waiting) {
        (0, 0) => None,
        (0, waiting) => Some(line(
            Tone::Warn,
            format!("wait for the AI provider: {waiting} so far"),
            "It does not answer now. Concierge asks again; after two hours they fail and their credits come back.",
            OutcomeFilter::Waiting,
        )),
        (failed, _) if misconfigured > 0 => Some(line(
            Tone::Bad,
            format!("fail: {failed} in the last 24 hours"),
            "The AI provider refuses this server. Their credits are back. Ask your operator to run `concierge doctor`.",
            OutcomeFilter::Failed,
        )),
        (failed, _) => Some(line(
            Tone::Bad,
            format!("fail: {failed} in the last 24 hours"),
            "The AI provider did not answer for two hours. Their credits are back. Until it answers, a canned default reply helps.",
            OutcomeFilter::Failed,
        )),
    })
}

/// How many replies ended so since the last AI reply that was sent.
async fn failed<C: Connection>(
    connection: &C,
    tenant: TenantId,
    reason: Reason,
    now: Timestamp,
) -> Result<u64, StorageError> {
    let values = [
        tenant.into(),
        (now - RECENT).into(),
        reason.into(),
        MessageOutcome::Sent.into(),
        ResponseKind::AiPrompt.into(),
    ];
    let count: Option<i64> = sql::value(connection, AI_FAILURES, values).await?;
    Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or_default())
}

fn line(tone: Tone, what: String, detail: &str, outcome: OutcomeFilter) -> Attention {
    Attention {
        tone,
        subject: "AI replies".into(),
        what,
        detail: detail.into(),
        next_step: NextStep {
            label: "See the messages".into(),
            place: Place::Messages {
                account: None,
                outcome,
                reason: None,
            },
        },
    }
}
