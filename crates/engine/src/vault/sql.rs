//! Statements on sealed values that one row and the query builder cannot say.

use crate::storage::statements;

statements! {
    /// Owner, purpose, tenant, key, ciphertext, now.
    pub(super) const INSERT: &str =
        "INSERT INTO sealed_values (owner_id, purpose, tenant_id, key_id, ciphertext, created_at)
        VALUES {rows:uuid text uuid text bytea bigint}";

    /// The same; a value that is at its place already is replaced.
    pub(super) const PUT: &str =
        "INSERT INTO sealed_values (owner_id, purpose, tenant_id, key_id, ciphertext, created_at)
        VALUES {rows:uuid text uuid text bytea bigint}
        ON CONFLICT (owner_id, purpose) DO UPDATE
        SET key_id = excluded.key_id, ciphertext = excluded.ciphertext, created_at = excluded.created_at";

    pub(super) const SEALED: &str =
        "SELECT key_id, ciphertext FROM sealed_values WHERE owner_id = $1 AND purpose = $2 AND tenant_id = $3";

    pub(super) const DESTROY: &str = "DELETE FROM sealed_values WHERE owner_id IN ({list})";

    pub(super) const DESTROY_CONTENT_OF_ACCOUNT: &str =
        "DELETE FROM sealed_values WHERE owner_id IN (SELECT id FROM replies WHERE account_id = $1)";

    pub(super) const KEY_IDS: &str = "SELECT DISTINCT key_id FROM sealed_values";

    pub(super) const DIGEST_KEY: &str = "SELECT key_id, ciphertext FROM digest_keys WHERE id = 1";

    /// Key and ciphertext; what is there already stays.
    pub(super) const INSERT_DIGEST_KEY: &str =
        "INSERT INTO digest_keys (id, key_id, ciphertext) VALUES (1, $1, $2) ON CONFLICT (id) DO NOTHING";

    /// Key and ciphertext that replace, then what must still be there.
    pub(super) const RESEAL_DIGEST_KEY: &str =
        "UPDATE digest_keys SET key_id = $1, ciphertext = $2 WHERE id = 1 AND key_id = $3 AND ciphertext = $4";

    /// Key and ciphertext that replace, then the place, and what must still be there.
    pub(super) const RESEAL: &str =
        "UPDATE sealed_values SET key_id = $1, ciphertext = $2
        WHERE owner_id = $3 AND purpose = $4 AND key_id = $5 AND ciphertext = $6";
}
