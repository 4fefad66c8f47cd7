//! Whether the texts of owners may steer the AI: a check for each text, its judge, and the operator's last word.
//!
//! A check is a row of `safety_checks`, one per text of a tenant ([`text_hash`]), asked for in the transaction that saves the text
//! ([`request_check`], [`follow_reply_config`]). [`SafetyChecks`] turns due rows into jobs and works on them: screen, [`Judge`],
//! verdict. Whatever fails leaves a text unchecked; it is tried again and never counts as approved. What was approved keeps
//! answering meanwhile (`prompts_in_use`, `crate::persona`).

mod checks;
mod enqueue;
mod hash;
mod judge;
mod missing;
mod overrides;
mod prompts;
mod purge;
mod request;
mod settle;
pub(crate) mod sql;
mod state;
mod store;
mod work;

pub use checks::SafetyChecks;
pub use enqueue::CheckText;
pub use hash::text_hash;
pub use judge::{Judge, JudgeAnswer, JudgeError, JudgeModel, ProbeResult};
pub use overrides::{OverrideError, PersonaStanding, SafetyOverrides};
pub(crate) use prompts::follow_reply_config;
pub use purge::purge_checks;
pub(crate) use request::{request_check, restart_check};
pub(crate) use state::CheckState;
