//! What overview and credits page count and list.

use domain::credits::LedgerKind;
use domain::ids::{AccountId, ReplyId, RuleId};
use domain::reasons::Reason;
use domain::rules::ResponseKind;
use domain::time::Timestamp;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::storage::statements;

/// The DMs of a quarter of an hour.
#[derive(FromQueryResult)]
pub(super) struct QuarterRow {
    pub(super) quarter: i64,
    pub(super) canned: i64,
    pub(super) ai: i64,
    pub(super) not_answered: i64,
}

/// A row of the ledger with the reply it belongs to.
#[derive(FromQueryResult)]
pub(super) struct EntryRow {
    pub(super) id: Uuid,
    pub(super) reply_id: Option<ReplyId>,
    pub(super) kind: LedgerKind,
    pub(super) amount: i64,
    pub(super) balance_after: i64,
    pub(super) note: Option<String>,
    pub(super) created_at: Timestamp,
    pub(super) customer_id: Option<String>,
    pub(super) account: Option<String>,
    pub(super) settled_at: Option<Timestamp>,
    pub(super) reason: Option<Reason>,
    pub(super) response_kind: Option<ResponseKind>,
    pub(super) rule_id: Option<RuleId>,
    pub(super) rule_position: Option<i64>,
    pub(super) rule_label: Option<String>,
    pub(super) account_id: Option<AccountId>,
}

/// What got no reply in one account, for one reason.
#[derive(Debug, FromQueryResult)]
pub(super) struct SilencedRow {
    pub(super) account_id: AccountId,
    pub(super) reason: Reason,
    pub(super) conversations: i64,
    pub(super) messages: i64,
}

/// Two pulses differ when something changed in between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, FromQueryResult)]
pub struct Pulse {
    pub(super) newest_message: Timestamp,
    pub(super) newest_entry: Timestamp,
    pub(super) open_replies: i64,
    pub(super) accounts: i64,
    pub(super) rules: i64,
    pub(super) persona_versions: i64,
    pub(super) safety_checks: i64,
}

/// What stands behind `WHERE`; `Conditions` writes it.
const TAILS: [&str; 4] = [
    "l.tenant_id = $1 AND l.created_at >= $2 AND l.created_at < $3 ORDER BY l.created_at DESC, l.id DESC LIMIT $4",
    "l.tenant_id = $1 ORDER BY l.created_at DESC, l.id DESC LIMIT $2",
    "l.tenant_id = $1 AND l.kind = $2 AND (l.created_at, l.id) < ($3, $4) ORDER BY l.created_at DESC, l.id DESC LIMIT $5",
    "l.tenant_id = $1 AND (l.created_at, l.id) > ($2, $3) ORDER BY l.created_at ASC, l.id ASC LIMIT $4",
];

statements! {
    /// Tenant, since when; sent, AI, failed, skipped, inbound, customer.
    pub(super) const QUARTERS: &str =
        "SELECT created_at / 900000 AS quarter,
            COUNT(CASE WHEN outcome = $3 AND (response_kind IS NULL OR response_kind <> $4) THEN 1 END) AS canned,
            COUNT(CASE WHEN outcome = $3 AND response_kind = $4 THEN 1 END) AS ai,
            COUNT(CASE WHEN outcome IN ($5, $6) THEN 1 END) AS not_answered
        FROM messages WHERE tenant_id = $1 AND created_at >= $2 AND direction = $7 AND author = $8
        GROUP BY created_at / 900000";

    pub(super) const ENTRIES: &str =
        "SELECT l.id, l.reply_id, l.kind, l.amount, l.balance_after, l.note, l.created_at, v.customer_id,
            i.username AS account, p.settled_at, p.reason, p.response_kind, p.rule_id,
            CASE WHEN r.deleted_at IS NULL THEN r.position END AS rule_position, r.label AS rule_label,
            p.account_id
        FROM credit_ledger l LEFT JOIN replies p ON p.id = l.reply_id
            LEFT JOIN conversations v ON v.id = p.conversation_id
            LEFT JOIN instagram_accounts i ON i.account_id = p.account_id LEFT JOIN rules r ON r.id = p.rule_id
        WHERE {conditions}", conditions [TAILS[0], TAILS[1], TAILS[2]];

    /// Tenant, the reason *no credits*, and the kind of a grant: since when, and how many.
    pub(super) const UNANSWERED: &str =
        "SELECT MIN(created_at), COUNT(*) FROM messages
        WHERE tenant_id = $1 AND reason = $2 AND created_at >= COALESCE(
            (SELECT l.created_at FROM credit_ledger l WHERE l.tenant_id = $1 AND l.kind = $3
                ORDER BY l.created_at DESC LIMIT 1), 0)";

    /// Tenant, and how the JSON of an AI response begins.
    pub(super) const AI_RESPONSES: &str =
        "SELECT COUNT(*) FROM (
            SELECT id FROM rules WHERE tenant_id = $1 AND deleted_at IS NULL AND enabled AND response LIKE $2
            UNION ALL SELECT account_id FROM reply_configs WHERE tenant_id = $1 AND default_response LIKE $2
        ) AS prompts";

    /// Tenant, since when, the reason; *sent*, *AI prompt*.
    pub(super) const AI_FAILURES: &str =
        "SELECT COUNT(*) FROM messages WHERE tenant_id = $1 AND created_at >= $2 AND reason = $3 AND created_at > COALESCE(
            (SELECT MAX(created_at) FROM messages
                WHERE tenant_id = $1 AND created_at >= $2 AND outcome = $4 AND response_kind = $5), 0)";

    /// Tenant, since when, the reasons. Not where a person has answered since, or was asked to.
    pub(super) const SILENCED_CONVERSATIONS: &str =
        "SELECT m.account_id, m.reason, COUNT(DISTINCT m.sender_id) AS conversations, COUNT(*) AS messages FROM messages m
        WHERE m.tenant_id = $1 AND m.created_at >= $2 AND m.reason IN ($3, $4, $5, $6, $7, $8) AND NOT EXISTS
            (SELECT 1 FROM conversations v WHERE v.account_id = m.account_id AND v.customer_id = m.sender_id
                AND (v.last_human_at >= m.occurred_at OR v.left_to_person_at >= m.occurred_at))
        GROUP BY m.account_id, m.reason";

    /// Tenant, and before when an open reply was recorded that waits for long: pages tell of it from then on.
    pub(super) const PULSE: &str =
        "SELECT
            COALESCE((SELECT MAX(created_at) FROM messages WHERE tenant_id = $1), 0) AS newest_message,
            COALESCE((SELECT MAX(created_at) FROM credit_ledger WHERE tenant_id = $1), 0) AS newest_entry,
            (SELECT COUNT(*) + COUNT(CASE WHEN r.created_at < $2 THEN 1 END) FROM replies r
                JOIN accounts a ON a.id = r.account_id WHERE a.tenant_id = $1 AND r.settled_at IS NULL) AS open_replies,
            CAST(COALESCE((SELECT SUM(version + status_since + COALESCE(token_checked_at, 0)) FROM accounts
                WHERE tenant_id = $1), 0) AS BIGINT) AS accounts,
            CAST(COALESCE((SELECT SUM(revision) FROM reply_configs WHERE tenant_id = $1), 0) AS BIGINT) AS rules,
            (SELECT COUNT(*) FROM persona_versions WHERE tenant_id = $1) AS persona_versions,
            (SELECT CAST(COUNT(*) + COALESCE(SUM(attempts), 0) + COALESCE(MAX(checked_at), 0) AS BIGINT)
                FROM safety_checks WHERE tenant_id = $1) AS safety_checks";
}
