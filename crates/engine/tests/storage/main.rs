//! Entities and SQL constants against the real schema, on every database.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests may unwrap too: a panic is how they fail"
)]

#[path = "../support/mod.rs"]
mod support;

mod builder;
mod catalogue;
mod returning;
mod rows;
mod schema;
