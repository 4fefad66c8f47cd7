//! Holds `classify` against docs/meta-errors.md, row by row, so that code and page say the same.

use std::collections::BTreeSet;

use super::errors::classify;
use crate::channels::refusal::RefusalClass;

const PAGE: &str = include_str!("../../../../../docs/meta-errors.md");
const EDGES: [&str; 3] = ["send", "conversations", "debug_token"];

struct Row<'a> {
    code: i64,
    subcode: &'a str,
    edge: &'a str,
    http: u16,
    class: &'a str,
}

fn rows() -> Vec<Row<'static>> {
    let table = PAGE.split_once("| code | subcode |").unwrap().1;
    table
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(row)
        .collect()
}

fn row(line: &'static str) -> Row<'static> {
    let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
    let [code, subcode, edge, http, class, meaning] = cells[..] else {
        panic!("six cells: {line}")
    };
    assert!(!meaning.is_empty(), "{line}");
    Row {
        code: code.parse().unwrap_or_default(),
        subcode,
        edge,
        http: http.parse().unwrap(),
        class,
    }
}

fn name(class: RefusalClass) -> &'static str {
    match class {
        RefusalClass::RateLimited { app_wide: true, .. } => "rate_limited_app",
        other => other.label(),
    }
}

fn edges(row: &Row<'static>) -> Vec<&'static str> {
    if row.edge == "any" {
        EDGES.to_vec()
    } else {
        vec![row.edge]
    }
}

#[test]
fn every_row_of_the_page_is_what_the_code_does() {
    let rows = rows();
    assert!(rows.len() > 80, "{} rows were read", rows.len());
    for row in &rows {
        // 424243 is nobody's subcode: a row for any subcode holds for none and for an unknown one.
        let subcodes = row.subcode.parse().map_or(vec![0, 424_243], |subcode| vec![subcode]);
        for edge in edges(row) {
            for subcode in &subcodes {
                let found = classify(edge, row.http, row.code, *subcode, false, None);
                assert_eq!(name(found.class), row.class, "{} / {subcode} on {edge}", row.code);
            }
        }
    }
}

#[test]
fn every_class_has_a_row_and_an_explanation() {
    let named: BTreeSet<&str> = rows().iter().map(|row| row.class).collect();
    let explained = PAGE
        .split_once("| class | what we do |")
        .unwrap()
        .1
        .split_once("| code |")
        .unwrap()
        .0;
    for class in &named {
        assert!(explained.contains(&format!("| {class} |")), "{class}");
    }
    assert_eq!(named.len(), 13);
}

#[test]
fn what_meta_calls_transient_is_tried_again_when_nothing_else_is_known() {
    assert_eq!(
        classify("send", 400, 424_242, 0, true, None).class,
        RefusalClass::Transient
    );
    assert_eq!(
        classify("send", 400, 100, 0, true, None).class,
        RefusalClass::BadRequest
    );
}
