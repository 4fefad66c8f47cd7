//! The table in docs/benchmarks.md, written with `make bench` when asked by `--write`.

use std::path::Path;

const START: &str = "<!-- bench: written by `scripts/bench.sh --write` -->";
const END: &str = "<!-- bench: end -->";

pub fn write_down(table: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/benchmarks.md");
    let text = std::fs::read_to_string(&path).expect("docs/benchmarks.md is there");
    let (before, rest) = text
        .split_once(START)
        .expect("docs/benchmarks.md has a place for the table");
    let (_, after) = rest.split_once(END).expect("the place has an end");
    std::fs::write(&path, format!("{before}{START}\n\n{table}\n{END}{after}"))
        .expect("docs/benchmarks.md can be written");
}
