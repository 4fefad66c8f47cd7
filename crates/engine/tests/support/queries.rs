//! Statements that a test runs directly.

use engine::storage::sql;
use sea_orm::{FromQueryResult, Value};

use super::TestDatabase;

#[derive(FromQueryResult)]
struct Number {
    number: i64,
}

impl TestDatabase {
    /// Runs one statement on the writer; returns how many rows it changed.
    pub async fn execute(&self, text: &str, values: impl IntoIterator<Item = Value> + Send) -> u64 {
        let done = sql::execute(self.writer(), text, values).await;
        done.unwrap_or_else(|error| panic!("{text}: {error:?}"))
    }

    /// The column `number` of every row.
    pub async fn numbers(&self, text: &str, values: impl IntoIterator<Item = Value> + Send) -> Vec<i64> {
        let rows = sql::all::<Number, _>(self.reader(), text, values).await;
        let rows = rows.unwrap_or_else(|error| panic!("{text}: {error:?}"));
        rows.iter().map(|row| row.number).collect()
    }

    /// How many rows there are.
    pub async fn count(&self, from_where: &str) -> i64 {
        let text = format!("SELECT COUNT(*) AS number FROM {from_where}");
        self.numbers(&text, []).await[0]
    }
}
