//! Works on replies: decide, pay, compose, send, settle.
//!
//! One worker at a time per conversation. Everything up to the call shares one commit, the result of the call is the second;
//! a crash in between leaves a reply in `sending`, which is looked up ([`confirm`]) and never repeated blindly. Where the message has
//! to be understood ([`scoring`]) or the AI writes ([`composing`]), a commit stands before that call too.
//!
//! Read [`worker`] first, then [`prepare`]; [`refused`] and [`confirm`] are what happens when it is not that simple.

mod applying;
mod breaker;
mod composing;
mod confirm;
mod context;
mod deciding;
mod dispatcher;
mod due_times;
mod explain;
mod facts;
mod fair_queue;
mod faults;
mod group;
mod match_log;
mod outcome;
mod prepare;
mod preparer;
mod read_back;
mod refused;
mod scoring;
mod settler;
mod simulate;
pub(crate) mod sql;
mod starting;
mod sweep;
mod unread;
mod worker;

pub use breaker::DeploymentBreaker;
pub use composing::TryError;
pub use context::{PipelineContext, Timings};
pub use dispatcher::Dispatcher;
pub(crate) use due_times::DueTimes;
pub use explain::ReplyExplanation;
pub use match_log::{MatchLog, Matched};
pub use outcome::WorkError;
pub use worker::Pipeline;
