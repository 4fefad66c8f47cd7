//! Databases and rows for integration tests: real files, real PostgreSQL, nothing shared between two tests.
//!
//! SQLite always; PostgreSQL when `CONCIERGE_TEST_POSTGRES_URL` names a superuser (`scripts/with-postgres.sh`).
#![allow(dead_code, unused_imports, reason = "the server’s tests use a part")]
#![allow(clippy::allow_attributes, reason = "an unused part is expected there only")]

mod databases;
mod queries;
pub mod reference_ledger;
mod searching;
pub mod seeds;
pub mod stock;
mod template;
mod waiting;

pub use databases::{TestDatabase, TestDatabases, empty_databases, for_each_database};
pub use searching::{files_hold, tables_with};
pub use waiting::eventually;
