//! The transitions between non-final states.

use domain::ids::{AccountId, RuleId};
use domain::reasons::WaitReason;
use domain::replies::ReplyState;
use domain::rules::ResponseKind;
use domain::time::Timestamp;
use sea_orm::{ConnectionTrait, Value};

use super::row::OpenReply;
use crate::storage::{StorageError, sql};

/// Whether a transition was applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Transition {
    /// The row changed and the caller still owns it.
    Applied,
    /// Somebody else changed the row first: stop at once.
    Conflict,
}

/// Why and until when a reply waits.
#[derive(Debug, Clone, Copy)]
pub struct Waiting {
    /// Shown to the admin.
    pub reason: WaitReason,
    /// When it is due again.
    pub until: Timestamp,
}

/// Up to `sending`: reserved, composed and sending have no outside call between them and share this commit.
///
/// # Errors
/// What the database answers.
pub async fn start_sending<C: ConnectionTrait>(
    transaction: &C,
    reply: &mut OpenReply,
    rule: Option<RuleId>,
    kind: ResponseKind,
    now: Timestamp,
) -> Result<Transition, StorageError> {
    let changes = vec![
        ("rule_id", rule.map(|rule| rule.as_uuid()).into()),
        ("response_kind", kind.as_str().into()),
        ("sending_at", now.as_millis().into()),
        ("attempts", i64::from(reply.attempts + 1).into()),
        ("lookups", 0i64.into()),
        ("empty_lookups", 0i64.into()),
        // What the platform said about an earlier call says nothing about this one.
        ("presumed_sent", false.into()),
        ("wait_reason", None::<String>.into()),
        ("not_before", now.as_millis().into()),
    ];
    let transition = advance(transaction, reply, ReplyState::Sending, changes).await?;
    reply.rule = rule;
    reply.response_kind = Some(kind);
    reply.sending_at = Some(now);
    reply.attempts += 1;
    (reply.lookups, reply.empty_lookups, reply.presumed_sent) = (0, 0, false);
    Ok(transition)
}

/// Waits in the present state and frees the claim.
///
/// # Errors
/// What the database answers.
pub async fn wait<C: ConnectionTrait>(
    transaction: &C,
    reply: &mut OpenReply,
    waiting: Waiting,
) -> Result<Transition, StorageError> {
    let state = reply.state;
    advance(transaction, reply, state, released(waiting)).await
}

/// From `sending` back to `composed`: it certainly did not arrive and is sent again later.
///
/// # Errors
/// What the database answers.
pub async fn take_back<C: ConnectionTrait>(
    transaction: &C,
    reply: &mut OpenReply,
    waiting: Waiting,
) -> Result<Transition, StorageError> {
    advance(transaction, reply, ReplyState::Composed, released(waiting)).await
}

/// Notes what a read of the conversation brought, and waits for the next one.
///
/// # Errors
/// What the database answers.
pub async fn record_lookup<C: ConnectionTrait>(
    transaction: &C,
    reply: &mut OpenReply,
    counts: (u32, u32),
    presumed_sent: bool,
    until: Timestamp,
) -> Result<Transition, StorageError> {
    let (lookups, empty) = counts;
    let mut changes = released(Waiting {
        reason: WaitReason::Confirming,
        until,
    });
    changes.push(("lookups", i64::from(lookups).into()));
    changes.push(("empty_lookups", i64::from(empty).into()));
    changes.push(("presumed_sent", presumed_sent.into()));
    advance(transaction, reply, ReplyState::Sending, changes).await
}

fn released(waiting: Waiting) -> Vec<(&'static str, Value)> {
    vec![
        ("wait_reason", waiting.reason.as_str().into()),
        ("not_before", waiting.until.as_millis().into()),
        ("claimed_by", None::<String>.into()),
        ("claimed_until", None::<i64>.into()),
    ]
}

async fn advance<C: ConnectionTrait>(
    transaction: &C,
    reply: &mut OpenReply,
    to: ReplyState,
    changes: Vec<(&'static str, Value)>,
) -> Result<Transition, StorageError> {
    let mut values: Vec<Value> = vec![
        to.as_str().into(),
        reply.id.as_uuid().into(),
        reply.state.as_str().into(),
        reply.version.into(),
        reply.claimed_by.clone().unwrap_or_default().into(),
    ];
    let mut set = String::new();
    for (column, value) in changes {
        values.push(value);
        set.push_str(&format!(", {column} = ${}", values.len()));
    }
    let text = format!(
        "UPDATE replies SET state = $1, version = version + 1{set}
        WHERE id = $2 AND state = $3 AND version = $4 AND COALESCE(claimed_by, '') = $5 AND settled_at IS NULL"
    );
    if sql::execute(transaction, text, values).await? == 0 {
        return Ok(Transition::Conflict);
    }
    reply.state = to;
    reply.version += 1;
    Ok(Transition::Applied)
}

/// The account can send again: what waited for that is due now. Returns how many.
pub async fn make_waiting_due<C: ConnectionTrait>(
    transaction: &C,
    account: AccountId,
    now: Timestamp,
) -> Result<u64, StorageError> {
    let text = "UPDATE replies SET not_before = $1, version = version + 1
        WHERE account_id = $2 AND settled_at IS NULL AND claimed_by IS NULL AND not_before > $1
            AND wait_reason IN ('needs_reconnect', 'needs_attention')";
    sql::execute(transaction, text, [now.as_millis().into(), account.as_uuid().into()]).await
}

/// The pause of the account is over: what waited for that is due now. Returns how many.
pub async fn make_paused_due<C: ConnectionTrait>(
    transaction: &C,
    account: AccountId,
    now: Timestamp,
) -> Result<u64, StorageError> {
    let text = "UPDATE replies SET not_before = $1, version = version + 1
        WHERE account_id = $2 AND settled_at IS NULL AND claimed_by IS NULL AND not_before > $1 AND wait_reason = 'paused'";
    sql::execute(transaction, text, [now.as_millis().into(), account.as_uuid().into()]).await
}
