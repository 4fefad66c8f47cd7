//! The contract between our replies and apalis' jobs, on every database.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests may unwrap too: a panic is how they fail"
)]

#[path = "../support/mod.rs"]
mod support;

mod diary;
mod enqueueing;
mod migrating;
mod purging;
mod restarting;
mod rows;

mod sweeping;
mod throughput;
mod waking;
mod working;
