//! Reply rows: who owns one, which transitions it may take, and how it ends. Shared by inbox and pipeline.
//!
//! The row is the truth, a job only its alarm clock. Every transition is an update that names id, state, version and owner; when
//! it changes no row somebody else was faster, and the caller stops at once.

mod claim;
mod leave;
mod open;
mod person;
mod row;
mod settle;
mod settle_sent;
mod transitions;

pub use claim::{Claimant, claim_next, count_panic, void_all_claims};
pub use open::{NewReply, open_replies};
pub use row::{OpenReply, lock_open_replies, open_in_conversation, open_reply};
pub use settle::{ReplyOutcome, settle};
pub use settle_sent::{SentReply, settle_sent};
pub use transitions::{
    Transition, Waiting, make_paused_due, make_waiting_due, record_lookup, start_sending, take_back, wait,
};
