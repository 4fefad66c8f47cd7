//! The client of an AI provider against the pretend one, over HTTP.

mod answers;
mod embedding;
mod no_content_in_logs;
mod parameters;
mod refusals;
mod stage;
