//! The alarm clock of our rows: apalis holds the jobs, the rows hold the truth.
//!
//! apalis gives polling, the registry of workers with their heartbeats, and the locks on jobs. When something is due, whether it is
//! tried again, and what came of it are ours: a job carries ids and nothing else, always ends well, and losing every job row costs a
//! delay, never a reply.
//!
//! A [`Job`] knows its queue and key and runs itself. [`queue`] inserts it in the caller's transaction, [`wake`] tells [`workers`]
//! after the commit, [`stranded`] finds due replies that no job will come for, [`maintenance`] frees locks and purges.

mod backend;
mod job;
pub mod maintenance;
mod migrate;
mod persistence;
pub mod queue;
pub(crate) mod sql;
pub mod stranded;
pub mod wake;
pub mod workers;

pub use job::{Job, SendReply};
pub use maintenance::{QueueDepth, depth, hstore_problem, purge, release_orphans_at_start};
pub use migrate::{check_indices, migrate, pending_migrations};
pub use wake::WakeUps;
pub use workers::{WorkerSettings, run_workers};
