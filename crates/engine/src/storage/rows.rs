//! `VALUES {rows:uuid text}`: the rows of a statement, as each database binds them cheapest.
//!
//! SQLite gets a tuple of plain `?` for each row: sqlx asks for the name of every parameter, and SQLite looks a name up in the list of
//! all names, which for 64 rows of `$n` is longer than the work itself. PostgreSQL gets an array for each column: one text, planned once,
//! for any number of rows.
//!
//! SeaORM cannot bind an array in which some values are `NULL`. Rows with such a column are tuples of `$n`.

use sea_orm::sea_query::ArrayType;
use sea_orm::{DatabaseBackend, Value};

use super::dialect::replace_call;
use super::expand::{highest, placeholders};

/// How rows are written into a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `(?, ?), (?, ?)`; the single values follow those of the rows.
    Unnamed { rows: usize },
    /// `SELECT * FROM UNNEST($3::uuid[], $4::text[])`; arrays follow the single values.
    Arrays,
    /// `($3, $4), ($5, $6)`; rows follow the single values.
    Numbered { rows: usize },
}

/// Replaces `{rows:…}`; the single values come first in `values`, then row by row. A text without it is returned as it is.
pub(super) fn bind(backend: DatabaseBackend, text: String, mut values: Vec<Value>) -> (String, Vec<Value>) {
    let types: Vec<&str> = types(&text);
    if types.is_empty() {
        return (text, values);
    }
    let mut of_rows = values.split_off(highest(&text).min(values.len()));
    let rows = of_rows.len() / types.len();
    if backend != DatabaseBackend::Postgres {
        of_rows.extend(values);
        return (text_of(&text, Form::Unnamed { rows }), of_rows);
    }
    let (form, of_rows) = match arrays(&types, of_rows) {
        Ok(arrays) => (Form::Arrays, arrays),
        Err(tuples) => (Form::Numbered { rows }, tuples),
    };
    values.extend(of_rows);
    (text_of(&text, form), values)
}

/// What `{rows:…}` says, empty without it.
pub(super) fn types(text: &str) -> Vec<&str> {
    let types = text
        .split_once("{rows:")
        .and_then(|(_, rest)| rest.split_once('}'))
        .map_or("", |(types, _)| types);
    types.split_whitespace().collect()
}

pub(super) fn text_of(text: &str, form: Form) -> String {
    let (first, width) = (highest(text) + 1, types(text).len());
    match form {
        Form::Unnamed { rows } => {
            let tuple = format!("({})", vec!["?"; width].join(", "));
            let text = with_numbers_moved(text, rows * width);
            replace_call(&text, "rows", |_| vec![tuple.as_str(); rows].join(", "))
        }
        Form::Arrays => replace_call(&text.replace("VALUES {rows:", "{rows:"), "rows", |types| {
            let types = types.split_whitespace().enumerate();
            let arrays: Vec<String> = types
                .map(|(column, name)| format!("${}::{name}[]", first + column))
                .collect();
            format!("SELECT * FROM UNNEST({})", arrays.join(", "))
        }),
        Form::Numbered { rows } => replace_call(text, "rows", |_| {
            let tuple = |row| format!("({})", placeholders(first + row * width, width));
            (0..rows).map(tuple).collect::<Vec<_>>().join(", ")
        }),
    }
}

/// `$1` becomes `$(1 + by)`: sqlx counts the unnamed parameters from 1.
fn with_numbers_moved(text: &str, by: usize) -> String {
    let mut pieces = text.split('$');
    let mut moved = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let digits = piece.bytes().take_while(u8::is_ascii_digit).count();
        match piece[..digits].parse::<usize>() {
            Ok(number) => moved.push_str(&format!("${}", number + by)),
            Err(_) => moved.push('$'),
        }
        moved.push_str(&piece[digits..]);
    }
    moved
}

/// Whether PostgreSQL gets these rows as arrays.
pub(super) fn fit_arrays(types: &[&str], rows: &[Vec<Value>]) -> bool {
    (0..types.len()).all(|column| fits(types[column], rows.iter().filter_map(|row| row.get(column))))
}

