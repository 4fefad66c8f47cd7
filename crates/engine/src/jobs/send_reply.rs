//! The job of a reply. `pipeline/job.rs` says what it does.

use domain::ids::ReplyId;
use serde::{Deserialize, Serialize};

/// Works on a reply and whatever else is due in its conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendReply {
    /// The reply to work on.
    #[serde(rename = "reply_id")]
    pub reply: ReplyId,
    /// `replies.job_no`, part of the key only: it must have grown in the transaction that enqueues.
    #[serde(skip)]
    pub job_no: i64,
}
