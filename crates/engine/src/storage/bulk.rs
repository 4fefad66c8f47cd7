//! Writes many rows with one statement, so that deliveries that wait together cost one round trip.

use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use super::{StorageError, sql};

/// Rows of one statement. Powers of two only: few distinct texts, so that prepared statements are reused.
const LARGEST_CHUNK: usize = 64;

/// An `INSERT INTO` of any number of rows.
#[derive(Debug, Clone, Copy)]
pub struct BulkInsert {
    /// Table and columns: `messages (id, tenant_id)`.
    pub into: &'static str,
    /// How many columns that is.
    pub columns: usize,
    /// What follows the values: `ON CONFLICT DO NOTHING RETURNING id`, or nothing.
    pub suffix: &'static str,
}

impl BulkInsert {
    /// Inserts `rows`.
    ///
    /// # Errors
    /// What the database answers; earlier chunks stay written until the caller rolls back.
    pub async fn execute<C: ConnectionTrait>(&self, connection: &C, rows: Vec<Vec<Value>>) -> Result<(), StorageError> {
        for (text, values) in self.statements(rows) {
            sql::execute(connection, text, values).await?;
        }
        Ok(())
    }

    /// Inserts `rows` and reads what `RETURNING` gives back.
    ///
    /// # Errors
    /// What the database answers; earlier chunks stay written until the caller rolls back.
    pub async fn returning<T: FromQueryResult, C: ConnectionTrait>(
        &self,
        connection: &C,
        rows: Vec<Vec<Value>>,
    ) -> Result<Vec<T>, StorageError> {
        let mut returned = Vec::new();
        for (text, values) in self.statements(rows) {
            returned.extend(sql::all::<T, C>(connection, text, values).await?);
        }
        Ok(returned)
    }

    fn statements(&self, rows: Vec<Vec<Value>>) -> Vec<(String, Vec<Value>)> {
        let mut rest = rows.into_iter();
        let mut statements = Vec::new();
        while rest.len() > 0 {
            let count = chunk_size(rest.len());
            let values = rest.by_ref().take(count).flatten().collect();
            statements.push((self.text(count), values));
        }
        statements
    }

    fn text(&self, count: usize) -> String {
        let rows: Vec<String> = (0..count)
            .map(|row| format!("({})", sql::placeholders(row * self.columns + 1, self.columns)))
            .collect();
        format!("INSERT INTO {} VALUES {} {}", self.into, rows.join(", "), self.suffix)
    }
}

fn chunk_size(rows: usize) -> usize {
    let largest_power_of_two = 1 << rows.ilog2();
    largest_power_of_two.min(LARGEST_CHUNK)
}
