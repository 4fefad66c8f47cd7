//! What every table of the schema holds, how long, and by which job it goes. A test compares this with the schema of both databases and
//! with docs/retention.md: a table without a line here fails it.

use std::time::Duration;

use domain::time::Timestamp;

use super::Engine;
use super::sql::{
    PURGE_API_KEYS, PURGE_AUDIT, PURGE_CONFIG_CHANGES, PURGE_CONVERSATIONS, PURGE_DELETED_RULES,
    PURGE_DELETION_REQUESTS, PURGE_ECHO_DIGESTS, PURGE_EVENT_KEYS, PURGE_FLASHES, PURGE_IDEMPOTENCY_KEYS,
    PURGE_IMPORT_PREVIEWS, PURGE_JOB_RUNS, PURGE_MESSAGES, PURGE_ONE_TIME_CODES, PURGE_OUTGOING_WEBHOOKS,
    PURGE_SESSIONS, PURGE_SIGN_IN_ATTEMPTS,
};
use crate::storage::{StorageError, sql};

const DAY: u64 = 24 * 60 * 60;
/// Rows of one deletion, as its text says.
const BATCH: u64 = 500;

/// One table.
#[derive(Debug, Clone, Copy)]
pub struct Retention {
    /// Its name.
    pub table: &'static str,
    /// What it holds.
    pub holds: &'static str,
    /// When and how that goes.
    pub end: End,
}

/// How rows of a table end.
#[derive(Debug, Clone, Copy)]
pub enum End {
    /// Housekeeping deletes them when they are older than that.
    Purged(Age, &'static str),
    /// They go with something else, or by a job of their own feature.
    With(&'static str),
    /// They stay, because.
    ForGood(&'static str),
}

/// How old.
#[derive(Debug, Clone, Copy)]
pub enum Age {
    /// As the operator has set: `retention_days`.
    OfTheLog,
    /// So many days.
    Days(u64),
    /// So many hours.
    Hours(u64),
    /// As the row says itself.
    Expired,
}

impl Age {
    fn duration(self, of_the_log: Duration) -> Duration {
        match self {
            Self::OfTheLog => of_the_log,
            Self::Days(days) => Duration::from_secs(days * DAY),
            Self::Hours(hours) => Duration::from_secs(hours * 60 * 60),
            Self::Expired => Duration::ZERO,
        }
    }
}

impl std::fmt::Display for Age {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::OfTheLog => formatter.write_str("`retention_days` (400)"),
            Self::Days(days) => write!(formatter, "{days} days"),
            Self::Hours(hours) => write!(formatter, "{hours} hours"),
            Self::Expired => formatter.write_str("at its own end"),
        }
    }
}

impl std::fmt::Display for End {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Purged(age, _) => write!(formatter, "{age}, by housekeeping"),
            Self::With(what) => formatter.write_str(what),
            Self::ForGood(because) => write!(formatter, "for good, because {because}"),
        }
    }
}

const fn purged(table: &'static str, holds: &'static str, age: Age, statement: &'static str) -> Retention {
    let end = End::Purged(age, statement);
    Retention { table, holds, end }
}

const fn with(table: &'static str, holds: &'static str, what: &'static str) -> Retention {
    let end = End::With(what);
    Retention { table, holds, end }
}

const fn for_good(table: &'static str, holds: &'static str, because: &'static str) -> Retention {
    let end = End::ForGood(because);
    Retention { table, holds, end }
}

