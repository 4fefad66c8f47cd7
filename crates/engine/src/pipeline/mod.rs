//! Works on replies: decide, pay, compose, send, settle.
//!
//! One worker at a time per conversation. Everything up to the call shares one commit, the result of the call is the second;
//! a crash in between leaves a reply in `sending`, which is looked up ([`confirm`]) and never repeated blindly.

pub(crate) mod account_states;
mod begin;
mod configs;
mod confirm;
mod context;
mod deliver;
mod explain;
mod facts;
mod matches;
mod panics;
mod pending;
mod refused;
mod settling;
mod simulate;
mod sweep;
mod timings;
mod work;

pub use account_states::{AccountCause, wake_waiting};
pub use context::PipelineContext;
pub use explain::ReplyExplanation;
pub(crate) use facts::account_status;
pub use matches::RememberedMatches;
pub(crate) use pending::DueTimes;
pub use timings::Timings;
pub use work::{Pipeline, WorkError};
