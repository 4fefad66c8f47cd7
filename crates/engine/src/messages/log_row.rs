//! One row of the log as stored, with what its open reply and its rule say.

use domain::reasons::{Reason, WaitReason};
use domain::replies::ReplyState;
use domain::rules::ResponseKind;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::cursor::Key;

#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct LogRow {
    pub(super) id: Uuid,
    pub(super) account_id: Uuid,
    pub(super) direction: String,
    pub(super) author: String,
    pub(super) kind: String,
    pub(super) sender_id: String,
    pub(super) recipient_id: String,
    pub(super) rule_id: Option<Uuid>,
    response_kind: Option<String>,
    pub(super) outcome: Option<String>,
    reason: Option<String>,
    pub(super) credits: i64,
    pub(super) latency_ms: Option<i64>,
    pub(super) created_at: i64,
    state: Option<String>,
    wait_reason: Option<String>,
    pub(super) not_before: Option<i64>,
    pub(super) window_until: Option<i64>,
    pub(super) rule_label: Option<String>,
    rule_position: Option<i64>,
    rule_deleted_at: Option<i64>,
}

/// Columns and joins; conditions, order and limit follow.
pub(super) const SELECT: &str = "SELECT m.id AS id, m.account_id AS account_id, m.direction AS direction,
        m.author AS author, m.kind AS kind, m.sender_id AS sender_id, m.recipient_id AS recipient_id,
        m.rule_id AS rule_id, m.response_kind AS response_kind, m.outcome AS outcome, m.reason AS reason,
        m.credits AS credits, m.latency_ms AS latency_ms, m.created_at AS created_at, p.state AS state,
        p.wait_reason AS wait_reason, p.not_before AS not_before, v.window_until AS window_until,
        r.label AS rule_label, r.position AS rule_position, r.deleted_at AS rule_deleted_at
    FROM messages m LEFT JOIN replies p ON p.message_id = m.id AND p.settled_at IS NULL
        LEFT JOIN conversations v ON v.id = p.conversation_id LEFT JOIN rules r ON r.id = m.rule_id";

impl LogRow {
    pub(super) const fn key(&self) -> Key {
        Key {
            created_at: self.created_at,
            id: self.id,
        }
    }

    /// The final reason, if it has one.
    pub(super) fn reason(&self) -> Option<Reason> {
        self.reason.as_deref()?.parse().ok()
    }

    /// What its open reply waits for.
    pub(super) fn wait_reason(&self) -> Option<WaitReason> {
        self.wait_reason.as_deref()?.parse().ok()
    }

    /// Its reply is not final yet.
    pub(super) const fn is_open(&self) -> bool {
        self.outcome.is_none() && self.state.is_some()
    }

    /// Its open reply holds a credit.
    pub(super) fn holds_credit(&self) -> bool {
        let state = self.state.as_deref().and_then(|name| name.parse::<ReplyState>().ok());
        self.is_open() && state.is_some_and(ReplyState::holds_credit)
    }

    pub(super) fn is_ai(&self) -> bool {
        self.response_kind.as_deref() == Some(ResponseKind::AiPrompt.as_str())
    }

    /// The present place of its rule; none once that is deleted.
    pub(super) fn rule_position(&self) -> Option<u32> {
        let live = self.rule_deleted_at.is_none();
        self.rule_position
            .filter(|_| live)
            .and_then(|position| u32::try_from(position).ok())
    }
}
