//! The use cases of Concierge and everything they need from the outside world.
//!
//! A DM walks through the folders in this order: [`channels`] reads Meta's JSON, [`inbox`] records the message and
//! opens a reply in one transaction, [`jobs`] wakes a worker, [`pipeline`] decides, pays, sends and settles;
//! [`replies`] is the row they share. The admin's side is [`connect`], [`accounts`], [`rules`], [`messages`], [`credits`], [`overview`],
//! [`health`] and [`identity`]; the operator's [`trace`]. [`ai`] asks the AI provider, and [`memory`] is what its replies may remember;
//! [`outgoing_webhooks`] tells other programs;
//! [`persona`] hands out the texts that a model may read, and [`safety`] has them checked.

pub mod accounts;
pub mod ai;
pub mod api_keys;
pub mod channels;
pub mod clock;
pub mod connect;
pub mod credits;
pub mod health;
pub mod identity;
pub mod inbox;
pub mod intents;
pub mod jobs;
pub mod memory;
pub mod messages;
pub mod outgoing_webhooks;
pub mod overview;
pub mod persona;
pub mod pipeline;
pub mod replies;
pub mod rules;
mod runtime;
pub mod safety;
pub mod storage;
pub mod trace;
pub mod vault;

pub use runtime::retention;
pub use runtime::{Engine, EngineError, EngineSettings, Role};
