//! Writes many rows with one statement, so that deliveries that wait together cost one round trip.

use sea_orm::{ConnectionTrait, DatabaseBackend, TryGetableMany, Value};

use super::{StorageError, sql};

/// Rows of one statement whose text grows with them. Powers of two only: few distinct texts, so that prepared statements are reused.
const LARGEST_CHUNK: usize = 64;

/// Runs `INSERT INTO … VALUES {rows:…}` for any number of rows.
///
/// Earlier chunks stay written when a later one fails, until the caller rolls back.
pub async fn execute<C: ConnectionTrait>(
    connection: &C,
    text: &str,
    rows: Vec<Vec<Value>>,
) -> Result<(), StorageError> {
    changing(connection, text, [], rows).await.map(drop)
}

/// Runs a statement whose `{rows:…}` stand beside the single values `first`; returns how many rows it changed.
pub async fn changing<C: ConnectionTrait>(
    connection: &C,
    text: &str,
    first: impl IntoIterator<Item = Value> + Clone,
    rows: Vec<Vec<Value>>,
) -> Result<u64, StorageError> {
    let mut changed = 0;
    for chunk in for_statements(connection, rows) {
        let (text, values) = sql::with_rows(text, first.clone(), chunk);
        changed += sql::execute(connection, text, values).await?;
    }
    Ok(changed)
}

/// As [`changing`], with `RETURNING`.
pub async fn changing_returning<T: TryGetableMany, C: ConnectionTrait>(
    connection: &C,
    text: &str,
    first: impl IntoIterator<Item = Value> + Clone,
    rows: Vec<Vec<Value>>,
) -> Result<Vec<T>, StorageError> {
    let mut returned = Vec::new();
    for chunk in for_statements(connection, rows) {
        let (text, values) = sql::with_rows(text, first.clone(), chunk);
        returned.extend(sql::values::<T, C>(connection, text, values).await?);
    }
    Ok(returned)
}

/// [`execute`] with `RETURNING`: one value for each row that was written, or a tuple.
pub async fn returning<T: TryGetableMany, C: ConnectionTrait>(
    connection: &C,
    text: &str,
    rows: Vec<Vec<Value>>,
) -> Result<Vec<T>, StorageError> {
    changing_returning(connection, text, [], rows).await
}

/// Cuts `rows` into what one statement takes: all of them where rows are arrays, else [`chunks`].
pub fn for_statements<T, C: ConnectionTrait>(connection: &C, rows: Vec<T>) -> Vec<Vec<T>> {
    match connection.get_database_backend() == DatabaseBackend::Postgres {
        true if rows.is_empty() => Vec::new(),
        true => vec![rows],
        false => chunks(rows).collect(),
    }
}

/// Cuts `rows` into chunks for statements whose text grows with them, as that of `Entity::insert_many`.
pub fn chunks<T>(rows: Vec<T>) -> impl Iterator<Item = Vec<T>> {
    let mut rest = rows.into_iter();
    std::iter::from_fn(move || {
        let count = (rest.len() > 0).then(|| chunk_size(rest.len()))?;
        Some(rest.by_ref().take(count).collect())
    })
}

fn chunk_size(rows: usize) -> usize {
    let largest_power_of_two = 1 << rows.ilog2();
    largest_power_of_two.min(LARGEST_CHUNK)
}
