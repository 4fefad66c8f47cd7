//! What the pipeline reads: the conversations with work, and everything a decision depends on.

use domain::accounts::{AccountFacts, AccountStatus, AccountStatusKind};
use domain::ai_fallback::AiFallback;
use domain::answer_checks::HeldBy;
use domain::default_reply::DefaultReplyFrequency;
use domain::ids::{MessageId, ReplyId};
use domain::messages::{MessageKind, MessageOutcome};
use domain::reasons::{Reason, WaitReason};
use domain::time::Timestamp;
use sea_orm::FromQueryResult;

use crate::replies::sql::is_open;
use crate::storage::{StorageError, statements};

/// What a decision depends on besides reply and rules.
#[derive(FromQueryResult)]
pub(super) struct FactsRow {
    pub(super) reply_id: ReplyId,
    #[sea_orm(nested)]
    pub(super) account: AccountRow,
    pub(super) customer_id: String,
    pub(super) window_until: Timestamp,
    pub(super) last_human_at: Option<Timestamp>,
    pub(super) left_to_person_at: Option<Timestamp>,
    pub(super) resumed_at: Option<Timestamp>,
    pub(super) last_sent_at: Option<Timestamp>,
    pub(super) last_default_at: Option<Timestamp>,
    pub(super) kind: MessageKind,
    pub(super) revision: i64,
    pub(super) in_short_span: i64,
    pub(super) in_long_span: i64,
    pub(super) taken_back: i64,
    pub(super) words_key: Option<String>,
    pub(super) words: Option<Vec<u8>>,
    pub(super) token_key: Option<String>,
    pub(super) token: Option<Vec<u8>>,
}

/// The account, its tenant and their balance.
#[derive(FromQueryResult)]
pub(super) struct AccountRow {
    status: AccountStatusKind,
    paused_until: Option<Timestamp>,
    pub(super) enabled: bool,
    pub(super) auto_reply: bool,
    human_quiet_hours: i64,
    pub(super) disclosure: Option<String>,
    pub(super) default_reply_frequency: DefaultReplyFrequency,
    balance: i64,
}

impl AccountRow {
    pub(super) fn facts(&self) -> Result<AccountFacts, StorageError> {
        let status = AccountStatus::of_row(self.status, self.paused_until);
        Ok(AccountFacts {
            status: status.ok_or(StorageError::Corrupt("status of an account"))?,
            enabled: self.enabled,
            auto_reply: self.auto_reply,
        })
    }

    pub(super) fn quiet_hours(&self) -> u32 {
        u32::try_from(self.human_quiet_hours).unwrap_or(u32::MAX)
    }

    pub(super) const fn has_credits(&self) -> bool {
        self.balance > 0
    }
}

/// What a simulation depends on besides rules and message.
#[derive(FromQueryResult)]
pub(super) struct SimulatorRow {
    #[sea_orm(nested)]
    pub(super) account: AccountRow,
    pub(super) revision: i64,
}

/// What an AI reply depends on besides the texts.
#[derive(FromQueryResult)]
pub(super) struct AiSettingsRow {
    pub(super) ai_fallback: AiFallback,
    username: String,
    page_name: String,
}

impl AiSettingsRow {
    /// The names under which customers know the account.
    pub(super) fn handles(&self) -> Vec<String> {
        let names = [&self.username, &self.page_name].into_iter();
        names.filter(|name| !name.is_empty()).cloned().collect()
    }
}

/// What became of a message.
#[derive(FromQueryResult)]
pub(super) struct ExplainedRow {
    pub(super) id: MessageId,
    pub(super) outcome: Option<MessageOutcome>,
    pub(super) reason: Option<Reason>,
    pub(super) wait_reason: Option<WaitReason>,
    pub(super) position: Option<i64>,
    pub(super) label: Option<String>,
    pub(super) credits: i64,
    pub(super) latency_ms: Option<i64>,
    pub(super) held_by: Option<HeldBy>,
}

