//! A customer took a message back: what was not sent yet is dropped, and the words are destroyed.
//!
//! When the message itself has not arrived, the key of this event is its tombstone.

use domain::ids::MessageId;
use domain::reasons::Reason;
use domain::replies::ReplyState;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::account_lookup::AccountEvent;
use super::recording::Recording;
use crate::replies::{ReplyOutcome, Transition, open_reply, settle};
use crate::storage::{StorageError, sql};

const TRIES: usize = 5;

#[derive(FromQueryResult)]
struct IdRow {
    id: Uuid,
}

pub(super) async fn record(recording: &Recording<'_>, event: &AccountEvent<'_>, mid: &str) -> Result<(), StorageError> {
    let text = "UPDATE messages SET kind = 'unsent'
        WHERE account_id = $1 AND platform_message_id = $2 AND direction = 'inbound' RETURNING id";
    let values = [event.account.id.as_uuid().into(), mid.into()];
    let Some(row) = sql::optional::<IdRow, _>(recording.transaction, text, values).await? else {
        return Ok(());
    };
    for _ in 0..TRIES {
        let reply = open_reply(recording.transaction, MessageId::from_uuid(row.id)).await?;
        let Some(reply) = reply.filter(|reply| reply.state != ReplyState::Sending) else {
            return Ok(());
        };
        let skipped = ReplyOutcome::NotSent(Reason::UnsentByCustomer);
        if settle(recording.transaction, &reply, &skipped, recording.now).await? == Transition::Applied {
            return Ok(());
        }
    }
    Ok(())
}