/// A value for each column, or the values as they were.
fn arrays(types: &[&str], values: Vec<Value>) -> Result<Vec<Value>, Vec<Value>> {
    let width = types.len();
    let fit = |column: usize| fits(types[column], values.iter().skip(column).step_by(width));
    if !(0..width).all(fit) {
        return Err(values);
    }
    let empty: Vec<bool> = (0..width)
        .map(|column| values.get(column).is_none_or(is_null))
        .collect();
    let mut columns = vec![Vec::with_capacity(values.len() / width); width];
    for (place, value) in values.into_iter().enumerate() {
        columns[place % width].push(value);
    }
    let columns = columns.into_iter().zip(empty).zip(types);
    // An array that is `NULL` gives `NULL` to every row, as long as another column has values.
    Ok(columns
        .filter_map(|((column, empty), name)| {
            let column = (!empty).then(|| Box::new(column));
            array_type(name).map(|name| Value::Array(name, column))
        })
        .collect())
}

/// All of the type, and `NULL` all or none.
fn fits<'a>(name: &str, values: impl Iterator<Item = &'a Value> + Clone) -> bool {
    let Some(wanted) = array_type(name) else {
        return false;
    };
    let mut nulls = values.clone().map(is_null);
    let first = nulls.next();
    nulls.all(|null| Some(null) == first) && values.into_iter().all(|value| is_of(value, &wanted))
}

fn array_type(name: &str) -> Option<ArrayType> {
    Some(match name {
        "uuid" => ArrayType::Uuid,
        "text" => ArrayType::String,
        "bigint" => ArrayType::BigInt,
        "integer" => ArrayType::Int,
        "boolean" => ArrayType::Bool,
        "bytea" => ArrayType::Bytes,
        _ => return None,
    })
}

fn is_of(value: &Value, wanted: &ArrayType) -> bool {
    matches!(
        (value, wanted),
        (Value::Uuid(_), ArrayType::Uuid)
            | (Value::String(_), ArrayType::String)
            | (Value::BigInt(_), ArrayType::BigInt)
            | (Value::Int(_), ArrayType::Int)
            | (Value::Bool(_), ArrayType::Bool)
            | (Value::Bytes(_), ArrayType::Bytes)
    )
}

fn is_null(value: &Value) -> bool {
    matches!(
        value,
        Value::Uuid(None)
            | Value::String(None)
            | Value::BigInt(None)
            | Value::Int(None)
            | Value::Bool(None)
            | Value::Bytes(None)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "WITH v (a, b) AS (VALUES {rows:bigint text}) SET x = $2, y = $1";

    fn bound(backend: DatabaseBackend, rows: [(i64, Option<&str>); 2]) -> (String, Vec<Value>) {
        let rows = rows.into_iter().flat_map(|(a, b)| [a.into(), b.into()]);
        bind(
            backend,
            TEXT.to_owned(),
            [7i64.into(), 8i64.into()].into_iter().chain(rows).collect(),
        )
    }

    #[test]
    fn sqlite_gets_unnamed_parameters_first() {
        let (text, values) = bound(DatabaseBackend::Sqlite, [(1, Some("a")), (2, None)]);
        assert_eq!(text, "WITH v (a, b) AS (VALUES (?, ?), (?, ?)) SET x = $6, y = $5");
        let expected = [
            1i64.into(),
            Some("a").into(),
            2i64.into(),
            None::<&str>.into(),
            7i64.into(),
            8i64.into(),
        ];
        assert_eq!(values, expected);
    }

    #[test]
    fn postgres_gets_an_array_for_each_column() {
        let (text, values) = bound(DatabaseBackend::Postgres, [(1, Some("a")), (2, Some("b"))]);
        let expected = "WITH v (a, b) AS (SELECT * FROM UNNEST($3::bigint[], $4::text[])) SET x = $2, y = $1";
        assert_eq!(text, expected);
        let numbers = Value::Array(ArrayType::BigInt, Some(Box::new(vec![1i64.into(), 2i64.into()])));
        assert_eq!(values[2], numbers);
        let (_, values) = bound(DatabaseBackend::Postgres, [(1, None), (2, None)]);
        assert_eq!(values[3], Value::Array(ArrayType::String, None));
    }

    #[test]
    fn a_column_with_some_nulls_is_written_row_by_row() {
        let (text, values) = bound(DatabaseBackend::Postgres, [(1, Some("a")), (2, None)]);
        assert_eq!(text, "WITH v (a, b) AS (VALUES ($3, $4), ($5, $6)) SET x = $2, y = $1");
        assert_eq!(values.len(), 6);
    }
}
