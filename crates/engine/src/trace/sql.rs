//! What a trace needs beyond one table.

use crate::storage::statements;

statements! {
    /// Over the accounts, because the index on platform ids begins with the account.
    pub(super) const MESSAGES_BY_PLATFORM_ID: &str =
        "SELECT m.id FROM accounts a JOIN messages m ON m.account_id = a.id AND m.platform_message_id = $1
        ORDER BY m.created_at, m.id";
}
