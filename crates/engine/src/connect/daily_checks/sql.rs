//! What the daily checks need beyond one table.

use crate::storage::statements;

/// Ends a condition on accounts: all, or those of the tenant `$6`.
pub(super) const OF_TENANT: [&str; 2] = ["", "AND tenant_id = $6"];
/// Ends a condition on due rows: all, or those of the run `$5` of the day `$4`.
pub(super) const OF_RUN: [&str; 2] = ["", "AND day = $4 AND run = $5"];

statements! {
    /// Day, run, now, the status *disconnected*, the channel. Every connected account, also those that are switched off.
    pub(super) const PLAN: &str =
        "INSERT INTO token_checks (account_id, day, run, not_before)
        SELECT id, $1, $2, $3 FROM accounts WHERE status <> $4 AND channel = $5 {conditions}",
        conditions [OF_TENANT[0], OF_TENANT[1]];

    /// Day, run, now, the status *disconnected*, the channel, and since when a first check is missed.
    pub(super) const PLAN_UNCHECKED: &str =
        "INSERT INTO token_checks (account_id, day, run, not_before)
        SELECT id, $1, $2, $3 FROM accounts WHERE status <> $4 AND channel = $5
            AND token_checked_at IS NULL AND status_since <= $6
        ON CONFLICT (account_id, day, run) DO UPDATE SET checked_at = NULL, result = NULL, not_before = excluded.not_before
            WHERE token_checks.checked_at IS NOT NULL";

    /// Now, when they are due again, and how many at most. The condition stands twice: PostgreSQL looks at the outer one again after
    /// it waited for another server's transaction.
    pub(super) const TAKE_DUE: &str =
        "UPDATE token_checks SET not_before = $2, attempts = attempts + 1
        WHERE checked_at IS NULL AND not_before <= $1 {conditions} AND (account_id, day, run) IN
            (SELECT account_id, day, run FROM token_checks WHERE checked_at IS NULL AND not_before <= $1 {conditions}
            ORDER BY not_before, account_id LIMIT $3)
        RETURNING account_id, day, run, attempts",
        conditions [OF_RUN[0], OF_RUN[1]];

    /// Name of the runs, now.
    pub(super) const CLOSE_RUNS: &str =
        "UPDATE job_runs SET finished_at = $2 WHERE name = $1 AND finished_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM token_checks c
            WHERE c.day = job_runs.day AND c.run = job_runs.run AND c.checked_at IS NULL)";

    /// Accounts, checked ones, broken ones: day, run, and the three results that are no fault.
    pub(super) const RUN_SUMMARY: &str =
        "SELECT COUNT(*), COUNT(checked_at), COUNT(CASE WHEN result NOT IN ($3, $4, $5) THEN 1 END)
        FROM token_checks WHERE day = $1 AND run = $2";

    /// Name of the runs, tenant.
    pub(super) const TENANT_RUN: &str =
        "SELECT r.started_at, COUNT(*), COUNT(c.checked_at)
        FROM job_runs r
            JOIN token_checks c ON c.day = r.day AND c.run = r.run
            JOIN accounts a ON a.id = c.account_id
        WHERE r.name = $1 AND a.tenant_id = $2
        GROUP BY r.day, r.run, r.started_at
        ORDER BY r.started_at DESC, r.run DESC LIMIT 1";
}
