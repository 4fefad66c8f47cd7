//! What housekeeping counts and deletes. Each deletion takes 500 rows at most: nobody waits long for SQLite's one writer.

use crate::storage::statements;

statements! {
    pub(super) const ACCOUNTS_BY_STATUS: &str = "SELECT status, COUNT(*) AS accounts FROM accounts GROUP BY status";

    pub(super) const PURGE_EVENT_KEYS: &str =
        "DELETE FROM inbound_events WHERE (account_id, event_key) IN
            (SELECT account_id, event_key FROM inbound_events WHERE received_at < $1 LIMIT 500)";

    /// A message whose reply is not final stays.
    pub(super) const PURGE_MESSAGES: &str =
        "DELETE FROM messages WHERE id IN (SELECT m.id FROM messages m WHERE m.created_at < $1 AND NOT EXISTS
            (SELECT 1 FROM replies r WHERE r.message_id = m.id AND r.settled_at IS NULL) LIMIT 500)";

    pub(super) const PURGE_DELETED_RULES: &str =
        "DELETE FROM rules WHERE id IN (SELECT id FROM rules WHERE deleted_at < $1 LIMIT 500)";

    pub(super) const PURGE_SESSIONS: &str =
        "DELETE FROM sessions WHERE id_hash IN (SELECT id_hash FROM sessions WHERE expires_at < $1 LIMIT 500)";

    pub(super) const PURGE_FLASHES: &str =
        "DELETE FROM flashes WHERE session_hash IN (SELECT session_hash FROM flashes WHERE expires_at < $1 LIMIT 500)";

    pub(super) const PURGE_IMPORT_PREVIEWS: &str =
        "DELETE FROM import_previews WHERE user_id IN (SELECT user_id FROM import_previews WHERE expires_at < $1 LIMIT 500)";

    pub(super) const PURGE_SIGN_IN_ATTEMPTS: &str =
        "DELETE FROM sign_in_throttle WHERE key IN (SELECT key FROM sign_in_throttle WHERE last_at < $1 LIMIT 500)";
}