statements! {
    pub(super) const PLACE_OF_REPLY: &str = "SELECT conversation_id, account_id, tenant_id FROM replies WHERE id = $1";

    /// Now, and conversations.
    pub(super) const DUE_AMONG: &str = concat!(
        "SELECT DISTINCT conversation_id FROM replies
        WHERE ", is_open!(""), " AND not_before <= $1 AND conversation_id IN ({list})");

    pub(super) const DUE_CONVERSATIONS: &str = concat!(
        "SELECT DISTINCT conversation_id FROM replies r
        WHERE settled_at IS NULL AND not_before <= $1 AND NOT EXISTS (
            SELECT 1 FROM replies busy WHERE busy.conversation_id = r.conversation_id
                AND ", is_open!("busy."), " AND busy.claimed_until > $1)");

    /// The beginnings of the short and the long span, the state of composed replies, the purposes of their words, of other words and of
    /// the token, how a tombstone begins, the state of sent replies, the frequency for which the
    /// last default reply counts, and replies.
    pub(super) const FACTS: &str =
        "SELECT r.id AS reply_id, a.status, a.paused_until, a.enabled, a.auto_reply, a.human_quiet_hours, c.customer_id,
            c.window_until, c.last_human_at, c.left_to_person_at, c.resumed_at, t.disclosure, m.kind, rc.revision,
            a.default_reply_frequency, COALESCE(b.balance, 0) AS balance,
            (SELECT MAX(s.settled_at) FROM replies s WHERE s.conversation_id = c.id AND s.state = $8) AS last_sent_at,
            (SELECT COUNT(*) FROM replies s WHERE s.conversation_id = c.id AND s.state = $8 AND s.settled_at > $1)
                AS in_short_span,
            (SELECT COUNT(*) FROM replies s WHERE s.conversation_id = c.id AND s.state = $8 AND s.settled_at > $2)
                AS in_long_span,
            CASE WHEN a.default_reply_frequency = $9 THEN (SELECT MAX(s.settled_at) FROM replies s
                WHERE s.conversation_id = c.id AND s.state = $8 AND s.rule_id IS NULL AND s.settled_at > $2) END
                AS last_default_at,
            (SELECT COUNT(*) FROM inbound_events e WHERE e.account_id = a.id
                AND e.event_key = CAST($7 AS TEXT) || m.platform_message_id) AS taken_back,
            words.key_id AS words_key, words.ciphertext AS words, token.key_id AS token_key, token.ciphertext AS token
        FROM replies r
        JOIN accounts a ON a.id = r.account_id
        JOIN tenants t ON t.id = a.tenant_id
        JOIN reply_configs rc ON rc.account_id = a.id
        JOIN conversations c ON c.id = r.conversation_id
        JOIN messages m ON m.id = r.message_id
        LEFT JOIN credit_balances b ON b.tenant_id = a.tenant_id
        LEFT JOIN sealed_values words ON words.owner_id = r.id AND words.tenant_id = a.tenant_id
            AND words.purpose = CASE WHEN r.state = $3 THEN CAST($4 AS TEXT) ELSE CAST($5 AS TEXT) END
        LEFT JOIN sealed_values token ON token.owner_id = a.id AND token.purpose = $6 AND token.tenant_id = a.tenant_id
        WHERE r.id IN ({list})";

    pub(super) const SIMULATOR_FACTS: &str =
        "SELECT a.status, a.paused_until, a.enabled, a.auto_reply, a.human_quiet_hours, t.disclosure,
            a.default_reply_frequency, COALESCE(b.balance, 0) AS balance, rc.revision
        FROM accounts a JOIN tenants t ON t.id = a.tenant_id JOIN reply_configs rc ON rc.account_id = a.id
        LEFT JOIN credit_balances b ON b.tenant_id = t.id
        WHERE a.id = $1 AND a.tenant_id = $2";

    pub(super) const AI_SETTINGS: &str =
        "SELECT a.ai_fallback, i.username, i.page_name FROM accounts a JOIN instagram_accounts i ON i.account_id = a.id
        WHERE a.id = $1";

    pub(super) const CHANGE_KIND: &str = "UPDATE messages SET kind = $1 WHERE id = $2";

    /// Conversation, and the message that is answered.
    pub(super) const CUSTOMER_AND_WINDOW: &str =
        "SELECT c.customer_id, c.window_until, m.platform_message_id,
            CAST(CASE WHEN m.kind = $3 THEN 1 ELSE 0 END AS BIGINT)
        FROM conversations c LEFT JOIN messages m ON m.id = $2 WHERE c.id = $1";

    /// Account, direction, author, reply: those of the message ids that another message of the account has.
    pub(super) const TAKEN_MIDS: &str =
        "SELECT platform_message_id FROM messages WHERE account_id = $1 AND direction = $2
            AND (author <> $3 OR reply_id <> $4) AND platform_message_id IN ({list})";

    /// As [`TAKEN_MIDS`], with the customer's own.
    pub(super) const KNOWN_MIDS: &str =
        "SELECT platform_message_id FROM messages WHERE account_id = $1
            AND (direction <> $2 OR author <> $3 OR reply_id <> $4) AND platform_message_id IN ({list})";

    /// Message id, direction.
    pub(super) const EXPLAIN: &str =
        "SELECT m.id, m.outcome, m.reason, r.wait_reason, ru.position, ru.label, m.credits, m.latency_ms, m.held_by
        FROM messages m
        LEFT JOIN replies r ON r.message_id = m.id
        LEFT JOIN rules ru ON ru.id = r.rule_id
        WHERE m.platform_message_id = $1 AND m.direction = $2 ORDER BY m.created_at DESC LIMIT 1";
}
