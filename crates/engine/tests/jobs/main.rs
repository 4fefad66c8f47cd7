//! The contract between our replies and apalis' jobs, on every database.

#[path = "../support/mod.rs"]
mod support;

mod enqueueing;
mod migrating;
mod purging;
mod restarting;
mod rows;
mod staff;
mod sweeping;
mod throughput;
mod waking;
mod working;
