//! Echoes tell what the account wrote: our own replies come back here, and so does a person's answer.
//!
//! Nothing in an echo says who wrote it. Its message id is compared with our replies, then its words with those of replies
//! whose outcome is open (an echo can overtake the answer to our call); anything else was written by somebody else: by a person, or by another automation
//! ([`automation`]).
//! Words that fit several open replies prove that the message is ours, not which of them it is (docs/adr/0006-an-echo-may-fit-several-replies.md).

use domain::ids::MessageId;
use domain::messages::{Author, Direction, MessageKind};
use domain::reasons::Reason;
use domain::replies::ReplyState;
use domain::time::Timestamp;

use super::events::AccountEvent;
use super::recording::{LogRow, Recording};
use super::sql::MESSAGE_BY_MID;
use super::{automation, conversations};
use crate::replies::{OpenReply, Transition, open_in_conversation, settle_echoed, settle_not_sent};
use crate::storage::{StorageError, sql};
use crate::vault::{Content, SealedPurpose, VaultError, store};

/// A worker may change a row between our read and our write; then we read again.
const TRIES: usize = 5;
const FAR_FUTURE: Timestamp = Timestamp::from_millis(i64::MAX);

pub(super) async fn record(
    recording: &Recording<'_>,
    event: &AccountEvent<'_>,
    customer: &str,
    mid: &str,
    text: Option<&Content>,
) -> Result<(), StorageError> {
    if is_known(recording, event, mid).await? {
        return Ok(());
    }
    match match_open_reply(recording, event, customer, mid, text).await? {
        Proof::Settled => return Ok(()),
        // Settling that reply completes the row by its message id.
        Proof::OneOfSeveral => return log(recording, event, Author::Concierge, customer, mid).await,
        Proof::Nothing => {}
    }
    // A worker may have settled the reply between those two looks: its commit shows now, and the echo is no person's.
    if is_known(recording, event, mid).await? {
        return Ok(());
    }
    if automation::is_automation(recording, event, customer, text).await? {
        let row = LogRow::outbound(event, Author::Human, customer, Some(mid));
        let kind = MessageKind::Automation;
        recording.log(&[LogRow { kind, ..row }]).await?;
        return automation::note(recording, event).await;
    }
    log(recording, event, Author::Human, customer, mid).await?;
    let conversation = recording.conversations.get(event.account.id, customer)?.id;
    conversations::human_wrote(recording.transaction, conversation, event.event.occurred_at).await?;
    skip_open_replies(recording, event, customer).await
}

async fn is_known(recording: &Recording<'_>, event: &AccountEvent<'_>, mid: &str) -> Result<bool, StorageError> {
    let values = [event.account.id.into(), mid.into(), Direction::Outbound.into()];
    let known = sql::value::<MessageId, _>(recording.transaction, MESSAGE_BY_MID, values).await?;
    Ok(known.is_some())
}

async fn log(
    recording: &Recording<'_>,
    event: &AccountEvent<'_>,
    author: Author,
    customer: &str,
    mid: &str,
) -> Result<(), StorageError> {
    let row = LogRow::outbound(event, author, customer, Some(mid));
    recording.log(&[row]).await.map(drop)
}

/// What an unknown echo tells about the replies whose outcome is open.
enum Proof {
    /// It was the one reply with these words.
    Settled,
    /// Several replies have these words. The answer to a call or a read of the conversation tells which one it was.
    OneOfSeveral,
    /// No reply has these words.
    Nothing,
}

/// Was it sent by us, and the confirmation is still on its way (or lost)?
async fn match_open_reply(
    recording: &Recording<'_>,
    event: &AccountEvent<'_>,
    customer: &str,
    mid: &str,
    text: Option<&Content>,
) -> Result<Proof, StorageError> {
    let Some(text) = text else { return Ok(Proof::Nothing) };
    let conversation = recording.conversations.get(event.account.id, customer)?.id;
    for _ in 0..TRIES {
        let open = open_in_conversation(recording.transaction, conversation, FAR_FUTURE).await?;
        let reply = match matching_text(recording, open, text).await?.as_slice() {
            [] => return Ok(Proof::Nothing),
            [reply] => reply.clone(),
            _ => return Ok(Proof::OneOfSeveral),
        };
        let vault = &recording.context.vault;
        let settled = settle_echoed(recording.transaction, vault, reply, mid, recording.now).await?;
        if settled == Transition::Applied {
            return Ok(Proof::Settled);
        }
    }
    Ok(Proof::Nothing)
}

/// The replies that were handed to the platform with exactly these words and are not final.
async fn matching_text(
    recording: &Recording<'_>,
    mut open: Vec<OpenReply>,
    text: &Content,
) -> Result<Vec<OpenReply>, StorageError> {
    open.retain(|reply| match reply.state {
        ReplyState::Sending => true,
        // About to be sent again: the first call may have arrived after all.
        ReplyState::Composed => reply.sending_at.is_some(),
        _ => false,
    });
    let mut same = Vec::new();
    for reply in open {
        let purpose = SealedPurpose::ComposedReply;
        let owner = reply.id.as_uuid();
        let vault = &recording.context.vault;
        match store::open(recording.transaction, vault, purpose, reply.tenant, owner).await {
            Ok(composed) if composed.expose().trim() == text.expose().trim() => same.push(reply),
            Ok(_) | Err(VaultError::Missing | VaultError::Unreadable | VaultError::UnknownKey(_)) => {}
            Err(VaultError::Storage(error)) => return Err(error),
        }
    }
    Ok(same)
}

/// A person who answers by hand is not interrupted: waiting replies to older messages are dropped, their credits given back.
async fn skip_open_replies(
    recording: &Recording<'_>,
    event: &AccountEvent<'_>,
    customer: &str,
) -> Result<(), StorageError> {
    let conversation = recording.conversations.get(event.account.id, customer)?.id;
    for _ in 0..TRIES {
        let open = open_in_conversation(recording.transaction, conversation, event.event.occurred_at).await?;
        let mut lost = false;
        for reply in open.iter().filter(|reply| reply.state != ReplyState::Sending) {
            let reason = Reason::HumanAnswered;
            lost |= settle_not_sent(recording.transaction, reply, reason, recording.now).await? == Transition::Conflict;
        }
        if !lost {
            break;
        }
    }
    Ok(())
}
