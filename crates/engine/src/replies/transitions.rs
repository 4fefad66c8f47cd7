//! The transitions between non-final states that one reply takes alone.

use std::time::Duration;

use domain::ids::{AccountId, ReplyId, RuleId, TenantId};
use domain::reasons::WaitReason;
use domain::replies::ReplyState;
use domain::rules::ResponseKind;
use domain::time::Timestamp;

use super::sql::{
    COUNT_WAITING_FOR, MAKE_DUE, MAKE_DUE_FOR_DEPLOYMENT, MAKE_LOOKUP_DUE, MAKE_LOOKUPS_DUE, OpenReply, RECORD_LOOKUP,
    START_COMPOSING, TAKE_BACK_QUESTION, VOID_ALL_CLAIMS, WAIT, WAIT_FOR_SCORES,
};
use crate::clock::Clock;
use crate::storage::{Connection, Database, StorageError, Transaction, Value, has_row_locks, sql};

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

/// Who claims, and for how long.
#[derive(Debug, Clone)]
pub struct Claimant {
    /// Unique per process start.
    pub name: String,
    /// How long a claim lasts without being renewed.
    pub length: Duration,
}

impl Claimant {
    pub(super) fn length_ms(&self) -> i64 {
        i64::try_from(self.length.as_millis()).unwrap_or(i64::MAX)
    }
}

/// Several servers compare claims with the database's clock; one process, or a test, with its own.
pub(super) fn claim_clock(transaction: &Transaction, clock: &dyn Clock) -> Option<Timestamp> {
    (!has_row_locks(transaction) || !clock.is_real()).then(|| clock.now())
}

/// SQLite belongs to one process (a lock file sees to it): at its start every claim is left over from a crash.
pub async fn void_all_claims(database: &Database) -> Result<u64, StorageError> {
    sql::execute(database.writer(), VOID_ALL_CLAIMS, []).await
}

impl OpenReply {
    /// What every change compares: id, state, version and owner.
    pub(super) fn as_read(&self) -> [Value; 4] {
        let owner = self.claimed_by.clone().unwrap_or_default();
        [self.id.into(), self.state.into(), self.version.into(), owner.into()]
    }
}

/// To `reserved`, before a call to the AI: the claim begins anew. `reply.held_by` says why an earlier answer was held back.
pub async fn start_composing(
    transaction: &Transaction,
    reply: &mut OpenReply,
    rule: Option<RuleId>,
    claimant: &Claimant,
    clock: &dyn Clock,
) -> Result<Transition, StorageError> {
    let kind = ResponseKind::AiPrompt;
    let changes = [
        rule.into(),
        kind.into(),
        reply.held_by.into(),
        claimant.length_ms().into(),
        claim_clock(transaction, clock).into(),
    ];
    let transition = advance(transaction, reply, ReplyState::Reserved, START_COMPOSING, changes).await?;
    (reply.rule, reply.response_kind) = (rule, Some(kind));
    reply.compose_attempts = reply.compose_attempts.saturating_add(1);
    Ok(transition)
}

/// Waits in the present state for a turn at the AI, which was not asked.
pub async fn wait_for_turn(
    transaction: &Transaction,
    reply: &mut OpenReply,
    until: Timestamp,
) -> Result<Transition, StorageError> {
    let state = reply.state;
    advance(transaction, reply, state, TAKE_BACK_QUESTION, [until.into()]).await
}

/// Waits in the present state for what the message means; counted like a question to the AI.
pub async fn wait_for_scores<C: Connection>(
    transaction: &C,
    reply: &mut OpenReply,
    until: Timestamp,
) -> Result<Transition, StorageError> {
    let state = reply.state;
    let changes = [WaitReason::AiUnavailable.into(), until.into()];
    advance(transaction, reply, state, WAIT_FOR_SCORES, changes).await
}

/// Waits in the present state and frees the claim.
pub async fn wait<C: Connection>(
    transaction: &C,
    reply: &mut OpenReply,
    waiting: Waiting,
) -> Result<Transition, StorageError> {
    let state = reply.state;
    let changes = [waiting.reason.into(), waiting.until.into()];
    advance(transaction, reply, state, WAIT, changes).await
}

