//! The table of disasters.

use std::fmt::Write;

use crate::verdict::Verdict;

/// What came of one.
#[derive(Debug)]
pub struct Report {
    pub disaster: &'static str,
    pub database: &'static str,
    pub seed: u64,
    /// DMs that must have a final state.
    pub dms: usize,
    /// Tries of deliveries that were not acknowledged.
    pub refused: u64,
    /// What to know about this one.
    pub note: String,
    pub verdict: Verdict,
}

impl Report {
    /// Panics where something is lost, double or wrong.
    pub fn assert_good(&self) {
        let complaints = self.verdict.complaints();
        assert!(
            complaints.is_empty(),
            "{} on {} with CONCIERGE_DRILL_SEED={}: {complaints:#?}",
            self.disaster,
            self.database,
            self.seed
        );
        assert_eq!(
            self.verdict.settled, self.dms,
            "{}: every DM has a final state",
            self.disaster
        );
    }
}

pub fn table(reports: &[Report]) -> String {
    let mut table = String::from(
        "| disaster | database | seed | DMs | deliveries refused | settled | lost | double | wrong charges | `credits verify` | |\n\
         |---|---|---:|---:|---:|---:|---:|---:|---:|---|---|\n",
    );
    for report in reports {
        let verdict = &report.verdict;
        let _infallible = writeln!(
            table,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            report.disaster,
            report.database,
            report.seed,
            report.dms,
            report.refused,
            verdict.settled,
            verdict.lost.len(),
            verdict.double.len() + verdict.mismatched.len(),
            verdict.charges.len(),
            if verdict.ledger.is_empty() { "clean" } else { "differs" },
            report.note
        );
    }
    table
}
