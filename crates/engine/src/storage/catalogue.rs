//! Every SQL statement of the engine, for the test that prepares each against both schemas.
//!
//! A new `sql.rs` needs a line here; the test fails when it is missing.

use sea_orm::DatabaseBackend;

use super::expand::highest;
use super::rows::{self, List, Rows};
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
    crate::outgoing_webhooks::sql::STATEMENTS,
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
    /// The texts that run, with each condition, and on PostgreSQL the types of their placeholders.
    #[must_use]
    pub fn expansions(&self, backend: DatabaseBackend) -> Vec<(String, Vec<String>)> {
        let texts: Vec<String> = match self.conditions {
            [] => vec![self.text.to_owned()],
            conditions => conditions
                .iter()
                .map(|c| self.text.replace("{conditions}", c))
                .collect(),
        };
        let expand = |text: &String| match backend == DatabaseBackend::Postgres {
            true => on_postgres(text),
            false => on_sqlite(text),
        };
        texts.iter().flat_map(expand).collect()
    }
}

/// With all columns of its rows full, and with `NULL`s in each.
fn on_postgres(text: &str) -> Vec<(String, Vec<String>)> {
    let columns = rows::types(text);
    let some_are_null: Vec<usize> = (0..columns.len()).collect();
    let forms = match columns.as_slice() {
        [] => vec![vec![]],
        _ => vec![vec![], some_are_null],
    };
    let expand = |nullable: Vec<usize>| {
        let arrays = columns.iter().copied().chain(nullable.iter().map(|_| "boolean"));
        let types = unknown(text).chain(arrays.map(|name| format!("{name}[]"))).collect();
        let expanded = rows::write_rows(text, &Rows::Arrays(nullable));
        let expanded = rows::write_list(&expanded, List::Array);
        (rendered(DatabaseBackend::Postgres, expanded), types)
    };
    forms.into_iter().map(expand).collect()
}

/// With short and long lists.
fn on_sqlite(text: &str) -> Vec<(String, Vec<String>)> {
    let grows = text.contains("{rows:") || text.contains("{list}");
    let lengths = if grows { &LENGTHS[..] } else { &LENGTHS[..1] };
    let expand = |count: &usize| {
        let expanded = rows::write_rows(text, &Rows::Tuples(*count));
        let expanded = rows::write_list(&expanded, List::Placeholders(*count));
        (rendered(DatabaseBackend::Sqlite, expanded), Vec::new())
    };
    lengths.iter().map(expand).collect()
}

/// The types of the single values, and of a list.
fn unknown(text: &str) -> impl Iterator<Item = String> {
    let lists = usize::from(text.contains("{list}"));
    std::iter::repeat_n("unknown".to_owned(), highest(text) + lists)
}

fn rendered(backend: DatabaseBackend, text: String) -> String {
    dialect::render(backend, text.into()).into_owned()
}
