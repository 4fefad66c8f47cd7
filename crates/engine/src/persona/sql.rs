//! Statements on personas and prompts together with their safety checks.

use domain::persona::{PersonaContent, SafetyStatus};
use domain::safety::Findings;
use domain::time::Timestamp;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::storage::statements;

/// A version with who saved it and how its check is; no check for a text nobody asked about.
#[derive(FromQueryResult)]
pub(super) struct VersionRow {
    pub(super) version: i64,
    pub(super) content: PersonaContent,
    pub(super) restored_from: Option<i64>,
    pub(super) created_at: Timestamp,
    pub(super) email: Option<String>,
    pub(super) status: Option<SafetyStatus>,
    pub(super) findings: Option<Findings>,
    pub(super) not_before: Option<Timestamp>,
    pub(super) valid_until: Option<Timestamp>,
    pub(super) checked_at: Option<Timestamp>,
    pub(super) override_note: Option<String>,
}

/// The version that answers.
#[derive(FromQueryResult)]
pub(super) struct InUseRow {
    pub(super) version: i64,
    pub(super) content: PersonaContent,
    /// As it was approved.
    pub(super) text: String,
    pub(super) created_at: Timestamp,
    pub(super) checked_at: Option<Timestamp>,
}

/// The check of one prompt.
#[derive(FromQueryResult)]
pub(super) struct PromptRow {
    pub(super) owner_id: Uuid,
    pub(super) status: Option<SafetyStatus>,
    pub(super) findings: Option<Findings>,
    pub(super) valid_until: Option<Timestamp>,
    pub(super) earlier: Option<String>,
}

/// The newest versions, or one of them.
pub(super) const TAILS: [&str; 2] = ["ORDER BY v.version DESC LIMIT $2", "AND v.version = $2"];

statements! {
    /// Tenant; then how many, or which version.
    pub(super) const VERSIONS: &str =
        "SELECT v.version, v.content, v.restored_from, v.created_at, u.email,
            c.status, c.findings, c.not_before, c.valid_until, c.checked_at, c.override_note
        FROM persona_versions v LEFT JOIN users u ON u.id = v.created_by
            LEFT JOIN safety_checks c ON c.tenant_id = v.tenant_id AND c.subject = 'persona' AND c.text_hash = v.text_hash
        WHERE v.tenant_id = $1 {conditions}", conditions [TAILS[0], TAILS[1]];

    /// Tenant, now: the newest version whose text is approved.
    pub(super) const PERSONA_IN_USE: &str =
        "SELECT v.version, v.content, c.text, v.created_at, c.checked_at
        FROM persona_versions v JOIN safety_checks c
            ON c.tenant_id = v.tenant_id AND c.subject = 'persona' AND c.text_hash = v.text_hash
        WHERE v.tenant_id = $1 AND c.status = 'approved' AND (c.valid_until IS NULL OR c.valid_until > $2)
        ORDER BY v.version DESC LIMIT 1";

    /// Tenant, now, hash of the current prompt, owner: the current prompt if it is approved, else the last one that was and
    /// still is.
    pub(super) const PROMPT_IN_USE: &str =
        "SELECT c.text FROM safety_checks c
        WHERE c.tenant_id = $1 AND c.subject = 'prompt'
            AND c.status = 'approved' AND (c.valid_until IS NULL OR c.valid_until > $2)
            AND (c.text_hash = $3 OR c.text IN (SELECT p.text FROM prompts_in_use p
                WHERE p.owner_id = $4 AND p.tenant_id = $1))
        ORDER BY CASE WHEN c.text_hash = $3 THEN 0 ELSE 1 END LIMIT 1";

    /// Tenant, now, and rows of owner and hash: the owners that have no approved prompt.
    pub(super) const UNAPPROVED_PROMPTS: &str =
        "WITH v (owner_id, text_hash) AS (VALUES {rows:uuid bytea})
        SELECT v.owner_id FROM v WHERE NOT EXISTS (
            SELECT 1 FROM safety_checks c
            WHERE c.tenant_id = $1 AND c.subject = 'prompt'
                AND c.status = 'approved' AND (c.valid_until IS NULL OR c.valid_until > $2)
                AND (c.text_hash = v.text_hash OR c.text IN (SELECT p.text FROM prompts_in_use p
                    WHERE p.owner_id = v.owner_id AND p.tenant_id = $1)))";

    /// Tenant, now, and rows of owner and hash: the check of each prompt, and the earlier one of its owner that is approved.
    pub(super) const PROMPT_CHECKS: &str =
        "WITH v (owner_id, text_hash) AS (VALUES {rows:uuid bytea})
        SELECT v.owner_id, c.status, c.findings, c.valid_until,
            (SELECT p.text FROM prompts_in_use p JOIN safety_checks e
                ON e.tenant_id = $1 AND e.subject = 'prompt' AND e.text = p.text
                WHERE p.owner_id = v.owner_id AND p.tenant_id = $1
                    AND e.status = 'approved' AND (e.valid_until IS NULL OR e.valid_until > $2) LIMIT 1) AS earlier
        FROM v LEFT JOIN safety_checks c
            ON c.tenant_id = $1 AND c.subject = 'prompt' AND c.text_hash = v.text_hash";
}
