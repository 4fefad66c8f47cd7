//! A DM in, a reply out: the engine's stories, on SQLite and PostgreSQL, with the sandbox as Meta over real HTTP.
#![expect(clippy::unwrap_used, reason = "a panic is how a story fails, in its helpers too")]

#[path = "../support/mod.rs"]
mod support;

mod answering;
mod cases;
mod counted;
mod echoes;
mod erasing;
mod human;
mod interleavings;
mod judging;
mod kinds;
mod ledger;
mod no_content_in_logs;
mod order;
mod outage;
mod paying;
mod racing;
mod reference_ledger;
mod refusals;
mod servers;
mod simulating;
mod together;
mod trace;
mod unknown;
mod unreadable;
mod unsends;
mod waiting;
#[expect(dead_code, reason = "the stories of connecting use the rest")]
mod world;
