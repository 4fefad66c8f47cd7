//! Runs SQL that both databases understand: `$1` placeholders, `ON CONFLICT`, `RETURNING`.

use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};

use super::StorageError;

/// Runs a statement; returns how many rows it changed.
///
/// # Errors
/// What the database answers.
pub async fn execute<C: ConnectionTrait>(
    connection: &C,
    sql: impl Into<String> + Send,
    values: impl IntoIterator<Item = Value> + Send,
) -> Result<u64, StorageError> {
    let statement = statement(connection, sql, values);
    Ok(connection.execute_raw(statement).await?.rows_affected())
}

/// Reads every row of a query.
///
/// # Errors
/// What the database answers.
pub async fn all<T: FromQueryResult, C: ConnectionTrait>(
    connection: &C,
    sql: impl Into<String> + Send,
    values: impl IntoIterator<Item = Value> + Send,
) -> Result<Vec<T>, StorageError> {
    let rows = connection.query_all_raw(statement(connection, sql, values)).await?;
    Ok(rows
        .iter()
        .map(|row| T::from_query_result(row, ""))
        .collect::<Result<_, _>>()?)
}

/// Reads the first row of a query, if there is one.
///
/// # Errors
/// What the database answers.
pub async fn optional<T: FromQueryResult, C: ConnectionTrait>(
    connection: &C,
    sql: impl Into<String> + Send,
    values: impl IntoIterator<Item = Value> + Send,
) -> Result<Option<T>, StorageError> {
    let row = connection.query_one_raw(statement(connection, sql, values)).await?;
    Ok(row.map(|row| T::from_query_result(&row, "")).transpose()?)
}

fn statement<C: ConnectionTrait>(
    connection: &C,
    sql: impl Into<String>,
    values: impl IntoIterator<Item = Value>,
) -> Statement {
    Statement::from_sql_and_values(connection.get_database_backend(), sql, values)
}

/// `$first, $first+1, …` for an `IN (…)` list of `count` values.
#[must_use]
pub fn placeholders(first: usize, count: usize) -> String {
    let names: Vec<String> = (first..first + count).map(|number| format!("${number}")).collect();
    names.join(", ")
}

/// The values of an `IN (…)` list, the last one repeated up to a power of two: few distinct texts, so that prepared statements
/// are reused however long lists are.
#[must_use]
pub fn padded(mut values: Vec<Value>) -> Vec<Value> {
    if let Some(last) = values.last().cloned() {
        values.resize(values.len().next_power_of_two(), last);
    }
    values
}
