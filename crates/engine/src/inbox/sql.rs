//! The statements that record deliveries: each writes or reads what a whole group of them needs.

use crate::storage::statements;

statements! {
    /// Returns the keys that nobody recorded before.
    pub(super) const INSERT_EVENT_KEYS: &str =
        "INSERT INTO inbound_events (account_id, event_key, received_at) VALUES {rows:uuid text bigint}
        ON CONFLICT (account_id, event_key) DO NOTHING RETURNING account_id, event_key";

    /// The account leads the index: without it every key ever recorded is read.
    pub(super) const RECORDED_KEYS: &str =
        "WITH v (account_id, event_key) AS (VALUES {rows:uuid text})
        SELECT e.account_id, e.event_key FROM v JOIN inbound_events e
            ON e.account_id = v.account_id AND e.event_key = v.event_key";

    pub(super) const TOUCH_CONVERSATIONS: &str =
        "INSERT INTO conversations (id, tenant_id, account_id, customer_id, window_until, created_at)
        VALUES {rows:uuid uuid uuid text bigint bigint}
        ON CONFLICT (account_id, customer_id) DO UPDATE SET window_until = CASE
            WHEN excluded.window_until > conversations.window_until THEN excluded.window_until
            ELSE conversations.window_until END
        RETURNING id, account_id, customer_id, last_human_at";

    pub(super) const PERSON_WROTE: &str =
        "UPDATE conversations SET last_human_at = $1 WHERE id = $2 AND (last_human_at IS NULL OR last_human_at < $1)";

    /// The key of an event lives 14 days, its log row much longer: a very late repetition changes nothing.
    pub(super) const INSERT_MESSAGES: &str =
        "INSERT INTO messages (id, tenant_id, channel, account_id, direction, author, kind, sender_id, recipient_id,
            platform_message_id, outcome, reason, occurred_at, created_at)
        VALUES {rows:uuid uuid text uuid text text text text text text text text bigint bigint}
        ON CONFLICT DO NOTHING RETURNING id";

    /// Account, message id, direction.
    pub(super) const MESSAGE_BY_MID: &str =
        "SELECT id FROM messages WHERE account_id = $1 AND platform_message_id = $2 AND direction = $3";

    /// Account, message id, direction, kind.
    pub(super) const CHANGE_KIND: &str =
        "UPDATE messages SET kind = $4
        WHERE account_id = $1 AND platform_message_id = $2 AND direction = $3 RETURNING id";

    /// Account, inbound, written since, customer, between, and. The index leads to the newest rows of the account.
    pub(super) const LAST_INBOUND: &str =
        "SELECT occurred_at FROM messages WHERE account_id = $1 AND direction = $2 AND created_at >= $3 AND sender_id = $4
            AND occurred_at >= $5 AND occurred_at <= $6 LIMIT 1";

    /// As [`LAST_INBOUND`], until and without that moment; outbound, until, sent. A message that nobody has answered since.
    pub(super) const UNANSWERED_INBOUND: &str =
        "SELECT i.occurred_at FROM messages i WHERE i.account_id = $1 AND i.direction = $2 AND i.created_at >= $3
            AND i.sender_id = $4 AND i.occurred_at >= $5 AND i.occurred_at < $6
            AND (i.outcome IS NULL OR i.outcome <> $9) AND NOT EXISTS
                (SELECT 1 FROM messages o WHERE o.account_id = $1 AND o.direction = $7 AND o.created_at >= $3
                    AND o.recipient_id = $4 AND o.occurred_at >= i.occurred_at AND o.occurred_at <= $8)
        LIMIT 1";

    /// Account, digest, conversation, now.
    pub(super) const NOTE_ECHO: &str =
        "INSERT INTO echo_digests (account_id, digest, conversation_id, seen_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (account_id, digest, conversation_id) DO UPDATE SET seen_at = excluded.seen_at";

    /// Account, digest, since.
    pub(super) const COUNT_ECHOED: &str =
        "SELECT COUNT(*) FROM echo_digests WHERE account_id = $1 AND digest = $2 AND seen_at >= $3";

    /// Now, account, the latest note that is renewed. Waits for no account that somebody holds: its conversations and replies are
    /// locked here already, and the next automation is noted as well.
    pub(super) const AUTOMATION_SEEN: &str =
        "UPDATE accounts SET automation_seen_at = $1
        WHERE id = $2 AND (automation_seen_at IS NULL OR automation_seen_at < $3)
            AND id IN (SELECT id FROM accounts WHERE id = $2 {lock:FOR NO KEY UPDATE SKIP LOCKED})";

    pub(super) const ADD_COUNT: &str =
        "INSERT INTO webhook_health (kind, count, last_at) VALUES ($1, $2, $3)
        ON CONFLICT (kind) DO UPDATE SET count = webhook_health.count + excluded.count, last_at = excluded.last_at";

    pub(super) const COUNTS: &str = "SELECT kind, count, last_at FROM webhook_health ORDER BY kind";
}
