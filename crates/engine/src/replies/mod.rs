//! Reply rows: who owns one, which transitions it may take, and how it ends. Shared by inbox and pipeline.
//!
//! The row is the truth, a job only its alarm clock. Every transition is an update that names id, state, version and owner; when
//! it changes no row somebody else was faster, and the caller stops at once.

mod faults;
mod next;
mod open;
mod restored;
mod settle;
pub(crate) mod sql;
mod starting;
mod transitions;
mod unanswered;

pub use faults::{ReplyVersion, count_fault, make_readable, next_to_claim};
pub use next::{claim, lock_conversations, next_replies};
pub use open::{DueReply, NewReply, lock_open_replies, open_in_conversation, open_replies, open_reply};
pub use restored::{count_open_replies, end_restored_replies};
pub use settle::{SentReply, settle_all_not_sent, settle_echoed, settle_not_sent, settle_sent};
pub use sql::OpenReply;
pub use starting::{Answered, start_sending};
pub use transitions::{
    Claimant, Transition, Waiting, count_waiting_for_deployment, make_due_for_deployment, make_lookup_due,
    make_lookups_due, make_paused_due, make_waiting_due, record_lookup, start_composing, take_back, void_all_claims,
    wait, wait_for_scores, wait_for_turn,
};
pub use unanswered::{UNANSWERED, WORTH_TELLING};
