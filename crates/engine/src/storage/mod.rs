//! Connections, transactions, and the two ways to the tables: entities for one table, named SQL for everything else
//! (docs/adr/0010-entities-and-sql.md).
//!
//! A statement on one table goes through [`entity`]; one that replaces many stands in the `sql.rs` of its feature, as a constant
//! that [`statements!`] declares, and runs through [`sql`] or [`bulk`].

mod backup;
pub mod bulk;
mod busy;
mod catalogue;
mod database;
mod dialect;
mod encryption;
pub mod entity;
pub mod erase;
mod error;
mod expand;
mod group_commit;
mod pooler;
mod rows;
pub mod sql;
mod statements;

pub(crate) use busy::repeat_while_busy;
pub use catalogue::statements as every_statement;
pub use database::{Database, JobPool, Transaction, commit};
pub(crate) use dialect::has_row_locks;
pub use encryption::{Encryption, encryption_of};
pub use error::StorageError;
pub(crate) use group_commit::{Answered, GroupCommit, Waiting, caught};
pub use pooler::pooler_problem;
pub use statements::NamedStatement;
pub(crate) use statements::statements;

/// SQLite or PostgreSQL.
pub use sea_orm::DatabaseBackend;
/// What a statement is given for a `$1`.
pub use sea_orm::Value;

/// The database or a transaction: whatever runs a statement.
pub use sea_orm::ConnectionTrait as Connection;
pub use sea_orm::FromQueryResult;
