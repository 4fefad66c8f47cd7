//! The alarm clock of the reply pipeline: apalis holds the jobs, our rows hold the truth.
//!
//! A job carries a reply's id and nothing else. [`queue`] inserts it in the caller's transaction, [`wake`] tells [`workers`] after
//! the commit, [`stranded`] finds due replies that no job will come for, [`mod@purge`] clears what is done.
//! Losing every job row costs a delay, never a reply.

mod backend;
mod depth;
mod hstore;
mod migrate;
mod orphans;
mod persistence;
pub mod purge;
pub mod queue;
pub mod stranded;
mod tables;
pub mod token_queue;
pub mod wake;
pub mod workers;

pub use depth::{QueueDepth, depth};
pub use hstore::hstore_problem;
pub use migrate::{check_indices, migrate, pending_migrations};
pub use orphans::release_orphans_at_start;
pub use purge::purge;
pub use token_queue::ConnectionCheckJob;
pub use wake::WakeUps;
pub use workers::{CheckHandler, ReplyHandler, WorkerSettings, run_check_workers, run_reply_workers};