/// From `sending` back to `composed`: it certainly did not arrive and is sent again later.
pub async fn take_back<C: Connection>(
    transaction: &C,
    reply: &mut OpenReply,
    waiting: Waiting,
) -> Result<Transition, StorageError> {
    let changes = [waiting.reason.into(), waiting.until.into()];
    advance(transaction, reply, ReplyState::Composed, WAIT, changes).await
}

/// Notes how many reads of the conversation there were, how many found nothing, and waits for the next one.
pub async fn record_lookup<C: Connection>(
    transaction: &C,
    reply: &mut OpenReply,
    (lookups, empty): (i64, i64),
    presumed_sent: bool,
    until: Timestamp,
) -> Result<Transition, StorageError> {
    let changes = [
        WaitReason::Confirming.into(),
        until.into(),
        lookups.into(),
        empty.into(),
        presumed_sent.into(),
    ];
    advance(transaction, reply, ReplyState::Sending, RECORD_LOOKUP, changes).await
}

async fn advance<C: Connection>(
    transaction: &C,
    reply: &mut OpenReply,
    to: ReplyState,
    statement: &str,
    changes: impl IntoIterator<Item = Value>,
) -> Result<Transition, StorageError> {
    let values: Vec<Value> = reply.as_read().into_iter().chain([to.into()]).chain(changes).collect();
    if sql::execute(transaction, statement, values).await? == 0 {
        return Ok(Transition::Conflict);
    }
    reply.state = to;
    reply.version = reply.version.saturating_add(1);
    Ok(Transition::Applied)
}

/// The account can send again: what waited for that is due now. Returns how many.
pub async fn make_waiting_due<C: Connection>(
    transaction: &C,
    account: AccountId,
    now: Timestamp,
) -> Result<u64, StorageError> {
    let reasons = vec![WaitReason::NeedsReconnect, WaitReason::NeedsAttention];
    make_due(transaction, account, reasons, now).await
}

/// The pause of the account is over: what waited for that is due now. Returns how many.
pub async fn make_paused_due<C: Connection>(
    transaction: &C,
    account: AccountId,
    now: Timestamp,
) -> Result<u64, StorageError> {
    make_due(transaction, account, vec![WaitReason::Paused], now).await
}

/// The platform answers again: what became of the reply is read now.
pub async fn make_lookup_due<C: Connection>(
    connection: &C,
    reply: ReplyId,
    now: Timestamp,
) -> Result<bool, StorageError> {
    let values = [now.into(), reply.into(), WaitReason::Confirming.into()];
    Ok(sql::execute(connection, MAKE_LOOKUP_DUE, values).await? > 0)
}

/// The account is connected: what became of its replies of unknown outcome is read now. Not counted, because nothing may be sent.
pub async fn make_lookups_due<C: Connection>(
    transaction: &C,
    account: AccountId,
    now: Timestamp,
) -> Result<(), StorageError> {
    let values = [now.into(), account.into(), WaitReason::Confirming.into()];
    sql::execute(transaction, MAKE_LOOKUPS_DUE, values).await?;
    Ok(())
}

/// The platform takes this deployment, or may do so now: what waited for that is due. Of all accounts. Returns how many.
pub async fn make_due_for_deployment<C: Connection>(connection: &C, now: Timestamp) -> Result<u64, StorageError> {
    let values = [now.into(), WaitReason::DeploymentRefused.into()];
    sql::execute(connection, MAKE_DUE_FOR_DEPLOYMENT, values).await
}

/// Replies that wait because the platform refuses this deployment: of a tenant, or of all.
pub async fn count_waiting_for_deployment<C: Connection>(
    connection: &C,
    tenant: Option<TenantId>,
) -> Result<u64, StorageError> {
    let values = [
        WaitReason::DeploymentRefused.into(),
        tenant.is_none().into(),
        tenant.into(),
    ];
    let waiting = sql::value::<i64, _>(connection, COUNT_WAITING_FOR, values).await?;
    Ok(waiting.map_or(0, |waiting| u64::try_from(waiting).unwrap_or_default()))
}

async fn make_due<C: Connection>(
    transaction: &C,
    account: AccountId,
    waited_for: Vec<WaitReason>,
    now: Timestamp,
) -> Result<u64, StorageError> {
    let (text, values) = sql::with_list(MAKE_DUE, [now.into(), account.into()], waited_for);
    sql::execute(transaction, text, values).await
}
