//! The table of a drill, on the screen and in docs/drill.md.

use std::path::Path;

use crate::run::Report;

pub fn table(reports: &[Report]) -> String {
    let mut table = String::from(
        "| accident | database | servers | seed | kills | DMs | duplicated | reordered | deliveries refused | settled | replies Meta accepted \
         | by the AI | AI asked again | taken back | no credits | lost | double | unanswered | wrong charges | `credits verify` | seconds |\n\
         |---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|---:|\n",
    );
    reports.iter().for_each(|report| table.push_str(&line(report)));
    table
}

fn line(report: &Report) -> String {
    let verdict = &report.verdict;
    let numbers = [
        report.servers.to_string(),
        report.seed.to_string(),
        report.size.kills.to_string(),
        report.size.dms.to_string(),
        report.duplicated.to_string(),
        report.reordered.to_string(),
        report.attempts_refused.to_string(),
        verdict.settled.to_string(),
        report.accepted.to_string(),
        verdict.composed.to_string(),
        verdict.asked_again.to_string(),
        verdict.taken_back.to_string(),
        verdict.without_credits.to_string(),
        verdict.lost.len().to_string(),
        (verdict.double.len() + verdict.mismatched.len()).to_string(),
        verdict.unanswered.len().to_string(),
        verdict.charges.len().to_string(),
        if verdict.ledger.is_empty() { "clean" } else { "differs" }.to_owned(),
        report.seconds.to_string(),
    ];
    format!(
        "| {} | {} | {} |\n",
        report.accident.name(),
        report.database,
        numbers.join(" | ")
    )
}

/// Replaces a table of docs/drill.md.
pub fn write_down(name: &str, table: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/drill.md");
    let text = std::fs::read_to_string(&path).expect("docs/drill.md is there");
    let (start, end) = (
        format!("<!-- {name}: written by `make drill` -->"),
        format!("<!-- {name}: end -->"),
    );
    let (before, rest) = text
        .split_once(&start)
        .expect("docs/drill.md has a place for the table");
    let (_, after) = rest.split_once(&end).expect("the place has an end");
    std::fs::write(&path, format!("{before}{start}\n\n{table}\n{end}{after}")).expect("docs/drill.md can be written");
}
