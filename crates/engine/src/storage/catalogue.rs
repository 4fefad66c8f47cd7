//! Every SQL statement of the engine, for the test that prepares each against both schemas.
//!
//! A new `sql.rs` needs a line here; the test fails when it is missing.

use sea_orm::DatabaseBackend;

use super::expand::{highest, text_of_list};
use super::rows::{self, Form};
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
        let forms = forms(backend, self.text);
        let expand = |text: &String| {
            let forms = forms
                .iter()
                .map(|(form, count)| expansion(backend, text, *form, *count));
            forms.collect::<Vec<_>>()
        };
        texts.iter().flat_map(expand).collect()
    }
}

/// How the rows of a text are written on a database, and how long its lists are.
fn forms(backend: DatabaseBackend, text: &str) -> Vec<(Form, usize)> {
    let postgres = backend == DatabaseBackend::Postgres;
    let of_rows = |rows| match postgres {
        true => Form::Numbered { rows },
        false => Form::Unnamed { rows },
    };
    let tuples = LENGTHS.map(|count| (of_rows(count), count));
    match (text.contains("{rows:"), text.contains("{list}")) {
        (true, _) if postgres => [&tuples[..], &[(Form::Arrays, 1)]].concat(),
        (true, _) | (_, true) => tuples.to_vec(),
        _ => tuples[..1].to_vec(),
    }
}

fn expansion(backend: DatabaseBackend, text: &str, form: Form, count: usize) -> (String, Vec<String>) {
    let of_row = rows::types(text).into_iter();
    let of_rows: Vec<String> = match form {
        Form::Arrays => of_row.map(|name| format!("{name}[]")).collect(),
        _ => (0..count).flat_map(|_| of_row.clone().map(str::to_owned)).collect(),
    };
    let singles = vec!["unknown".to_owned(); highest(text)];
    let of_list = vec!["unknown".to_owned(); if text.contains("{list}") { count } else { 0 }];
    let expanded = text_of_list(&rows::text_of(text, form), count);
    (
        dialect::render(backend, expanded.into()).into_owned(),
        [singles, of_rows, of_list].concat(),
    )
}
