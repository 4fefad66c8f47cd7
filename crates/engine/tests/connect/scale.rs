//! Thousands of connections in one run: a few at a time, whatever their number. `CONCIERGE_TEST_ACCOUNTS=5000` for the figure in
//! docs/benchmarks.md.

use std::time::Instant;

use crate::world::{on_sqlite, tell_with};

const USUAL: u32 = 200;
/// Far below what rows, tokens and answers of all accounts at once would take.
const MOST_GROWTH_KB: u64 = 64 * 1024;

/// Resident memory of this process, sandbox included.
fn resident_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS"))
        .unwrap_or_default();
    line.split_whitespace()
        .nth(1)
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}

#[tokio::test]
async fn thousands_are_checked_in_bounded_memory() {
    let wanted = std::env::var("CONCIERGE_TEST_ACCOUNTS").ok();
    let accounts = wanted.and_then(|text| text.parse().ok()).unwrap_or(USUAL);
    tell_with(on_sqlite, async |world| {
        world.meta().add_pages(0, accounts);
        for index in 1..=accounts {
            world.connect(usize::try_from(index).unwrap(), world.tenant).await;
        }
        let (before, started) = (resident_kb(), Instant::now());
        let (planned, checked, broken) = world.check_all().await;
        let grown = resident_kb().saturating_sub(before);
        println!("{checked} accounts in {:?}, {grown} kB more memory", started.elapsed());
        assert_eq!(
            (planned, checked, broken),
            (u64::from(accounts) + 1, u64::from(accounts) + 1, 0)
        );
        assert!(grown < MOST_GROWTH_KB, "{grown} kB");
    })
    .await;
}