/// Every table, those that customers and persons are in first.
pub const RETENTION: &[Retention] = &[
    purged(
        "messages",
        "when which customer wrote or was answered, and what became of it",
        Age::OfTheLog,
        PURGE_MESSAGES,
    ),
    with("replies", "the state of each reply", "with the message it answers"),
    purged(
        "conversations",
        "ids of customers, until when they can be answered",
        Age::OfTheLog,
        PURGE_CONVERSATIONS,
    ),
    with(
        "conversation_turns",
        "which words are remembered",
        "24 hours at most, by the memory’s wiping",
    ),
    with(
        "sealed_values",
        "words of open replies and remembered turns, tokens",
        "when the reply ends, the turn is wiped or the account is disconnected",
    ),
    purged(
        "inbound_events",
        "keys by which a repeated event is recognised",
        Age::Days(14),
        PURGE_EVENT_KEYS,
    ),
    purged(
        "echo_digests",
        "keyed digests of what the account wrote without Concierge",
        Age::Hours(24),
        PURGE_ECHO_DIGESTS,
    ),
    with(
        "accounts",
        "switches and state of an account",
        "30 days after the disconnect, by the purge of connections",
    ),
    with(
        "instagram_accounts",
        "ids and names of an account at Meta",
        "with its account",
    ),
    with("reply_configs", "the default reply of an account", "with its account"),
    purged(
        "rules",
        "rules; deleted ones can be restored",
        Age::Days(30),
        PURGE_DELETED_RULES,
    ),
    with(
        "examples",
        "messages that an admin typed to try rules",
        "with its account",
    ),
    purged(
        "reply_config_changes",
        "both sides of each change of rules",
        Age::OfTheLog,
        PURGE_CONFIG_CHANGES,
    ),
    with(
        "prompts_in_use",
        "the approved text of each AI prompt",
        "with its prompt or account",
    ),
    with(
        "intent_vectors",
        "vectors of a rule’s example sentences",
        "with its rule",
    ),
    with(
        "persona_versions",
        "the workspace’s own texts for the AI",
        "with the workspace, so that it can go back to each of them",
    ),
    with(
        "safety_checks",
        "texts that steer the AI, and verdicts on them",
        "when no version uses the text, by the purge of checks",
    ),
    with(
        "token_checks",
        "results of the daily checks",
        "30 days, by the purge of connections",
    ),
    with(
        "connect_visits",
        "sign-ins at Facebook that are under way",
        "at its end, by the purge of connections",
    ),
    purged(
        "deletion_requests",
        "codes of requests for deletion, no id that can be searched for",
        Age::Days(400),
        PURGE_DELETION_REQUESTS,
    ),
    with(
        "users",
        "e-mail addresses and hashes of passwords",
        "when the operator deletes the person",
    ),
    with(
        "memberships",
        "who may do what in which workspace",
        "with the person or the workspace",
    ),
    with(
        "tenants",
        "names and settings of workspaces",
        "when the operator deletes the workspace",
    ),
    purged("sessions", "hashes of sessions", Age::Expired, PURGE_SESSIONS),
    purged(
        "flashes",
        "what a form leaves for the next page",
        Age::Expired,
        PURGE_FLASHES,
    ),
    purged(
        "import_previews",
        "a file of rules before it is imported",
        Age::Expired,
        PURGE_IMPORT_PREVIEWS,
    ),
    purged(
        "api_keys",
        "names, scopes and hashes of the keys of programs",
        Age::Days(730),
        PURGE_API_KEYS,
    ),
    purged(
        "idempotency_keys",
        "sealed answers to writes that a program may repeat",
        Age::Expired,
        PURGE_IDEMPOTENCY_KEYS,
    ),
    purged(
        "one_time_codes",
        "hashes of codes that work once",
        Age::Expired,
        PURGE_ONE_TIME_CODES,
    ),
    purged(
        "sign_in_throttle",
        "keyed digests of who tried to sign in",
        Age::Hours(2),
        PURGE_SIGN_IN_ATTEMPTS,
    ),
    purged("audit_log", "who changed what", Age::Days(730), PURGE_AUDIT),
    for_good(
        "credit_balances",
        "how many credits a workspace has",
        "it is money; one row for each workspace",
    ),
    for_good(
        "credit_batches",
        "credits that were granted, and until when",
        "it is money, and the ledger names it",
    ),
    for_good(
        "credit_ledger",
        "each credit that was granted, taken, given back or expired",
        "it is money; it names no customer, and the reply whose number it holds goes with the log",
    ),
    for_good(
        "ai_usage",
        "tokens of the AI by workspace and day",
        "it is money; one row a day",
    ),
    purged(
        "job_runs",
        "which server made the daily checks",
        Age::Days(30),
        PURGE_JOB_RUNS,
    ),
    with(
        "webhook_endpoints",
        "where outgoing webhooks go, and salts of signing secrets",
        "when an owner deletes the receiver",
    ),
    purged(
        "outgoing_webhooks",
        "what receivers are told: ids, times and codes, and what came back",
        Age::Days(7),
        PURGE_OUTGOING_WEBHOOKS,
    ),
    for_good(
        "webhook_health",
        "counts of events that belong to nobody",
        "it is one row for each kind",
    ),
    for_good(
        "intent_backgrounds",
        "vectors of sentences of ours",
        "it is one row for each encoder",
    ),
    for_good(
        "digest_keys",
        "the key of digests, sealed",
        "it is one row, and without it no stored digest is found again",
    ),
    for_good(
        "schema_versions",
        "which release made the schema",
        "the next release reads it",
    ),
];

/// The table of docs/retention.md.
#[must_use]
pub fn as_markdown() -> String {
    let rows = RETENTION
        .iter()
        .map(|row| format!("| `{}` | {} | {} |\n", row.table, row.holds, row.end));
    format!("| table | holds | kept |\n|---|---|---|\n{}", rows.collect::<String>())
}

impl Engine {
    /// Deletes what has reached its end, a few rows at a time.
    pub async fn purge_old(&self, now: Timestamp) -> Result<(), StorageError> {
        for row in RETENTION {
            if let End::Purged(age, statement) = row.end {
                let before = now - age.duration(self.retention);
                while sql::execute(self.database().writer(), statement, [before.into()]).await? >= BATCH {}
            }
        }
        Ok(())
    }
}
