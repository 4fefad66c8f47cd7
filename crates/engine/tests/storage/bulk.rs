//! What is written in bulk is what was given: any number of rows, any column `NULL` in all, some or none of them, on both databases.

use engine::storage::{Value, bulk, sql};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use uuid::Uuid;

use crate::support::{TestDatabase, for_each_database};

const CASES: usize = 40;
const TABLE: &str = "CREATE TABLE bulk_rows (number BIGINT PRIMARY KEY, id {bytes}, label TEXT, small INTEGER, yes BOOLEAN, bytes {blob})";
const INSERT: &str = "INSERT INTO bulk_rows (number, id, label, small, yes, bytes)
    VALUES {rows:bigint uuid text integer boolean bytea}";
const INSERT_NEW: &str = "INSERT INTO bulk_rows (number, id, label, small, yes, bytes)
    VALUES {rows:bigint uuid text integer boolean bytea} ON CONFLICT (number) DO NOTHING RETURNING number";
const ALL: &str = "SELECT number, id, label, small, yes, bytes FROM bulk_rows ORDER BY number";
/// Single values on both sides of the rows.
const RELABEL: &str = "WITH v (number, label) AS (VALUES {rows:bigint text})
    UPDATE bulk_rows SET label = $2 || COALESCE(v.label, '-') || $1 FROM v WHERE bulk_rows.number = v.number AND v.number <> $3";

type Row = (
    i64,
    Option<Uuid>,
    Option<String>,
    Option<i32>,
    Option<bool>,
    Option<Vec<u8>>,
);

/// Which rows have a value in a column.
#[derive(Debug, Clone, Copy)]
enum Present {
    Always,
    Never,
    Sometimes,
}

impl Present {
    fn keep<T>(self, sometimes: bool, value: T) -> Option<T> {
        match self {
            Self::Always => Some(value),
            Self::Never => None,
            Self::Sometimes => sometimes.then_some(value),
        }
    }
}

type Values = (u128, String, i32, bool, Vec<u8>);

fn present() -> impl Strategy<Value = Present> {
    prop_oneof![Just(Present::Always), Just(Present::Never), Just(Present::Sometimes)]
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let values = (
        any::<u128>(),
        "[a-z{}\"\\\\,' $?é]{0,12}",
        any::<i32>(),
        any::<bool>(),
        proptest::collection::vec(any::<u8>(), 0..12),
    );
    let rows = proptest::collection::vec((values, any::<[bool; 5]>()), 0..=300);
    (rows, proptest::array::uniform5(present())).prop_map(|(rows, [id, label, small, yes, bytes])| {
        let row = |(number, (values, kept)): (usize, (Values, [bool; 5]))| {
            let (a, b, c, d, e) = values;
            (
                number as i64,
                id.keep(kept[0], Uuid::from_u128(a)),
                label.keep(kept[1], b),
                small.keep(kept[2], c),
                yes.keep(kept[3], d),
                bytes.keep(kept[4], e),
            )
        };
        rows.into_iter().enumerate().map(row).collect()
    })
}

fn values(row: &Row) -> Vec<Value> {
    let (number, id, label, small, yes, bytes) = row.clone();
    vec![
        number.into(),
        id.into(),
        label.into(),
        small.into(),
        yes.into(),
        bytes.into(),
    ]
}

async fn start_anew(database: &TestDatabase) {
    sql::execute(database.writer(), "DROP TABLE IF EXISTS bulk_rows", [])
        .await
        .unwrap();
    let (bytes, blob) = if database.is_postgres() {
        ("UUID", "BYTEA")
    } else {
        ("BLOB", "BLOB")
    };
    let table = TABLE.replace("{bytes}", bytes).replace("{blob}", blob);
    sql::execute(database.writer(), table, []).await.unwrap();
}

/// Some number of cases; the strategies shrink nothing here, a failure names its case.
async fn for_each_case(story: impl AsyncFn(TestDatabase, Vec<Row>)) {
    let story = &story;
    for_each_database(|database| async move {
        let mut runner = TestRunner::deterministic();
        start_anew(&database).await;
        for _ in 0..CASES {
            let rows = rows().new_tree(&mut runner).unwrap().current();
            sql::execute(database.writer(), "DELETE FROM bulk_rows", [])
                .await
                .unwrap();
            story(database.clone(), rows).await;
        }
    })
    .await;
}

async fn stored(database: &TestDatabase) -> Vec<Row> {
    sql::values::<Row, _>(database.writer(), ALL, []).await.unwrap()
}

#[tokio::test]
async fn every_row_that_is_given_is_written() {
    for_each_case(async |database, rows| {
        let given = rows.iter().map(values).collect();
        bulk::execute(database.writer(), INSERT, given).await.unwrap();
        assert_eq!(stored(&database).await, rows, "{}", database.kind);
    })
    .await;
}

#[tokio::test]
async fn what_was_new_is_returned_and_what_was_there_stays() {
    for_each_case(async |database, rows| {
        let there: Vec<Row> = rows.iter().step_by(3).cloned().collect();
        bulk::execute(database.writer(), INSERT, there.iter().map(values).collect())
            .await
            .unwrap();
        let given = rows.iter().map(values).collect();
        let mut new: Vec<i64> = bulk::returning(database.writer(), INSERT_NEW, given).await.unwrap();
        new.sort_unstable();
        let expected: Vec<i64> = rows.iter().map(|row| row.0).filter(|number| number % 3 != 0).collect();
        assert_eq!(new, expected, "{}", database.kind);
        assert_eq!(stored(&database).await, rows, "{}", database.kind);
    })
    .await;
}

#[tokio::test]
async fn single_values_stay_apart_from_rows() {
    for_each_case(async |database, rows| {
        bulk::execute(database.writer(), INSERT, rows.iter().map(values).collect())
            .await
            .unwrap();
        let labels = rows.iter().map(|row| vec![row.0.into(), row.2.clone().into()]);
        let (text, values) = sql::with_rows(RELABEL, [">".into(), "<".into(), 1i64.into()], labels);
        if !rows.is_empty() {
            sql::execute(database.writer(), text, values).await.unwrap();
        }
        let expected = rows.into_iter().map(|row| match row {
            (1, ..) => row,
            (number, id, label, small, yes, bytes) => {
                let label = format!("<{}>", label.unwrap_or_else(|| "-".to_owned()));
                (number, id, Some(label), small, yes, bytes)
            }
        });
        assert_eq!(
            stored(&database).await,
            expected.collect::<Vec<_>>(),
            "{}",
            database.kind
        );
    })
    .await;
}
