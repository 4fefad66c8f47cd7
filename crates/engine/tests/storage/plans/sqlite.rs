//! What SQLite's planner says.

use sqlx::{AssertSqlSafe, Row, SqlitePool};

use super::plan::{LARGE, Read};

pub async fn reads(pool: &SqlitePool, text: &str) -> Vec<Read> {
    let query = sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {text}")));
    let rows = query
        .fetch_all(pool)
        .await
        .unwrap_or_else(|error| panic!("{text}: {error}"));
    let lines = rows.iter().map(|row| row.get::<String, _>("detail"));
    let reads = lines.filter_map(|line| read(text, &line));
    // What a text does not name is looked at for a foreign key, if one is broken at that moment.
    reads.filter(|read| text.to_lowercase().contains(&read.table)).collect()
}

/// `SEARCH r USING INDEX replies_due (not_before<?)`, `SCAN messages`.
fn read(text: &str, line: &str) -> Option<Read> {
    let rest = line.strip_prefix("SEARCH ").or_else(|| line.strip_prefix("SCAN "))?;
    let (called, how) = rest.split_once(' ').unwrap_or((rest, ""));
    let index = how
        .split_once("INDEX ")
        .map(|(_, rest)| rest.split(' ').next().unwrap_or_default().to_owned());
    let condition = how
        .split_once('(')
        .map(|(_, rest)| rest.trim_end_matches(')').to_owned());
    Some(Read {
        table: table(text, called),
        index,
        condition: condition.filter(|_| line.starts_with("SEARCH ")),
        filter: None,
    })
}

/// Which table a text calls so.
fn table(text: &str, called: &str) -> String {
    let words: Vec<String> = text
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let called = called.to_lowercase();
    let named = words
        .windows(2)
        .find(|pair| pair[1] == called && LARGE.contains(&pair[0].as_str()));
    named.map_or(called, |pair| pair[0].clone())
}
