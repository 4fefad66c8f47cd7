//! `VALUES {rows:uuid text}` and `IN ({list})`: values whose number is known when a statement runs, as each database binds them cheapest.
//!
//! SQLite gets a tuple of plain `?` for each row: sqlx asks for the name of every parameter, and SQLite looks a name up in the list of
//! all names, which for 64 rows of `$n` is longer than the work itself. PostgreSQL gets an array for each column, and one for a list: one
//! text, prepared and planned once, for any number of them.
//!
//! SeaORM cannot bind an array in which some values are `NULL`. Such a column brings a second array that says where they are.

use sea_orm::sea_query::ArrayType;
use sea_orm::{DatabaseBackend, Value};
use uuid::Uuid;

use super::dialect::replace_call;
use super::expand::{highest, placeholders};

/// How rows are written into a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Rows {
    /// `(?, ?), (?, ?)`; the single values follow those of the rows.
    Tuples(usize),
    /// `SELECT * FROM UNNEST($3::uuid[], $4::text[])`; arrays follow the single values. The numbers are those of the columns in which
    /// some values are `NULL`.
    Arrays(Vec<usize>),
}

/// How a list is written into a text; its values follow the single ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    /// `IN ($2, $3)`
    Placeholders(usize),
    /// `= ANY($2)`
    Array,
}

/// Replaces `{rows:…}` or `{list}`; the single values come first in `values`. A text without either is returned as it is.
pub(super) fn bind(backend: DatabaseBackend, text: String, mut values: Vec<Value>) -> (String, Vec<Value>) {
    let is_postgres = backend == DatabaseBackend::Postgres;
    if text.contains("{list}") {
        let mut list = values.split_off(highest(&text).min(values.len()));
        let form = match is_postgres {
            true => List::Array,
            false => List::Placeholders(fill_up(&mut list)),
        };
        match array_type_of(&list).filter(|_| is_postgres) {
            Some(kind) => values.push(Value::Array(kind, Some(Box::new(list)))),
            None => values.extend(list),
        }
        return (write_list(&text, form), values);
    }
    let types: Vec<&str> = types(&text);
    if types.is_empty() {
        return (text, values);
    }
    let mut of_rows = values.split_off(highest(&text).min(values.len()));
    if !is_postgres {
        let rows = of_rows.len() / types.len();
        of_rows.extend(values);
        return (write_rows(&text, &Rows::Tuples(rows)), of_rows);
    }
    let (arrays, nullable) = arrays(&types, of_rows);
    values.extend(arrays);
    (write_rows(&text, &Rows::Arrays(nullable)), values)
}

/// The last value is repeated up to a power of two: few distinct texts, so that prepared statements are reused however long lists are.
fn fill_up(list: &mut Vec<Value>) -> usize {
    if let Some(last) = list.last().cloned() {
        list.resize(list.len().next_power_of_two(), last);
    }
    list.len()
}

pub(super) fn write_list(text: &str, form: List) -> String {
    let first = highest(text) + 1;
    match form {
        List::Placeholders(count) => text.replace("{list}", &placeholders(first, count)),
        List::Array => text.replace("IN ({list})", &format!("= ANY(${first})")),
    }
}

/// What `{rows:…}` says, empty without it.
pub(super) fn types(text: &str) -> Vec<&str> {
    let types = text
        .split_once("{rows:")
        .and_then(|(_, rest)| rest.split_once('}'))
        .map_or("", |(types, _)| types);
    types.split_whitespace().collect()
}

pub(super) fn write_rows(text: &str, form: &Rows) -> String {
    let (first, width) = (highest(text) + 1, types(text).len());
    match form {
        Rows::Tuples(rows) => {
            let tuple = format!("({})", vec!["?"; width].join(", "));
            let text = with_numbers_moved(text, rows * width);
            replace_call(&text, "rows", |_| vec![tuple.as_str(); *rows].join(", "))
        }
        Rows::Arrays(nullable) => replace_call(&text.replace("VALUES {rows:", "{rows:"), "rows", |types| {
            let types: Vec<&str> = types.split_whitespace().collect();
            from_arrays(&types, nullable, first)
        }),
    }
}

