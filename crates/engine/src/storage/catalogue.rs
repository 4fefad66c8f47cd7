//! Every SQL statement of the engine, for the test that prepares each against both schemas.
//!
//! A new `sql.rs` needs a line here; the test fails when it is missing.

use sea_orm::DatabaseBackend;

use super::expand::{highest, text_of_list, text_of_rows};
use super::{NamedStatement, dialect};

const FILES: &[&[NamedStatement]] = &[
    crate::accounts::sql::STATEMENTS,
    crate::ai::sql::STATEMENTS,
    crate::channels::instagram::sql::STATEMENTS,
    crate::connect::daily_checks::sql::STATEMENTS,
    crate::connect::sql::STATEMENTS,
    crate::credits::sql::STATEMENTS,
    crate::identity::sql::STATEMENTS,
    crate::inbox::sql::STATEMENTS,
    crate::intents::sql::STATEMENTS,
    crate::jobs::sql::STATEMENTS,
    crate::memory::sql::STATEMENTS,
    crate::messages::sql::STATEMENTS,
    crate::overview::sql::STATEMENTS,
    crate::persona::sql::STATEMENTS,
    crate::pipeline::sql::STATEMENTS,
    crate::replies::sql::STATEMENTS,
    crate::rules::sql::STATEMENTS,
    crate::runtime::sql::STATEMENTS,
    crate::safety::sql::STATEMENTS,
    crate::trace::sql::STATEMENTS,
    crate::vault::sql::STATEMENTS,
];

/// How long the lists of a prepared statement are: alone, and where commas stand between.
const LENGTHS: [usize; 2] = [1, 4];

/// Every statement.
pub fn statements() -> impl Iterator<Item = &'static NamedStatement> {
    FILES.iter().copied().flatten()
}

impl NamedStatement {
    /// The texts that run, with the PostgreSQL types of their placeholders: with each condition, with short and long lists.
    #[must_use]
    pub fn expansions(&self, backend: DatabaseBackend) -> Vec<(String, Vec<String>)> {
        let texts: Vec<String> = match self.conditions {
            [] => vec![self.text.to_owned()],
            conditions => conditions
                .iter()
                .map(|c| self.text.replace("{conditions}", c))
                .collect(),
        };
        let lengths = if self.text.contains("{list}") || self.text.contains("{rows:") {
            &LENGTHS[..]
        } else {
            &LENGTHS[..1]
        };
        let expand = |text: &String| {
            lengths
                .iter()
                .map(|count| expansion(backend, text, *count))
                .collect::<Vec<_>>()
        };
        texts.iter().flat_map(expand).collect()
    }
}

fn expansion(backend: DatabaseBackend, text: &str, count: usize) -> (String, Vec<String>) {
    let row = text
        .split_once("{rows:")
        .and_then(|(_, rest)| rest.split_once('}'))
        .map_or("", |(types, _)| types);
    let singles = vec!["unknown".to_owned(); highest(text)];
    let of_rows = (0..count).flat_map(|_| row.split_whitespace().map(str::to_owned));
    let of_rows: Vec<String> = of_rows.collect();
    let of_list = vec!["unknown".to_owned(); if text.contains("{list}") { count } else { 0 }];
    let expanded = text_of_list(&text_of_rows(text, count), count);
    (
        dialect::render(backend, expanded.into()).into_owned(),
        [singles, of_rows, of_list].concat(),
    )
}
