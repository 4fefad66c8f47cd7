//! Statements on safety checks that decide while they write, or need more than one table.

use domain::ids::{AccountId, SafetyCheckId, TenantId};
use domain::persona::CheckedText;
use domain::rules::Response;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::storage::statements;

/// What a worker needs of a check it claimed.
#[derive(FromQueryResult)]
pub(super) struct ClaimedRow {
    pub(super) id: SafetyCheckId,
    pub(super) tenant_id: TenantId,
    pub(super) subject: CheckedText,
    pub(super) text_hash: Vec<u8>,
    pub(super) text: String,
    pub(super) attempts: i64,
}

/// What a rule or default reply says now.
#[derive(FromQueryResult)]
pub(super) struct CurrentResponse {
    pub(super) owner_id: Uuid,
    pub(super) account_id: AccountId,
    pub(super) response: Response,
}

statements! {
    /// Id, tenant, subject, hash, text, status, findings, policy version, now, and when it was checked, if it was.
    pub(super) const REQUEST_CHECK: &str =
        "INSERT INTO safety_checks (id, tenant_id, subject, text_hash, text, status, findings, policy_version, attempts,
            not_before, job_no, created_at, checked_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, 0, $9, $10)
        ON CONFLICT (tenant_id, subject, text_hash) DO UPDATE SET status = excluded.status, findings = excluded.findings,
            policy_version = excluded.policy_version, attempts = 0, not_before = excluded.not_before,
            claimed_by = NULL, claimed_until = NULL
        WHERE safety_checks.status = 'unchecked'
            OR (safety_checks.status = 'rejected' AND safety_checks.policy_version < excluded.policy_version)";

    /// Id, now, policy version.
    pub(super) const RESTART_CHECK: &str =
        "UPDATE safety_checks SET status = 'pending', attempts = 0, not_before = $2, claimed_by = NULL, claimed_until = NULL
        WHERE id = $1 AND (status = 'unchecked' OR (status = 'rejected' AND policy_version < $3))";

    /// Now, when they are due again, and how many at most. The condition stands twice: PostgreSQL looks at the outer one again
    /// after it waited for another server's transaction.
    pub(super) const TAKE_DUE: &str =
        "UPDATE safety_checks SET job_no = job_no + 1, not_before = $2
        WHERE not_before <= $1 AND (claimed_until IS NULL OR claimed_until <= $1)
            AND (status IN ('pending', 'unchecked') OR (status = 'approved' AND valid_until IS NOT NULL))
            AND id IN (SELECT id FROM safety_checks
                WHERE not_before <= $1 AND (claimed_until IS NULL OR claimed_until <= $1)
                    AND (status IN ('pending', 'unchecked') OR (status = 'approved' AND valid_until IS NOT NULL))
                ORDER BY not_before, id LIMIT $3)
        RETURNING id, job_no";

    /// Now: whether anything is due.
    pub(super) const IS_DUE: &str =
        "SELECT id FROM safety_checks
        WHERE not_before <= $1 AND (claimed_until IS NULL OR claimed_until <= $1)
            AND (status IN ('pending', 'unchecked') OR (status = 'approved' AND valid_until IS NOT NULL)) LIMIT 1";

    /// Id, number of the job, now, the claim and its end.
    pub(super) const CLAIM: &str =
        "UPDATE safety_checks SET claimed_by = $4, claimed_until = $5, attempts = attempts + 1
        WHERE id = $1 AND job_no = $2 AND (claimed_until IS NULL OR claimed_until <= $3)
            AND (status IN ('pending', 'unchecked') OR (status = 'approved' AND valid_until IS NOT NULL))
        RETURNING id, tenant_id, subject, text_hash, text, attempts";

    /// Id, claim, when it is due again, and how many tries count.
    pub(super) const POSTPONE: &str =
        "UPDATE safety_checks SET status = CASE WHEN status = 'approved' THEN status ELSE 'unchecked' END,
            not_before = $3, attempts = $4, claimed_by = NULL, claimed_until = NULL
        WHERE id = $1 AND claimed_by = $2";

    /// Policy version, until when an approval by an earlier one holds, now.
    pub(super) const AGE_APPROVALS: &str =
        "UPDATE safety_checks SET valid_until = $2, not_before = $3, attempts = 0
        WHERE status = 'approved' AND policy_version < $1 AND valid_until IS NULL";

    /// Now.
    pub(super) const END_APPROVALS: &str =
        "UPDATE safety_checks SET status = 'unchecked', valid_until = NULL
        WHERE status = 'approved' AND valid_until <= $1";

    /// Tenant: what its rules and default replies say.
    pub(super) const CURRENT_RESPONSES: &str =
        "SELECT r.id AS owner_id, r.account_id, r.response FROM rules r WHERE r.tenant_id = $1 AND r.deleted_at IS NULL
        UNION ALL
        SELECT c.account_id AS owner_id, c.account_id, c.default_response AS response FROM reply_configs c WHERE c.tenant_id = $1";

    /// Owner, tenant, account, hash, now: the prompt of the owner is in use if it is approved.
    pub(super) const USE_PROMPT: &str =
        "INSERT INTO prompts_in_use (owner_id, tenant_id, account_id, text, approved_at)
        SELECT $1, $2, $3, c.text, $5 FROM safety_checks c
        WHERE c.tenant_id = $2 AND c.subject = 'prompt' AND c.text_hash = $4
            AND c.status = 'approved' AND (c.valid_until IS NULL OR c.valid_until > $5)
        ON CONFLICT (owner_id) DO UPDATE SET text = excluded.text, approved_at = excluded.approved_at";

    /// Versions that nobody asked to check: the newest of each tenant only.
    pub(super) const UNREQUESTED_VERSIONS: &str =
        "SELECT v.tenant_id FROM persona_versions v
        WHERE v.version = (SELECT MAX(n.version) FROM persona_versions n WHERE n.tenant_id = v.tenant_id)
            AND NOT EXISTS (SELECT 1 FROM safety_checks c
                WHERE c.tenant_id = v.tenant_id AND c.subject = 'persona' AND c.text_hash = v.text_hash)";

    /// Tenants with an AI prompt, by the beginning of its JSON.
    pub(super) const TENANTS_WITH_PROMPTS: &str =
        "SELECT tenant_id FROM rules WHERE deleted_at IS NULL AND response LIKE $1
        UNION SELECT tenant_id FROM reply_configs WHERE default_response LIKE $1";

    /// Before when, after which tenant: the next tenant with prompts that were checked long ago.
    pub(super) const NEXT_TENANT_TO_PURGE: &str =
        "SELECT tenant_id FROM safety_checks WHERE subject = 'prompt' AND created_at < $1 AND tenant_id > $2
        ORDER BY tenant_id LIMIT 1";
}
