//! The contract between our replies and apalis' jobs.

mod enqueueing;
mod migrating;
mod purging;
mod restarting;
mod rows;
mod sweeping;
mod throughput;
mod waking;
mod workers;
mod working;
