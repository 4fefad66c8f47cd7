//! Tells another automation of the account (Instagram's instant reply, an away message, another tool) from a person: nobody types an
//! answer within three seconds, unless to an earlier message, or the same words in conversation after conversation.

use std::time::Duration;

use domain::ids::ConversationId;
use domain::messages::{Direction, MessageOutcome};
use domain::time::Timestamp;

use super::events::AccountEvent;
use super::recording::Recording;
use super::sql::{AUTOMATION_SEEN, COUNT_ECHOED, LAST_INBOUND, NOTE_ECHO, UNANSWERED_INBOUND};
use crate::storage::{StorageError, sql};
use crate::vault::Content;

/// Faster than anybody reads and types.
const FASTEST_PERSON: Duration = Duration::from_secs(3);
/// How long a person may take to type: who answers an earlier message may be quick after a newer one.
const LONGEST_TYPING: Duration = Duration::from_secs(10 * 60);
/// How old a log row of a message may be that was just written; deliveries are late now and then.
const RECENT: Duration = Duration::from_secs(60 * 60);
/// How long words of an echo are remembered, as a digest.
pub(crate) const ECHOES_KEPT: Duration = Duration::from_secs(24 * 60 * 60);
/// The same words in so many conversations of a day, this one among them, are no person's.
const SEVERAL: i64 = 3;
/// How often it is noted on the account that another automation answers.
const NOTED_EVERY: Duration = Duration::from_secs(10 * 60);

/// Whether an echo that is not ours was written by an automation. Remembers its words.
pub(super) async fn is_automation(
    recording: &Recording<'_>,
    event: &AccountEvent<'_>,
    customer: &str,
    text: Option<&Content>,
) -> Result<bool, StorageError> {
    let repeated = match text {
        Some(text) => is_repeated(recording, event, customer, text).await?,
        None => false,
    };
    if repeated {
        return Ok(true);
    }
    Ok(follows_at_once(recording, event, customer).await? && !answers_earlier(recording, event, customer).await?)
}

/// The customer's message is written before: a delivery's messages are recorded before its echoes.
async fn follows_at_once(
    recording: &Recording<'_>,
    event: &AccountEvent<'_>,
    customer: &str,
) -> Result<bool, StorageError> {
    let at = event.event.occurred_at;
    let values = [
        event.account.id.into(),
        Direction::Inbound.into(),
        (at - RECENT).into(),
        customer.into(),
        (at - FASTEST_PERSON).into(),
        at.into(),
    ];
    let last = sql::value::<Timestamp, _>(recording.transaction, LAST_INBOUND, values).await?;
    Ok(last.is_some())
}

/// Whether an earlier message of the customer waits for an answer, so that a person may have been typing one.
async fn answers_earlier(
    recording: &Recording<'_>,
    event: &AccountEvent<'_>,
    customer: &str,
) -> Result<bool, StorageError> {
    let at = event.event.occurred_at;
    let values = [
        event.account.id.into(),
        Direction::Inbound.into(),
        (at - RECENT).into(),
        customer.into(),
        (at - LONGEST_TYPING).into(),
        (at - FASTEST_PERSON).into(),
        Direction::Outbound.into(),
        at.into(),
        MessageOutcome::Sent.into(),
    ];
    let earlier = sql::value::<Timestamp, _>(recording.transaction, UNANSWERED_INBOUND, values).await?;
    Ok(earlier.is_some())
}

async fn is_repeated(
    recording: &Recording<'_>,
    event: &AccountEvent<'_>,
    customer: &str,
    text: &Content,
) -> Result<bool, StorageError> {
    let account = event.account.id;
    let conversation: ConversationId = recording.conversations.get(account, customer)?.id;
    let owned_words = format!("{account}|{}", text.expose().trim());
    let digest = recording.context.vault.digest("echo", owned_words.as_bytes());
    let values = [
        account.into(),
        digest.clone().into(),
        conversation.into(),
        recording.now.into(),
    ];
    sql::execute(recording.transaction, NOTE_ECHO, values).await?;
    let since = recording.now - ECHOES_KEPT;
    let values = [account.into(), digest.into(), since.into()];
    let conversations = sql::value::<i64, _>(recording.transaction, COUNT_ECHOED, values).await?;
    Ok(conversations.unwrap_or_default() >= SEVERAL)
}

/// For the account's page.
pub(super) async fn note(recording: &Recording<'_>, event: &AccountEvent<'_>) -> Result<(), StorageError> {
    let before = recording.now - NOTED_EVERY;
    let values = [recording.now.into(), event.account.id.into(), before.into()];
    sql::execute(recording.transaction, AUTOMATION_SEEN, values).await?;
    Ok(())
}
