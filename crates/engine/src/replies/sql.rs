//! Replies that are not final, and the statements that open, claim, change and settle replies.

use domain::answer_checks::HeldBy;
use domain::ids::{AccountId, ConversationId, MessageId, ReplyId, RuleId, TenantId};
use domain::reasons::WaitReason;
use domain::replies::ReplyState;
use domain::rules::ResponseKind;
use domain::time::Timestamp;
use sea_orm::FromQueryResult;

use crate::storage::statements;

/// A non-final reply.
#[derive(Debug, Clone, FromQueryResult)]
pub struct OpenReply {
    /// Its id.
    pub id: ReplyId,
    /// Whose.
    #[sea_orm(from_alias = "tenant_id")]
    pub tenant: TenantId,
    /// Through which account.
    #[sea_orm(from_alias = "account_id")]
    pub account: AccountId,
    /// In which conversation.
    #[sea_orm(from_alias = "conversation_id")]
    pub conversation: ConversationId,
    /// The inbound message it answers.
    #[sea_orm(from_alias = "message_id")]
    pub message: MessageId,
    /// Where it stands.
    pub state: ReplyState,
    /// Why it waits, if it does.
    pub wait_reason: Option<WaitReason>,
    /// When the customer wrote.
    pub occurred_at: Timestamp,
    /// The rule that won; `None` before the decision and for the default reply.
    #[sea_orm(from_alias = "rule_id")]
    pub rule: Option<RuleId>,
    /// What kind of response won.
    pub response_kind: Option<ResponseKind>,
    /// Who works on it.
    pub claimed_by: Option<String>,
    /// Until when.
    pub claimed_until: Option<Timestamp>,
    /// Grows with every change.
    pub version: i64,
    /// How often the platform was asked to send it.
    pub attempts: i64,
    /// How often the conversation was read to learn whether it arrived.
    pub lookups: i64,
    /// How many of those reads succeeded and found nothing.
    pub empty_lookups: i64,
    /// The platform said that it was sent in spite of the error.
    pub presumed_sent: bool,
    /// When the last call to the platform began.
    pub sending_at: Option<Timestamp>,
    /// When the event was recorded.
    pub created_at: Timestamp,
    /// How often the AI was asked.
    pub compose_attempts: i64,
    /// Why an answer of the AI was not sent: the first one while it is asked again, in the end the one that something else was
    /// sent for, or nothing.
    pub held_by: Option<HeldBy>,
    /// The conversation is left to a person with this reply.
    pub hand_over: bool,
    /// The account remembers conversations.
    pub remembers: bool,
    /// The tenant has a webhook endpoint that is on.
    pub has_webhooks: bool,
}

/// The columns of [`OpenReply`].
macro_rules! columns {
    () => {
        "id, tenant_id, account_id, conversation_id, message_id, state, wait_reason, occurred_at, rule_id, response_kind,
            claimed_by, claimed_until, version, attempts, lookups, empty_lookups, presumed_sent, sending_at, created_at,
            compose_attempts, held_by, hand_over,
            (SELECT a.ai_memory FROM accounts a WHERE a.id = replies.account_id) AS remembers,
            EXISTS (SELECT 1 FROM webhook_endpoints e WHERE e.tenant_id = replies.tenant_id AND e.enabled) AS has_webhooks"
    };
}

/// The row as it was read, by the values of [`OpenReply::as_read`]: a newer version is somebody else's. The state says that it is not
/// final; to ask for that as well draws PostgreSQL to the index of all open replies.
macro_rules! where_unchanged {
    () => {
        " WHERE id = $1 AND state = $2 AND version = $3 AND COALESCE(claimed_by, '') = $4"
    };
}

/// Whether a reply is not final, in words that only the index of open replies in a conversation has. With the words of the other two
/// PostgreSQL takes one of those while it is small, and keeps to that plan: it then reads all open replies for each conversation.
macro_rules! is_open {
    ($of:literal) => {
        concat!("COALESCE(", $of, "settled_at, 0) = 0")
    };
}
pub(crate) use is_open;

/// The same of a reply that is found by its id or its message, in words that no index has.
macro_rules! is_not_settled {
    ($of:literal) => {
        concat!($of, "settled_at + 0 IS NULL")
    };
}
pub(crate) use is_not_settled;