fn from_arrays(types: &[&str], nullable: &[usize], first: usize) -> String {
    let types_of_arrays = types.iter().copied().chain(nullable.iter().map(|_| "boolean"));
    let numbered = types_of_arrays.zip(first..);
    let arrays: Vec<String> = numbered.map(|(name, number)| format!("${number}::{name}[]")).collect();
    let arrays = arrays.join(", ");
    if nullable.is_empty() {
        return format!("SELECT * FROM UNNEST({arrays})");
    }
    let column = |column: usize| match nullable.contains(&column) {
        true => format!("CASE WHEN n{column} THEN NULL ELSE c{column} END"),
        false => format!("c{column}"),
    };
    let columns: Vec<String> = (0..types.len()).map(column).collect();
    let names = (0..types.len()).map(|column| format!("c{column}"));
    let names: Vec<String> = names
        .chain(nullable.iter().map(|column| format!("n{column}")))
        .collect();
    let (columns, names) = (columns.join(", "), names.join(", "));
    format!("SELECT {columns} FROM UNNEST({arrays}) AS given ({names})")
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

/// An array for each column, then one for each column in which some values are `NULL`, which says where they are; with the numbers of
/// those columns.
fn arrays(types: &[&str], values: Vec<Value>) -> (Vec<Value>, Vec<usize>) {
    let width = types.len();
    let mut columns = vec![Vec::with_capacity(values.len() / width); width];
    for (place, value) in values.into_iter().enumerate() {
        columns[place % width].push(value);
    }
    let (mut arrays, mut places, mut nullable) = (Vec::new(), Vec::new(), Vec::new());
    for (number, (mut column, name)) in columns.into_iter().zip(types).enumerate() {
        let nulls: Vec<bool> = column.iter().map(is_null).collect();
        // An array that is `NULL` gives `NULL` to every row, as long as another column has values.
        let is_empty = nulls.iter().all(|null| *null);
        if !is_empty && nulls.contains(&true) {
            column.iter_mut().filter(|value| is_null(value)).for_each(fill);
            places.push(array_of(ArrayType::Bool, nulls.into_iter().map(Value::from)));
            nullable.push(number);
        }
        let column = (!is_empty).then(|| Box::new(column));
        arrays.push(Value::Array(array_type(name), column));
    }
    arrays.extend(places);
    (arrays, nullable)
}

fn array_of(kind: ArrayType, values: impl Iterator<Item = Value>) -> Value {
    Value::Array(kind, Some(Box::new(values.collect())))
}

/// Any value of the type in the place of `NULL`.
fn fill(value: &mut Value) {
    *value = match value {
        Value::Uuid(_) => Uuid::nil().into(),
        Value::BigInt(_) => 0i64.into(),
        Value::Int(_) => 0i32.into(),
        Value::Bool(_) => false.into(),
        Value::Bytes(_) => Vec::<u8>::new().into(),
        _ => String::new().into(),
    };
}

/// The type of a list's values; `None` for a type that no list has, whose values no statement takes.
fn array_type_of(list: &[Value]) -> Option<ArrayType> {
    Some(match list.first()? {
        Value::Uuid(_) => ArrayType::Uuid,
        Value::String(_) => ArrayType::String,
        Value::BigInt(_) => ArrayType::BigInt,
        _ => return None,
    })
}

/// Of the types that rows have; the test of all statements names them.
fn array_type(name: &str) -> ArrayType {
    match name {
        "uuid" => ArrayType::Uuid,
        "bigint" => ArrayType::BigInt,
        "integer" => ArrayType::Int,
        "boolean" => ArrayType::Bool,
        "bytea" => ArrayType::Bytes,
        _ => ArrayType::String,
    }
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
    fn a_second_array_says_where_values_are_missing() {
        let (text, values) = bound(DatabaseBackend::Postgres, [(1, Some("a")), (2, None)]);
        let expected = "WITH v (a, b) AS (SELECT c0, CASE WHEN n1 THEN NULL ELSE c1 END FROM \
            UNNEST($3::bigint[], $4::text[], $5::boolean[]) AS given (c0, c1, n1)) SET x = $2, y = $1";
        assert_eq!(text, expected);
        let filled = Value::Array(ArrayType::String, Some(Box::new(vec!["a".into(), "".into()])));
        let missing = Value::Array(ArrayType::Bool, Some(Box::new(vec![false.into(), true.into()])));
        assert_eq!(values[3..], [filled, missing]);
    }

    const IN: &str = "x = $1 AND (id IN ({list}) OR y IN ({list}))";

    #[test]
    fn lists_follow_single_values_and_grow_by_powers_of_two_on_sqlite() {
        let given = vec!["x".into(), 1i64.into(), 2i64.into(), 3i64.into()];
        let (text, values) = bind(DatabaseBackend::Sqlite, IN.to_owned(), given);
        assert_eq!(text, "x = $1 AND (id IN ($2, $3, $4, $5) OR y IN ($2, $3, $4, $5))");
        assert_eq!(values, ["x".into(), 1i64.into(), 2i64.into(), 3i64.into(), 3i64.into()]);
    }

    #[test]
    fn lists_are_one_array_on_postgres() {
        let given = vec!["x".into(), 1i64.into(), 2i64.into(), 3i64.into()];
        let (text, values) = bind(DatabaseBackend::Postgres, IN.to_owned(), given);
        assert_eq!(text, "x = $1 AND (id = ANY($2) OR y = ANY($2))");
        let list = Value::Array(
            ArrayType::BigInt,
            Some(Box::new(vec![1i64.into(), 2i64.into(), 3i64.into()])),
        );
        assert_eq!(values, ["x".into(), list]);
    }
}
