//! Turns with their words, which of them are too many or too old, and the accounts that remember.

use domain::ids::TurnId;
use domain::messages::Author;
use domain::time::Timestamp;
use sea_orm::FromQueryResult;

use crate::storage::statements;
use crate::vault::SealedPurpose;

/// A turn with its sealed words.
#[derive(FromQueryResult)]
pub(super) struct TurnRow {
    pub(super) id: TurnId,
    pub(super) author: Author,
    pub(super) occurred_at: Timestamp,
    pub(super) purpose: SealedPurpose,
    pub(super) key_id: String,
    pub(super) ciphertext: Vec<u8>,
}

statements! {
    /// Conversation, tenant, the oldest, how many.
    pub(super) const TURNS: &str =
        "SELECT t.id, t.author, t.occurred_at, s.purpose, s.key_id, s.ciphertext
        FROM conversation_turns t JOIN sealed_values s ON s.owner_id = t.id AND s.tenant_id = t.tenant_id
        WHERE t.conversation_id = $1 AND t.tenant_id = $2 AND t.occurred_at > $3
        ORDER BY t.occurred_at DESC, t.id DESC LIMIT $4";

    pub(super) const KIND_OF_MESSAGE: &str = "SELECT kind FROM messages WHERE id = $1";

    /// Those of the accounts that remember. Whoever switches that off waits until the turns are written, and then finds them.
    pub(super) const LOCK_REMEMBERING: &str =
        "SELECT id FROM accounts WHERE id IN ({list}) AND ai_memory ORDER BY id {lock:FOR SHARE}";

    /// Conversation, the oldest that is kept, how many.
    pub(super) const FORGET_SURPLUS: &str =
        "DELETE FROM conversation_turns WHERE conversation_id = $1 AND (occurred_at <= $2
            OR id NOT IN (SELECT t.id FROM conversation_turns t WHERE t.conversation_id = $1
                ORDER BY t.occurred_at DESC, t.id DESC LIMIT $3))
        RETURNING id";

    /// Conversation, the newest of one that still goes on.
    pub(super) const FORGET_IDLE: &str =
        "DELETE FROM conversation_turns WHERE conversation_id = $1 AND NOT EXISTS
            (SELECT 1 FROM conversation_turns n WHERE n.conversation_id = $1 AND n.occurred_at > $2)
        RETURNING id";

    pub(super) const FORGET_MESSAGE: &str = "DELETE FROM conversation_turns WHERE message_id = $1 RETURNING id";

    pub(super) const FORGET_ACCOUNT: &str = "DELETE FROM conversation_turns WHERE account_id = $1 RETURNING id";

    /// The oldest that is kept, the newest of a conversation that still goes on, how many.
    pub(super) const WIPE_OLD: &str =
        "DELETE FROM conversation_turns WHERE id IN (SELECT t.id FROM conversation_turns t
            WHERE t.occurred_at <= $1 OR NOT EXISTS (SELECT 1 FROM conversation_turns n
                WHERE n.conversation_id = t.conversation_id AND n.occurred_at > $2) LIMIT $3)
        RETURNING id";
}
