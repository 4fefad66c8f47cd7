//! The contract between our replies and apalis' jobs, on every database.

#[path = "../support/mod.rs"]
mod support;

mod enqueueing;
mod migrating;
mod staff;
mod throughput;
