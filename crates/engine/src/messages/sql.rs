//! The log with what the open reply and the rule of a row say.

use std::time::Duration;

use domain::answer_checks::HeldBy;
use domain::ids::{AccountId, MessageId, RuleId, TenantId};
use domain::messages::{Author, Direction, MessageKind, MessageOutcome};
use domain::reasons::{Reason, WaitReason};
use domain::replies::ReplyState;
use domain::rules::ResponseKind;
use domain::time::Timestamp;
use sea_orm::FromQueryResult;

use super::cursor::Key;
use crate::replies::sql::is_not_settled;
use crate::rules::{NamedRule, RulesAsOf};
use crate::storage::{Connection, StorageError, statements};

#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct LogRow {
    pub(super) id: MessageId,
    pub(super) account_id: AccountId,
    pub(super) direction: Direction,
    pub(super) author: Author,
    pub(super) kind: MessageKind,
    pub(super) sender_id: String,
    pub(super) recipient_id: String,
    pub(super) rule_id: Option<RuleId>,
    response_kind: Option<ResponseKind>,
    pub(super) outcome: Option<MessageOutcome>,
    /// The final one; [`Self::reason`] reads it.
    reason: Option<String>,
    pub(super) credits: i64,
    pub(super) latency_ms: Option<i64>,
    /// The check that held the AI's answer back.
    held_by: Option<String>,
    pub(super) created_at: Timestamp,
    state: Option<ReplyState>,
    pub(super) wait_reason: Option<WaitReason>,
    pub(super) not_before: Option<Timestamp>,
    pub(super) window_until: Option<Timestamp>,
    pub(super) rule_label: Option<String>,
    rule_position: Option<i64>,
    pub(super) rule_is_deleted: bool,
}

/// The name of a reason, of this release or of another.
#[derive(FromQueryResult)]
pub(super) struct ReasonRow {
    pub(super) reason: String,
}

/// What stands behind `WHERE`, from the fewest conditions to the most; `Conditions` writes them.
pub(super) const TAILS: [&str; 3] = [
    "m.tenant_id = $1 ORDER BY m.created_at DESC, m.id DESC LIMIT $2",
    "m.tenant_id = $1 AND (m.direction = $2 OR m.author <> $3) AND m.outcome IS NULL AND EXISTS
            (SELECT 1 FROM replies w WHERE w.message_id = m.id AND w.settled_at IS NULL)
        AND (m.created_at, m.id) > ($4, $5) ORDER BY m.created_at ASC, m.id ASC LIMIT $6",
    "m.tenant_id = $1 AND m.created_at >= $2 AND m.created_at < $3 AND (m.direction = $4 OR m.author <> $5)
        AND m.account_id = $6 AND m.direction = $7 AND m.reason = $8 AND m.outcome = $9
        AND (m.created_at, m.id) < ($10, $11) ORDER BY m.created_at DESC, m.id DESC LIMIT $12",
];

statements! {
    pub(super) const ROWS: &str = concat!(
        "SELECT m.id, m.account_id, m.direction, m.author, m.kind, m.sender_id, m.recipient_id, m.rule_id,
            m.response_kind, m.outcome, m.reason, m.credits, m.latency_ms, m.held_by, m.created_at, p.state, p.wait_reason,
            p.not_before, v.window_until, r.label AS rule_label,
            CASE WHEN r.deleted_at IS NULL THEN r.position END AS rule_position,
            m.rule_id IS NOT NULL AND (r.id IS NULL OR r.deleted_at IS NOT NULL) AS rule_is_deleted
        FROM messages m LEFT JOIN replies p ON p.message_id = m.id AND ", is_not_settled!("p."), "
            LEFT JOIN conversations v ON v.id = p.conversation_id LEFT JOIN rules r ON r.id = m.rule_id
        WHERE {conditions}"), conditions [TAILS[0], TAILS[1], TAILS[2]];

    /// Counts to 1,000 and one.
    pub(super) const COUNT: &str =
        "SELECT COUNT(*) FROM (SELECT m.id FROM messages m WHERE {conditions} LIMIT 1001) AS found",
        conditions ["m.tenant_id = $1"];

    /// Why replies ended without one, in the newest 1,000 messages.
    pub(super) const REASONS: &str =
        "SELECT DISTINCT newest.reason FROM
            (SELECT m.reason FROM messages m WHERE m.tenant_id = $1 ORDER BY m.created_at DESC, m.id DESC LIMIT 1000) AS newest
        WHERE newest.reason IS NOT NULL";
}

impl LogRow {
    pub(super) const fn key(&self) -> Key {
        Key {
            created_at: self.created_at,
            id: self.id.as_uuid(),
        }
    }

    /// Its reply is not final yet.
    pub(super) const fn is_open(&self) -> bool {
        self.outcome.is_none() && self.state.is_some()
    }

    /// Its open reply holds a credit.
    pub(super) fn holds_credit(&self) -> bool {
        self.is_open() && self.state.is_some_and(ReplyState::holds_credit)
    }

    pub(super) fn is_ai(&self) -> bool {
        self.response_kind == Some(ResponseKind::AiPrompt)
    }

    /// Why it ended; none for a reason of another release.
    pub(super) fn reason(&self) -> Option<Reason> {
        self.reason.as_ref()?.parse().ok()
    }

    /// What was wrong with the answer that was held back; none for a check that this release does not know.
    pub(super) fn held_by(&self) -> Option<HeldBy> {
        self.held_by.as_ref()?.parse().ok()
    }

    /// The place of its rule: the present one until [`as_of_then`]; none where it is not known.
    pub(super) fn rule_position(&self) -> Option<u32> {
        self.rule_position.and_then(|position| u32::try_from(position).ok())
    }

    /// When it was decided: an answer right before it went out, after whatever it had to wait for.
    fn decided_at(&self) -> Timestamp {
        let took = self
            .latency_ms
            .and_then(|took| u64::try_from(took).ok())
            .unwrap_or_default();
        self.created_at + Duration::from_millis(took)
    }
}

/// Gives the rule of each row the name and the place that it had when it answered.
pub(super) async fn as_of_then<C: Connection>(
    connection: &C,
    tenant: TenantId,
    rows: &mut [LogRow],
) -> Result<(), StorageError> {
    let answered = rows.iter().filter(|row| row.rule_id.is_some());
    let oldest = answered.map(LogRow::decided_at).min();
    let as_of = RulesAsOf::since(connection, tenant, oldest).await?;
    for row in rows {
        let Some(rule) = row.rule_id else { continue };
        let present = NamedRule {
            label: row.rule_label.take(),
            position: row.rule_position,
        };
        let then = as_of.at(row.account_id, rule, row.decided_at(), present);
        (row.rule_label, row.rule_position) = (then.label, then.position);
    }
    Ok(())
}
