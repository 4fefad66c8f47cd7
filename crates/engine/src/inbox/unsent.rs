//! A customer took a message back: what was not sent yet is dropped, and the words are destroyed.
//!
//! When the message itself has not arrived, the key of this event is its tombstone.

use domain::ids::MessageId;
use domain::messages::{Direction, MessageKind};
use domain::reasons::Reason;
use domain::replies::ReplyState;

use super::events::AccountEvent;
use super::recording::Recording;
use super::sql::CHANGE_KIND;
use crate::memory;
use crate::replies::{Transition, open_reply, settle_not_sent};
use crate::storage::{StorageError, sql};

const TRIES: usize = 5;

pub(super) async fn record(recording: &Recording<'_>, event: &AccountEvent<'_>, mid: &str) -> Result<(), StorageError> {
    let (direction, kind) = (Direction::Inbound, MessageKind::Unsent);
    let values = [event.account.id.into(), mid.into(), direction.into(), kind.into()];
    let message = sql::value::<MessageId, _>(recording.transaction, CHANGE_KIND, values).await?;
    let Some(message) = message else { return Ok(()) };
    memory::forget_message(recording.transaction, message).await?;
    for _ in 0..TRIES {
        let reply = open_reply(recording.transaction, message).await?;
        let Some(reply) = reply.filter(|reply| reply.state != ReplyState::Sending) else {
            return Ok(());
        };
        let reason = Reason::UnsentByCustomer;
        if settle_not_sent(recording.transaction, &reply, reason, recording.now).await? == Transition::Applied {
            return Ok(());
        }
    }
    Ok(())
}
