//! Statements of the hot features that nobody waits for: a command, a start, the end of an account.

/// With when each runs.
pub const SELDOM: [(&str, &str); 11] = [
    ("WRONG_TENANTS", "`concierge credits verify` reads everything"),
    ("WRONG_REPLIES", "`concierge credits verify` reads everything"),
    ("EXPLAIN", "`concierge message explain` knows no account"),
    ("FREE_ALL_JOBS", "at the start, on SQLite"),
    ("FORGET_LOCKS", "at the start, on SQLite"),
    ("FORGET_WORKERS", "at the start, on SQLite"),
    ("FREE_JOBS_OF_WORKER", "when a server stops"),
    ("PURGE_JOBS", "housekeeping; apalis has no index by age on PostgreSQL"),
    ("KEY_IDS", "at the start"),
    ("FORGET_ACCOUNT", "when memory is switched off"),
    ("DESTROY_CONTENT_OF_ACCOUNT", "when an account is disconnected"),
];

/// The log finds the open reply of each of its messages: while few replies are open, PostgreSQL reads all of these by a partial index.
pub const MISLED: [&str; 1] = ["ROWS"];
