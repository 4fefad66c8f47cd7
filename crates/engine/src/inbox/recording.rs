//! What the recording of one event needs from the group it is written with.

use domain::time::Timestamp;

use super::InboxContext;
use super::conversations::Conversations;
use crate::storage::Transaction;

/// What the recording of single events needs.
pub(super) struct Recording<'a> {
    pub(super) context: &'a InboxContext,
    pub(super) transaction: &'a Transaction,
    pub(super) conversations: &'a Conversations,
    pub(super) now: Timestamp,
}
