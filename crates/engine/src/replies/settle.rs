//! The end of a reply, in one transaction: state, credit, content, and the log.

use domain::reasons::{OutcomeKind, Reason};
use domain::time::Timestamp;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::leave;
use super::person;
use super::row::OpenReply;
use super::transitions::Transition;
use crate::credits;
use crate::storage::{StorageError, sql};
use crate::vault;

/// How a reply ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReplyOutcome {
    /// The customer has it. The platform's id is unknown when it was only presumed sent.
    Sent {
        /// The platform's message id.
        mid: Option<String>,
    },
    /// It did not reach the customer; the reason says whether it failed or was rightly not sent.
    NotSent(Reason),
}

impl ReplyOutcome {
    /// The name in database and metrics.
    #[must_use]
    pub const fn outcome(&self) -> &'static str {
        match self {
            Self::Sent { .. } => "sent",
            Self::NotSent(reason) => match reason.outcome_kind() {
                OutcomeKind::Failed => "failed",
                OutcomeKind::Skipped => "skipped",
            },
        }
    }

    /// The reason in database and metrics.
    #[must_use]
    pub const fn reason(&self) -> Option<&'static str> {
        match self {
            Self::Sent { .. } => None,
            Self::NotSent(reason) => Some(reason.as_str()),
        }
    }
}

/// Ends the reply as its row was read: a newer version is somebody else's and stays untouched.
///
/// # Errors
/// What the database answers.
pub async fn settle<C: ConnectionTrait>(
    transaction: &C,
    reply: &OpenReply,
    outcome: &ReplyOutcome,
    now: Timestamp,
) -> Result<Transition, StorageError> {
    let leaves = matches!(outcome, ReplyOutcome::Sent { .. }) && leave::lock(transaction, reply).await?;
    let Some(written) = write_final_state(transaction, reply, outcome, now).await? else {
        return Ok(Transition::Conflict);
    };
    let charged = match outcome {
        ReplyOutcome::Sent { .. } => 1,
        ReplyOutcome::NotSent(_) => {
            if reply.state.holds_credit() {
                credits::restore(transaction, reply.id, now).await?;
            }
            0
        }
    };
    vault::store::destroy(transaction, reply.id.as_uuid()).await?;
    complete_inbound_row(transaction, reply, outcome, charged, now).await?;
    if let ReplyOutcome::Sent { .. } = outcome {
        log_outbound(transaction, reply, written.platform_message_id, now).await?;
    }
    if leaves {
        leave::to_person(transaction, reply, now).await?;
    }
    observe(reply, outcome, now);
    Ok(Transition::Applied)
}

#[derive(FromQueryResult)]
struct Written {
    platform_message_id: Option<String>,
}

/// One message id completes one reply only: an echo may have given it to another reply with the same words.
async fn write_final_state<C: ConnectionTrait>(
    transaction: &C,
    reply: &OpenReply,
    outcome: &ReplyOutcome,
    now: Timestamp,
) -> Result<Option<Written>, StorageError> {
    let text = "UPDATE replies SET state = $1, reason = $2, settled_at = $4,
            platform_message_id = (CASE WHEN EXISTS (SELECT 1 FROM replies taken
                WHERE taken.account_id = $9 AND taken.platform_message_id = $3 AND taken.id <> $5) THEN NULL ELSE $3 END),
            wait_reason = NULL, claimed_by = NULL, claimed_until = NULL, version = version + 1
        WHERE id = $5 AND state = $6 AND version = $7 AND COALESCE(claimed_by, '') = $8 AND settled_at IS NULL
        RETURNING platform_message_id";
    let mid = match outcome {
        ReplyOutcome::Sent { mid } => mid.clone(),
        ReplyOutcome::NotSent(_) => None,
    };
    let values: [Value; 9] = [
        outcome.outcome().into(),
        outcome.reason().map(str::to_owned).into(),
        mid.into(),
        now.as_millis().into(),
        reply.id.as_uuid().into(),
        reply.state.as_str().into(),
        reply.version.into(),
        reply.claimed_by.clone().unwrap_or_default().into(),
        reply.account.as_uuid().into(),
    ];
    sql::optional(transaction, text, values).await
}

async fn complete_inbound_row<C: ConnectionTrait>(
    transaction: &C,
    reply: &OpenReply,
    outcome: &ReplyOutcome,
    credits: i64,
    now: Timestamp,
) -> Result<(), StorageError> {
    let text = "UPDATE messages SET outcome = $1, reason = $2, rule_id = $3, response_kind = $4, credits = $5,
            latency_ms = $6, reply_id = $7 WHERE id = $8";
    let latency = now.as_millis().saturating_sub(reply.created_at.as_millis()).max(0);
    let values: [Value; 8] = [
        outcome.outcome().into(),
        outcome.reason().map(str::to_owned).into(),
        reply.rule.map(|rule| rule.as_uuid()).into(),
        reply.response_kind.map(|kind| kind.as_str().to_owned()).into(),
        credits.into(),
        latency.into(),
        reply.id.as_uuid().into(),
        reply.message.as_uuid().into(),
    ];
    sql::execute(transaction, text, values).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Logged {
    id: Uuid,
}

/// The outbound row is the inbound one with sides swapped. An echo that was taken for a person's becomes ours.
async fn log_outbound<C: ConnectionTrait>(
    transaction: &C,
    reply: &OpenReply,
    mid: Option<String>,
    now: Timestamp,
) -> Result<(), StorageError> {
    let text =
        "INSERT INTO messages (id, tenant_id, channel, account_id, direction, author, kind, sender_id, recipient_id,
            platform_message_id, reply_id, rule_id, response_kind, credits, occurred_at, created_at)
        SELECT $1, tenant_id, channel, account_id, 'outbound', 'concierge', 'text', recipient_id, sender_id,
            $2, $3, rule_id, response_kind, 0, $4, $4 FROM messages WHERE id = $5
        ON CONFLICT (account_id, platform_message_id, direction) WHERE platform_message_id IS NOT NULL
        DO UPDATE SET author = 'concierge', reply_id = excluded.reply_id, rule_id = excluded.rule_id,
            response_kind = excluded.response_kind
        RETURNING id";
    let id = Uuid::now_v7();
    let values: [Value; 5] = [
        id.into(),
        mid.into(),
        reply.id.as_uuid().into(),
        now.as_millis().into(),
        reply.message.as_uuid().into(),
    ];
    let logged = sql::optional::<Logged, C>(transaction, text, values).await?;
    if logged.is_some_and(|logged| logged.id != id) {
        person::wrote_last(transaction, vec![reply.id.as_uuid().into()]).await?;
    }
    Ok(())
}

/// Counted when written, not when committed: a rolled-back settlement is rare and tried again.
pub(super) fn observe(reply: &OpenReply, outcome: &ReplyOutcome, now: Timestamp) {
    let reason = outcome.reason().unwrap_or("none");
    tracing::debug!(
        reply.id = %reply.id,
        message.id = %reply.message,
        account.id = %reply.account,
        outcome = outcome.outcome(),
        reason,
        "the reply is settled"
    );
    metrics::counter!("concierge_replies_total", "outcome" => outcome.outcome(), "reason" => reason).increment(1);
    if matches!(outcome, ReplyOutcome::Sent { .. }) {
        metrics::histogram!("concierge_reply_seconds").record(now.since(reply.created_at).as_secs_f64());
    }
}
