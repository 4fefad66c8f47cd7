//! A DM in, a reply out: the engine's stories, with the sandbox as Meta over real HTTP.

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
mod restored;
mod servers;
mod simulating;
mod together;
mod trace;
mod unknown;
mod unreadable;
mod unsends;
mod waiting;
