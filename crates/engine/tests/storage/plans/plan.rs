//! How a plan reaches the rows of a table, in the words of both databases.

use engine::storage::NamedStatement;

/// Tables that grow with every DM.
pub const LARGE: [&str; 9] = [
    "conversations",
    "credit_ledger",
    "inbound_events",
    "jobs",
    "messages",
    "outgoing_webhooks",
    "replies",
    "sealed_values",
    "echo_digests",
];

/// Indices that hold open replies, untold webhooks or unfinished jobs alone: to read one from end to end is to read what is open.
const OF_WHAT_IS_OPEN: [&str; 8] = [
    "replies_due",
    "replies_open_in_conversation",
    "replies_waiting_of_account",
    "outgoing_webhooks_due",
    "idx_jobs_running",
    "idx_jobs_pending",
    "idx_jobs_completed_done_at",
    "idx_jobs_failed",
];

/// One way to the rows of one table.
#[derive(Debug)]
pub struct Read {
    /// In lower case.
    pub table: String,
    pub index: Option<String>,
    /// What the index is asked for.
    pub condition: Option<String>,
    /// What is asked of each row that was found.
    pub filter: Option<String>,
}

/// What is wrong with these reads.
pub fn wrong(statement: &NamedStatement, reads: &[Read]) -> Option<String> {
    let large = reads.iter().filter(|read| LARGE.contains(&read.table.as_str()));
    let wrong = large.filter(|read| {
        is_scan(read)
            || forgets_the_id(read)
            || misses_primary_key(statement, read)
            || reads_what_was_told(statement, read)
    });
    let wrong: Vec<String> = wrong.map(|read| format!("{read:?}")).collect();
    (!wrong.is_empty()).then(|| wrong.join(" "))
}

fn is_scan(read: &Read) -> bool {
    let of_what_is_open = read
        .index
        .as_deref()
        .is_some_and(|index| OF_WHAT_IS_OPEN.contains(&index));
    read.condition.is_none() && !of_what_is_open
}

/// The id is known, and rows are read only to find that they have another.
fn forgets_the_id(read: &Read) -> bool {
    let names_id = |filter: &String| filter.contains("(id = ") || filter.contains(".id = ");
    read.filter.as_ref().is_some_and(names_id)
}

/// The statement changes or reads one row by its id.
fn misses_primary_key(statement: &NamedStatement, read: &Read) -> bool {
    let text = statement.text;
    let by_id = LARGE.iter().any(|table| {
        let starts = [format!("UPDATE {table} SET"), format!("DELETE FROM {table} ")];
        starts.iter().any(|start| text.starts_with(start)) && *table == read.table
    }) && text.contains(" WHERE id = $");
    by_id && !read.index.as_deref().is_some_and(is_primary)
}

fn is_primary(index: &str) -> bool {
    index.ends_with("_pkey") || index.starts_with("sqlite_autoindex_")
}

/// The statement asks for webhooks that are still to be told, and those of a week are read to find them.
fn reads_what_was_told(statement: &NamedStatement, read: &Read) -> bool {
    let open = |index: &str| index == "outgoing_webhooks_due" || is_primary(index);
    read.table == "outgoing_webhooks"
        && statement.text.contains("outcome IS NULL")
        && !read.index.as_deref().is_some_and(open)
}
