//! Databases and rows for integration tests: real files, real PostgreSQL, nothing shared between two tests.
//!
//! SQLite always; PostgreSQL when `CONCIERGE_TEST_POSTGRES_URL` names a superuser (`scripts/with-postgres.sh`).
#![allow(dead_code, unused_imports, reason = "each test binary uses its own part")]
#![allow(
    clippy::allow_attributes,
    reason = "an unused part is expected in some binaries only"
)]

mod databases;
pub mod reference_ledger;
pub mod seeds;
mod template;
mod waiting;

pub use databases::{TestDatabase, TestDatabases, for_each_database};
pub use waiting::eventually;
