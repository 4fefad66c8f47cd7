//! The admin's side on every database: rules, accounts, log, credits, sign-in.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails, in its helpers too")]

#[path = "../support/mod.rs"]
mod support;

mod accounts;
mod conflicts;
mod credits;
mod health;
mod isolation;
mod messages;
mod moves;
mod overview;
mod people;
mod rules;
mod sessions;
mod sign_in;
mod workshop;
mod world;