statements! {
    pub(super) const COUNT_OPEN: &str = "SELECT COUNT(*) FROM replies WHERE settled_at IS NULL";

    /// At most so many, the oldest first.
    pub(super) const ALL_OPEN: &str =
        concat!("SELECT ", columns!(), " FROM replies WHERE settled_at IS NULL ORDER BY occurred_at, id LIMIT $1");

    pub(super) const INSERT_REPLIES: &str =
        "INSERT INTO replies (id, tenant_id, account_id, conversation_id, message_id, state, not_before, occurred_at, version,
            attempts, lookups, empty_lookups, presumed_sent, panics, job_no, created_at)
        VALUES {rows:uuid uuid uuid uuid uuid text bigint bigint bigint bigint bigint bigint boolean bigint bigint bigint}";

    pub(super) const OPEN_IN_CONVERSATION: &str = concat!("SELECT ", columns!(),
        " FROM replies WHERE ", is_open!(""), " AND conversation_id = $1 AND occurred_at <= $2 ORDER BY occurred_at, id");

    pub(super) const OPEN_REPLY_TO: &str = concat!("SELECT ", columns!(),
        " FROM replies WHERE message_id = $1 AND ", is_not_settled!(""));

    pub(super) const LOCK_OPEN_OF_ACCOUNT: &str = concat!("SELECT ", columns!(),
        " FROM replies WHERE settled_at IS NULL AND account_id = $1 ORDER BY id {lock:FOR UPDATE}");

    /// Now, the clock that claims are compared with (none for the database's own), and conversations: the oldest due reply of each
    /// that nobody works on. Some may have become final since the statement began.
    pub(super) const NEXT_REPLIES: &str = concat!(
        "SELECT ", columns!(), " FROM replies WHERE id IN (
            SELECT (SELECT r.id FROM replies r
                WHERE r.conversation_id = c.id AND ", is_open!("r."), " AND r.not_before <= $1
                ORDER BY r.occurred_at, r.id LIMIT 1)
            FROM conversations c WHERE c.id IN ({list})
                AND NOT EXISTS (SELECT 1 FROM replies busy WHERE busy.conversation_id = c.id
                    AND ", is_open!("busy."), " AND busy.claimed_until > COALESCE(CAST($2 AS BIGINT), {clock}))
        ) ORDER BY id {lock:FOR NO KEY UPDATE}");

    /// Claimant, the clock as for [`NEXT_REPLIES`], length, and the replies as they were read.
    pub(super) const CLAIM: &str =
        "WITH v (id, version) AS (VALUES {rows:uuid bigint})
        UPDATE replies SET claimed_by = $1, claimed_until = COALESCE(CAST($2 AS BIGINT), {clock}) + $3,
            version = replies.version + 1
        FROM v WHERE replies.id = v.id AND replies.version = v.version RETURNING replies.id";

    /// Conversation, now, and the clock as for [`NEXT_REPLIES`], which would find this one. Reads nothing that may be unreadable.
    pub(super) const NEXT_TO_CLAIM: &str = concat!(
        "SELECT r.id, r.version FROM replies r
        WHERE r.conversation_id = $1 AND ", is_open!("r."), " AND r.not_before <= $2
            AND NOT EXISTS (SELECT 1 FROM replies busy WHERE busy.conversation_id = $1
                AND ", is_open!("busy."), " AND busy.claimed_until > COALESCE(CAST($3 AS BIGINT), {clock}))
        ORDER BY r.occurred_at, r.id LIMIT 1");

    pub(super) const VOID_ALL_CLAIMS: &str =
        "UPDATE replies SET claimed_by = NULL, claimed_until = NULL, version = version + 1
        WHERE settled_at IS NULL AND claimed_by IS NOT NULL";

    /// Reply, its version, and when it is due after the first fault, after the second, and after the last if it cannot be ended.
    /// Whatever the row holds, three is reached.
    pub(super) const COUNT_FAULT: &str = concat!(
        "UPDATE replies SET panics = CASE WHEN panics IN (0, 1) THEN panics + 1 ELSE 3 END,
            not_before = CASE panics WHEN 0 THEN CAST($3 AS BIGINT) WHEN 1 THEN CAST($4 AS BIGINT) ELSE CAST($5 AS BIGINT) END,
            claimed_by = NULL, claimed_until = NULL,
            version = CASE WHEN version BETWEEN 1 AND 1000000000000 THEN version + 1 ELSE 1 END
        WHERE id = $1 AND version = $2 AND ", is_not_settled!(""), " RETURNING panics, message_id");

    /// What no release can have written gives way, so that the row can be read and end.
    pub(super) const MAKE_READABLE: &str = concat!(
        "UPDATE replies SET wait_reason = NULL, response_kind = NULL, held_by = NULL, lookups = 0, empty_lookups = 0,
            attempts = CASE WHEN attempts BETWEEN 0 AND 1000000 THEN attempts ELSE 0 END,
            compose_attempts = CASE WHEN compose_attempts BETWEEN 0 AND 1000000 THEN compose_attempts ELSE 0 END
        WHERE id = $1 AND ", is_not_settled!(""));

    /// Now, state, claimant, the clock as for [`NEXT_REPLIES`], length, and the replies as they were read: the claim begins with it.
    /// What the platform said about an earlier call says nothing about this one.
    pub(super) const START_SENDING: &str =
        "WITH v (id, state, version, claimed_by, rule_id, response_kind, held_by, hand_over) AS (
            VALUES {rows:uuid text bigint text uuid text text boolean})
        UPDATE replies SET state = $2, version = replies.version + 1, rule_id = v.rule_id, response_kind = v.response_kind,
            held_by = v.held_by, hand_over = v.hand_over, sending_at = $1, not_before = $1, attempts = attempts + 1,
            lookups = 0, empty_lookups = 0, presumed_sent = FALSE, wait_reason = NULL,
            claimed_by = $3, claimed_until = COALESCE(CAST($4 AS BIGINT), {clock}) + $5
        FROM v WHERE replies.id = v.id AND replies.state = v.state AND replies.version = v.version
            AND COALESCE(replies.claimed_by, '') = v.claimed_by
        RETURNING replies.id";

    /// The row as it was read, state, rule, kind, why an earlier answer was held back, the length of the claim that begins anew,
    /// and the clock as for [`NEXT_REPLIES`].
    pub(super) const START_COMPOSING: &str = concat!(
        "UPDATE replies SET state = $5, version = version + 1, rule_id = $6, response_kind = $7, held_by = $8,
            compose_attempts = compose_attempts + 1, wait_reason = NULL,
            claimed_until = COALESCE(CAST($10 AS BIGINT), {clock}) + $9", where_unchanged!());

    /// As [`WAIT`]; counted like a question to the AI.
    pub(super) const WAIT_FOR_SCORES: &str = concat!(
        "UPDATE replies SET state = $5, version = version + 1, wait_reason = $6, not_before = $7, claimed_by = NULL,
            claimed_until = NULL, compose_attempts = compose_attempts + 1", where_unchanged!());

    /// As [`WAIT`], without a reason: the question of [`START_COMPOSING`] was never asked.
    pub(super) const TAKE_BACK_QUESTION: &str = concat!(
        "UPDATE replies SET state = $5, version = version + 1, not_before = $6, claimed_by = NULL, claimed_until = NULL,
            compose_attempts = compose_attempts - 1", where_unchanged!());

    /// The row as it was read, state, reason, due time.
    pub(super) const WAIT: &str = concat!(
        "UPDATE replies SET state = $5, version = version + 1, wait_reason = $6, not_before = $7, claimed_by = NULL,
            claimed_until = NULL", where_unchanged!());

    /// As [`WAIT`], then the reads, the empty ones, and whether the platform said that it was sent.
    pub(super) const RECORD_LOOKUP: &str = concat!(
        "UPDATE replies SET state = $5, version = version + 1, wait_reason = $6, not_before = $7, claimed_by = NULL,
            claimed_until = NULL, lookups = $8, empty_lookups = $9, presumed_sent = $10", where_unchanged!());

    /// Now, account, and what it waited for.
    pub(super) const MAKE_DUE: &str =
        "UPDATE replies SET not_before = $1, version = version + 1
        WHERE account_id = $2 AND settled_at IS NULL AND claimed_by IS NULL AND not_before > $1
            AND wait_reason IN ({list})";

    /// Now, the reply, and what it waited for. Not between the two empty reads that prove it missing: they keep their distance.
    pub(super) const MAKE_LOOKUP_DUE: &str = concat!(
        "UPDATE replies SET not_before = $1, version = version + 1
        WHERE id = $2 AND claimed_by IS NULL AND not_before > $1 AND wait_reason = $3 AND empty_lookups = 0 AND ",
        is_not_settled!(""));

    /// The same for an account.
    pub(super) const MAKE_LOOKUPS_DUE: &str =
        "UPDATE replies SET not_before = $1, version = version + 1
        WHERE account_id = $2 AND settled_at IS NULL AND claimed_by IS NULL AND not_before > $1
            AND wait_reason = $3 AND empty_lookups = 0";

    /// Now, and what it waited for.
    pub(super) const MAKE_DUE_FOR_DEPLOYMENT: &str =
        "UPDATE replies SET not_before = $1, version = version + 1
        WHERE settled_at IS NULL AND claimed_by IS NULL AND not_before > $1 AND wait_reason = $2";

    /// What it waits for, whether all tenants are meant, and which one otherwise.
    pub(super) const COUNT_WAITING_FOR: &str =
        "SELECT COUNT(*) FROM replies WHERE settled_at IS NULL AND wait_reason = $1
            AND ($2 OR tenant_id = $3)";

    /// Those of the replies whose rule leaves the conversation to a person, their conversations locked.
    pub(super) const LOCK_LEFT_TO_PERSON: &str =
        "SELECT r.id FROM replies r JOIN rules u ON u.id = r.rule_id JOIN conversations c ON c.id = r.conversation_id
        WHERE r.id IN ({list}) AND u.leave_to_person ORDER BY c.id {lock:FOR NO KEY UPDATE OF c}";

    pub(super) const LOCK_CONVERSATIONS: &str =
        "SELECT id FROM conversations WHERE id IN ({list}) ORDER BY id {lock:FOR NO KEY UPDATE}";

    /// Those that nobody else has locked.
    pub(super) const LOCK_FREE_CONVERSATIONS: &str =
        "SELECT id FROM conversations WHERE id IN ({list}) ORDER BY id {lock:FOR NO KEY UPDATE SKIP LOCKED}";

    pub(super) const LEAVE_TO_PERSON: &str = "UPDATE conversations SET left_to_person_at = $1 WHERE id IN ({list})";

    /// Now, state, reason, whether a message id that another reply has speaks against it, and the rows as they were read. One message
    /// id completes one reply only: an echo may have given it to another reply with the same words.
    pub(super) const WRITE_FINAL_STATES: &str =
        "WITH v (id, state, version, claimed_by, account_id, mid, held_by, hand_over) AS (
            VALUES {rows:uuid text bigint text uuid text text boolean})
        UPDATE replies SET state = $2, reason = $3, settled_at = $1, wait_reason = NULL, claimed_by = NULL,
            claimed_until = NULL, version = replies.version + 1, held_by = v.held_by, hand_over = v.hand_over,
            platform_message_id = (CASE WHEN EXISTS (SELECT 1 FROM replies taken WHERE taken.account_id = v.account_id
                AND taken.platform_message_id = v.mid AND taken.id <> v.id) THEN NULL ELSE v.mid END)
        FROM v WHERE replies.id = v.id AND replies.state = v.state AND replies.version = v.version
            AND COALESCE(replies.claimed_by, '') = v.claimed_by
            AND NOT ($4 AND EXISTS (SELECT 1 FROM replies taken WHERE taken.account_id = v.account_id
                AND taken.platform_message_id = v.mid AND taken.id <> v.id))
        RETURNING replies.id, replies.platform_message_id";

    /// Outcome, reason, credits, and the replies.
    pub(super) const COMPLETE_INBOUND: &str =
        "WITH v (message_id, reply_id, rule_id, response_kind, latency_ms, held_by) AS (
            VALUES {rows:uuid uuid uuid text bigint text})
        UPDATE messages SET outcome = $1, reason = $2, credits = $3, rule_id = v.rule_id,
            response_kind = v.response_kind, latency_ms = v.latency_ms, reply_id = v.reply_id, held_by = v.held_by
        FROM v WHERE messages.id = v.message_id";

    /// Now, direction, author, kind, and the replies. The outbound row is the inbound one with sides swapped; an echo that was
    /// taken for a person's or an automation's becomes ours.
    pub(super) const LOG_OUTBOUND: &str =
        "WITH v (id, message_id, reply_id, mid) AS (VALUES {rows:uuid uuid uuid text})
        INSERT INTO messages (id, tenant_id, channel, account_id, direction, author, kind, sender_id, recipient_id,
            platform_message_id, reply_id, rule_id, response_kind, credits, occurred_at, created_at)
        SELECT v.id, m.tenant_id, m.channel, m.account_id, CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS TEXT),
            m.recipient_id, m.sender_id, v.mid, v.reply_id, m.rule_id, m.response_kind, 0, CAST($1 AS BIGINT),
            CAST($1 AS BIGINT)
        FROM v JOIN messages m ON m.id = v.message_id
        WHERE true
        ON CONFLICT (account_id, platform_message_id, direction) WHERE platform_message_id IS NOT NULL
        DO UPDATE SET author = excluded.author, kind = excluded.kind, reply_id = excluded.reply_id,
            rule_id = excluded.rule_id, response_kind = excluded.response_kind
        RETURNING id, reply_id";

    /// Direction, author, and the replies: the persons' messages that are left in the log say when one wrote last.
    pub(super) const RECOUNT_PERSON: &str =
        "UPDATE conversations SET last_human_at = (SELECT MAX(m.occurred_at) FROM messages m
            WHERE m.account_id = conversations.account_id AND m.recipient_id = conversations.customer_id
                AND m.direction = $1 AND m.author = $2 AND m.kind <> $3)
        WHERE last_human_at IS NOT NULL AND id IN (SELECT conversation_id FROM replies WHERE id IN ({list}))";
}
