//! The client of an AI provider against the pretend one, over HTTP.

mod answers;
mod budgets;
mod embedding;
mod no_content_in_logs;
mod parameters;
mod probes;
mod refusals;
pub mod stage;
