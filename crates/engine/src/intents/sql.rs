//! Statements on vectors that need the rules as well.

use crate::storage::statements;

statements! {
    /// Rule, account, encoder, recipe version, hash, vectors, now. Nothing for a rule that is gone.
    pub(super) const SAVE_VECTORS: &str =
        "INSERT INTO intent_vectors
            (rule_id, encoder, tenant_id, account_id, recipe_version, source_hash, vectors, computed_at)
        SELECT id, $3, tenant_id, account_id, $4, $5, $6, $7 FROM rules WHERE id = $1 AND account_id = $2
        ON CONFLICT (rule_id, encoder) DO UPDATE SET recipe_version = excluded.recipe_version,
            source_hash = excluded.source_hash, vectors = excluded.vectors, computed_at = excluded.computed_at";
}
