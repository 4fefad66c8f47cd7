//! What housekeeping counts and deletes. Each deletion takes 500 rows at most: nobody waits long for SQLite's one writer.

use crate::replies::sql::{is_not_settled, is_open};
use crate::storage::statements;

statements! {
    pub(super) const ACCOUNTS_BY_STATUS: &str = "SELECT status, COUNT(*) AS accounts FROM accounts GROUP BY status";

    pub(super) const PURGE_EVENT_KEYS: &str =
        "DELETE FROM inbound_events WHERE (account_id, event_key) IN
            (SELECT account_id, event_key FROM inbound_events WHERE received_at < $1 LIMIT 500)";

    /// A message whose reply is not final stays.
    pub(super) const PURGE_MESSAGES: &str = concat!(
        "DELETE FROM messages WHERE id IN (SELECT m.id FROM messages m WHERE m.created_at < $1 AND NOT EXISTS
            (SELECT 1 FROM replies r WHERE r.message_id = m.id AND ", is_not_settled!("r."), ") LIMIT 500)");

    pub(super) const PURGE_DELETED_RULES: &str =
        "DELETE FROM rules WHERE id IN (SELECT id FROM rules WHERE deleted_at < $1 LIMIT 500)";

    pub(super) const PURGE_SESSIONS: &str =
        "DELETE FROM sessions WHERE id_hash IN (SELECT id_hash FROM sessions WHERE expires_at < $1 LIMIT 500)";

    pub(super) const PURGE_FLASHES: &str =
        "DELETE FROM flashes WHERE session_hash IN (SELECT session_hash FROM flashes WHERE expires_at < $1 LIMIT 500)";

    pub(super) const PURGE_IMPORT_PREVIEWS: &str =
        "DELETE FROM import_previews WHERE user_id IN (SELECT user_id FROM import_previews WHERE expires_at < $1 LIMIT 500)";

    /// Keys that ended so long ago that no line of the audit log names them.
    pub(super) const PURGE_API_KEYS: &str =
        "DELETE FROM api_keys WHERE id IN (SELECT id FROM api_keys WHERE revoked_at < $1 OR expires_at < $1 LIMIT 500)";

    pub(super) const PURGE_IDEMPOTENCY_KEYS: &str =
        "DELETE FROM idempotency_keys WHERE (api_key_id, key) IN
            (SELECT api_key_id, key FROM idempotency_keys WHERE expires_at < $1 LIMIT 500)";

    pub(super) const PURGE_SIGN_IN_ATTEMPTS: &str =
        "DELETE FROM sign_in_throttle WHERE key IN (SELECT key FROM sign_in_throttle WHERE last_at < $1 LIMIT 500)";

    /// Nobody wrote in it for so long; its settled replies go with it, an open one holds it. Says twice how old: PostgreSQL asks the
    /// outer condition again of a row that it waited for, in which a DM may have arrived.
    pub(super) const PURGE_CONVERSATIONS: &str = concat!(
        "DELETE FROM conversations WHERE window_until < $1 AND created_at < $1 AND COALESCE(last_human_at, 0) < $1
            AND id IN (SELECT c.id FROM conversations c
            WHERE c.window_until < $1 AND c.created_at < $1 AND COALESCE(c.last_human_at, 0) < $1 AND NOT EXISTS
                (SELECT 1 FROM replies r WHERE r.conversation_id = c.id AND ", is_open!("r."), ") LIMIT 500)");

    pub(super) const PURGE_ECHO_DIGESTS: &str =
        "DELETE FROM echo_digests WHERE (account_id, digest, conversation_id) IN
            (SELECT account_id, digest, conversation_id FROM echo_digests WHERE seen_at < $1 LIMIT 500)";

    /// The moment of a change stands in its line of the audit log.
    pub(super) const PURGE_CONFIG_CHANGES: &str =
        "DELETE FROM reply_config_changes WHERE id IN (SELECT a.id FROM audit_log a
            WHERE a.created_at < $1 AND EXISTS (SELECT 1 FROM reply_config_changes c WHERE c.id = a.id) LIMIT 500)";

    pub(super) const PURGE_AUDIT: &str =
        "DELETE FROM audit_log WHERE id IN (SELECT id FROM audit_log WHERE created_at < $1 LIMIT 500)";

    pub(super) const PURGE_JOB_RUNS: &str =
        "DELETE FROM job_runs WHERE (name, day, run) IN
            (SELECT name, day, run FROM job_runs WHERE started_at < $1 LIMIT 500)";

    pub(super) const PURGE_ONE_TIME_CODES: &str =
        "DELETE FROM one_time_codes WHERE id IN (SELECT id FROM one_time_codes WHERE expires_at < $1 LIMIT 500)";

    /// Old ones, and those of endpoints that are gone. `told` finds the next endpoint by one step in an index each: the many rows of
    /// endpoints that are there are not read.
    pub(super) const PURGE_OUTGOING_WEBHOOKS: &str =
        "WITH RECURSIVE told (id) AS (
            SELECT (SELECT endpoint_id FROM outgoing_webhooks ORDER BY endpoint_id LIMIT 1)
            UNION ALL
            SELECT (SELECT w.endpoint_id FROM outgoing_webhooks w WHERE w.endpoint_id > told.id ORDER BY w.endpoint_id LIMIT 1)
            FROM told WHERE told.id IS NOT NULL)
        DELETE FROM outgoing_webhooks WHERE (id, endpoint_id) IN (SELECT ended.id, ended.endpoint_id FROM (
            SELECT id, endpoint_id FROM outgoing_webhooks WHERE created_at < $1
            UNION ALL
            SELECT w.id, w.endpoint_id FROM told CROSS JOIN outgoing_webhooks w WHERE w.endpoint_id = told.id AND w.created_at >= $1
                AND NOT EXISTS (SELECT 1 FROM webhook_endpoints e WHERE e.id = told.id)) ended LIMIT 500)";

    pub(super) const PURGE_DELETION_REQUESTS: &str =
        "DELETE FROM deletion_requests WHERE code IN (SELECT code FROM deletion_requests WHERE done_at < $1 LIMIT 500)";
}
