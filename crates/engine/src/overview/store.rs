//! Rows of balances and replies.

use std::time::Duration;

use domain::credits::LedgerKind;
use domain::ids::TenantId;
use domain::reasons::{Reason, WaitReason};
use domain::replies::ReplyState;
use domain::time::Timestamp;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::sql::{AI_RESPONSES, SILENCED_CONVERSATIONS, SilencedRow};
use crate::storage::entity::{credit_balances, credit_ledger, replies};
use crate::storage::{Connection, StorageError, sql};

/// What was silenced earlier is no longer news, and Instagram takes no automatic reply to it.
const RECENT: Duration = Duration::from_secs(24 * 60 * 60);

/// How the JSON of an AI response begins.
const AI_PROMPT: &str = r#"{"kind":"ai_prompt"%"#;

/// Whether a rule that is on, or a default reply, is written by the AI.
pub(super) async fn has_ai_responses<C: Connection>(connection: &C, tenant: TenantId) -> Result<bool, StorageError> {
    let count: Option<i64> = sql::value(connection, AI_RESPONSES, [tenant.into(), AI_PROMPT.into()]).await?;
    Ok(count.unwrap_or_default() > 0)
}

/// Credits left; reserved ones are off already.
pub(crate) async fn balance<C: Connection>(connection: &C, tenant: TenantId) -> Result<i64, StorageError> {
    let balance = credit_balances::Entity::find_by_id(tenant)
        .select_only()
        .column(credit_balances::Column::Balance);
    Ok(balance.into_tuple().one(connection).await?.unwrap_or_default())
}

/// Credits of replies that are not final yet.
pub(super) async fn reserved<C: Connection>(connection: &C, tenant: TenantId) -> Result<i64, StorageError> {
    let states = ReplyState::all().iter().copied().filter(|state| state.holds_credit());
    let holding = replies::find_for(tenant)
        .filter(replies::Column::SettledAt.is_null())
        .filter(replies::Column::State.is_in(states))
        .select_only()
        .column_as(replies::Column::Id.count(), "replies");
    Ok(holding.into_tuple().one(connection).await?.unwrap_or_default())
}

/// Replies that wait until the AI provider answers.
pub(crate) async fn waiting_for_ai<C: Connection>(connection: &C, tenant: TenantId) -> Result<u64, StorageError> {
    let waiting = replies::find_for(tenant)
        .filter(replies::Column::SettledAt.is_null())
        .filter(replies::Column::WaitReason.eq(WaitReason::AiUnavailable));
    Ok(waiting.count(connection).await?)
}

/// Whether a reply cost a credit before `before`.
pub(super) async fn used_credits_before<C: Connection>(
    connection: &C,
    tenant: TenantId,
    before: Timestamp,
) -> Result<bool, StorageError> {
    let oldest = credit_ledger::Entity::find()
        .filter(credit_ledger::Column::TenantId.eq(tenant))
        .filter(credit_ledger::Column::CreatedAt.lt(before))
        .filter(credit_ledger::Column::Kind.eq(LedgerKind::Deduct))
        .select_only()
        .column(credit_ledger::Column::CreatedAt)
        .limit(1);
    Ok(oldest.into_tuple::<Timestamp>().one(connection).await?.is_some())
}

/// Conversations whose latest DMs got no reply although every connection works, by account and reason.
pub(super) async fn silenced_conversations<C: Connection>(
    connection: &C,
    tenant: TenantId,
    now: Timestamp,
) -> Result<Vec<SilencedRow>, StorageError> {
    let values = [
        tenant.into(),
        (now - RECENT).into(),
        Reason::ConversationLimit.into(),
        Reason::AiHeld.into(),
        Reason::NoCredits.into(),
        Reason::PromptNotApproved.into(),
        Reason::PersonaNotApproved.into(),
        Reason::AiOff.into(),
    ];
    sql::all(connection, SILENCED_CONVERSATIONS, values).await
}

/// The last entry of the ledger before a moment: when, and the balance after it.
pub(super) async fn balance_before<C: Connection>(
    connection: &C,
    tenant: TenantId,
    end: Timestamp,
) -> Result<Option<(Timestamp, i64)>, StorageError> {
    use credit_ledger::Column;
    let entry = credit_ledger::find_for(tenant)
        .filter(Column::CreatedAt.lt(end))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(1)
        .select_only()
        .columns([Column::CreatedAt, Column::BalanceAfter]);
    Ok(entry.into_tuple().one(connection).await?)
}
