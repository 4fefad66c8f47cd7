//! Connecting accounts and keeping them connected, on SQLite and PostgreSQL, with the sandbox as Facebook over real HTTP.
#![expect(clippy::unwrap_used, reason = "a panic is how a story fails, in its helpers too")]

#[path = "../support/mod.rs"]
mod support;
#[path = "../pipeline/world/mod.rs"]
#[expect(dead_code, reason = "the stories of replies use the rest")]
mod world;

mod checks;
mod choosing;
mod daily;
mod ending;
mod failures;
mod login;
mod oauth_callback;
mod reconnecting;
mod scale;
mod secrets;
mod servers;
mod testing;
