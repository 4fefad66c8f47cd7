//! docs/meta-cases.md names a test for each case: this one fails when such a test is gone.

use std::path::Path;

const PAGE: &str = include_str!("../../../../docs/meta-cases.md");

#[test]
fn every_case_has_a_test_that_exists_or_an_owner() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let rows = PAGE
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split_once(" | "));
    let rows: Vec<(u32, &str)> = rows
        .filter_map(|(number, rest)| Some((number.parse().ok()?, rest)))
        .collect();
    assert_eq!(
        rows.iter().map(|row| row.0).collect::<Vec<_>>(),
        (1..=58).collect::<Vec<_>>()
    );
    let mut found = 0;
    for (number, rest) in rows {
        let owner = rest
            .split_once(" | ")
            .map_or("", |cells| cells.1)
            .trim_end_matches('|')
            .trim();
        assert!(!owner.is_empty(), "case {number} belongs to nobody");
        if let Some((path, test)) = owner.trim_matches('`').split_once("::") {
            let source = std::fs::read_to_string(root.join(path)).unwrap_or_else(|_| panic!("case {number}: {path}"));
            assert!(
                source.contains(&format!("fn {test}()")),
                "case {number}: {path} has no {test}"
            );
            found += 1;
        }
    }
    assert!(found >= 40, "{found}");
}
