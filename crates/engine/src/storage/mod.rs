//! The only place that knows SeaORM: connections, transactions, and SQL written once for both databases.
//!
//! The SQL text of a use case lives in the `store.rs` of its feature folder and goes through [`sql`].

pub mod bulk;
mod database;
pub mod erase;
mod error;
pub mod sql;

pub use database::{Database, JobPool, Transaction};
pub use error::StorageError;
