//! A pretend Meta platform with a pretend AI provider, good enough to trust: the demo, the tests and the load runs talk to it
//! over the same HTTP as to the real one, so that only base addresses differ. It keeps everything
//! in memory and never runs in production.
//!
//! [`Sandbox::start`] opens the port; [`SandboxHandle`] is the same control surface as the HTTP API
//! under `/sandbox/…`, for Rust callers. The Graph side is always real HTTP.

mod ai;
mod api;
mod chat;
mod clock;
mod config;
mod faults;
mod graph;
mod guard;
mod handle;
mod listener;
mod routes;
mod server;
mod state;
mod webhooks;

pub use ai::{ActiveAiFault, AiCall, AiFault, AiFaultSpec, AiRequest, ErrorShape, JsonForm, JudgeMode, OverflowShape};
pub use config::{EchoMode, Example, Explain, Explanation, RetryPolicy, SandboxConfig, Tone};
pub use faults::{ActiveFault, Edge, FaultKind, FaultSpec};
pub use graph::proof::appsecret_proof;
pub use handle::{
    AiHandle, CallbackAnswer, ControlError, CustomerEvent, Dm, DmKind, DmOptions, EventRequest, LifeEvent,
    SandboxHandle, Snapshot,
};
pub use server::{Sandbox, StartError};
pub use state::calls::CallRecord;
pub use state::counts::Counts;
pub use state::facebook::{LoginDecision, USER_ID};
pub use state::seed::{SeededPage, seeded_pages};
pub use state::sent::SentMessage;
pub use state::thread::{Author, Message};
pub use webhooks::event::{Event, Slot};
pub use webhooks::log::{Attempt, DeliveryRecord, DeliveryState};
pub use webhooks::mode::{DeliveryMode, Release};
pub use webhooks::sign::{SignedRequest, sign, signed_request};
