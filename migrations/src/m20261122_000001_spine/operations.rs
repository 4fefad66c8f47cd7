//! What operators look at: counts that belong to no account, daily runs, and who changed what.

pub(super) const STATEMENTS: &[&str] = &[
    "CREATE TABLE webhook_health (
        kind TEXT PRIMARY KEY,
        count BIGINT NOT NULL,
        last_at BIGINT NOT NULL
    )",
    "CREATE TABLE job_runs (
        name TEXT NOT NULL,
        day TEXT NOT NULL,
        run BIGINT NOT NULL,
        started_at BIGINT NOT NULL,
        finished_at BIGINT,
        PRIMARY KEY (name, day, run)
    )",
    "CREATE TABLE audit_log (
        id {uuid} PRIMARY KEY,
        tenant_id {uuid} REFERENCES tenants (id),
        user_id {uuid} REFERENCES users (id),
        action TEXT NOT NULL,
        subject_id {uuid},
        detail TEXT NOT NULL,
        created_at BIGINT NOT NULL
    )",
    "CREATE INDEX audit_log_newest_first ON audit_log (tenant_id, created_at DESC, id DESC)",
];
