//! The contract between our replies and apalis' jobs.

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
