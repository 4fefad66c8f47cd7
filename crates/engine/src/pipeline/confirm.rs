//! An unknown outcome is never repeated blindly: first the echo may tell, then the conversation is read.

use std::collections::HashSet;
use std::time::Duration;

use domain::ids::{AccountId, ReplyId};
use domain::reasons::{Reason, WaitReason};
use domain::replies::ReplyState;
use domain::time::Timestamp;
use sea_orm::{FromQueryResult, Value};

use super::context::PipelineContext;
use super::error::WorkError;
use super::outcome::{back_to_composed, commit_transition, fail};
use super::outgoing::sender;
use crate::channels::{Sender, SentMessage};
use crate::replies::{OpenReply, ReplyOutcome, Transition, Waiting, open_in_conversation, record_lookup, settle, wait};
use crate::storage::{StorageError, Transaction, sql};
use crate::vault::{Content, SealedPurpose, store};

/// Meta's clock may be behind ours.
const CLOCK_DIFFERENCE: Duration = Duration::from_secs(5);
/// So many successful reads that find nothing mean that it did not arrive.
const EMPTY_READS: u32 = 2;

/// The call may or may not have arrived. `presumed_sent`: the platform says it did, in spite of the error.
pub(super) async fn unknown_outcome(
    context: &PipelineContext,
    mut reply: OpenReply,
    presumed_sent: bool,
) -> Result<(), WorkError> {
    let now = context.clock.now();
    let until = context.timings.lookups().next(0, reply.sending_at.unwrap_or(now), now);
    let transaction = context.database.begin().await?;
    let transition = record_lookup(&transaction, &mut reply, (0, 0), presumed_sent, until).await?;
    commit_transition(transaction, transition).await?;
    context.due_at(until);
    Ok(())
}

/// What a read of the conversation needs.
struct Question {
    sender: Option<Sender>,
    customer: String,
    window_until: Timestamp,
    composed: Option<Content>,
}

/// Reads the conversation of a reply in `sending`.
pub(super) async fn confirm(context: &PipelineContext, mut reply: OpenReply) -> Result<(), WorkError> {
    let now = context.clock.now();
    let sending_at = reply.sending_at.unwrap_or(now);
    let first_read = context.timings.lookups().next(0, sending_at, sending_at);
    if reply.lookups == 0 && now < first_read {
        // A crash left it behind just now: the echo gets its time first.
        let transaction = context.database.begin().await?;
        return look_again(context, transaction, &mut reply, first_read).await;
    }
    let question = ask(context, &reply).await?;
    let read = match &question.sender {
        Some(sender) => context.channel.sent_to(sender, &question.customer).await.ok(),
        None => None,
    };
    match read {
        Some(messages) => read_succeeded(context, reply, question, messages).await,
        None => read_failed(context, reply, question.window_until).await,
    }
}

async fn look_again(
    context: &PipelineContext,
    transaction: Transaction,
    reply: &mut OpenReply,
    until: Timestamp,
) -> Result<(), WorkError> {
    let waiting = Waiting {
        reason: WaitReason::Confirming,
        until,
    };
    let transition = wait(&transaction, reply, waiting).await?;
    commit_transition(transaction, transition).await?;
    context.due_at(until);
    Ok(())
}

#[derive(FromQueryResult)]
struct ConversationRow {
    customer_id: String,
    window_until: i64,
}

async fn ask(context: &PipelineContext, reply: &OpenReply) -> Result<Question, WorkError> {
    let transaction = context.database.begin().await?;
    let text = "SELECT customer_id, window_until FROM conversations WHERE id = $1";
    let row = sql::optional::<ConversationRow, _>(&transaction, text, [reply.conversation.as_uuid().into()]).await?;
    let row = row.ok_or(StorageError::Corrupt("conversation of a reply"))?;
    let sender = sender(context, &transaction, reply).await?;
    let (purpose, owner) = (SealedPurpose::ComposedReply, reply.id.as_uuid());
    let composed = store::open(&transaction, &context.vault, purpose, reply.tenant, owner)
        .await
        .ok();
    transaction.commit().await.map_err(StorageError::from)?;
    let window_until = Timestamp::from_millis(row.window_until);
    Ok(Question {
        sender,
        customer: row.customer_id,
        window_until,
        composed,
    })
}

async fn read_succeeded(
    context: &PipelineContext,
    mut reply: OpenReply,
    question: Question,
    messages: Vec<SentMessage>,
) -> Result<(), WorkError> {
    let transaction = context.database.begin().await?;
    let now = context.clock.now();
    if let Some(mid) = find(&transaction, &reply, &question, messages).await? {
        if let Some(ended) = other_call_ends(context, &transaction, &reply).await? {
            return look_again(context, transaction, &mut reply, ended).await;
        }
        let transition = settle(&transaction, &reply, &ReplyOutcome::Sent { mid: Some(mid) }, now).await?;
        return commit_transition(transaction, transition).await;
    }
    let (lookups, empty) = (reply.lookups + 1, reply.empty_lookups + 1);
    if empty < EMPTY_READS {
        let until = context
            .timings
            .lookups()
            .next(lookups, reply.sending_at.unwrap_or(now), now);
        let presumed_sent = reply.presumed_sent;
        let transition = record_lookup(&transaction, &mut reply, (lookups, empty), presumed_sent, until).await?;
        commit_transition(transaction, transition).await?;
        context.due_at(until);
        return Ok(());
    }
    drop(transaction);
    send_again(context, reply).await
}

/// By the timetable of retries, counted from the call: the reads took their time already.
async fn send_again(context: &PipelineContext, reply: OpenReply) -> Result<(), WorkError> {
    let now = context.clock.now();
    let called_at = reply.sending_at.unwrap_or(now);
    match context
        .timings
        .retries()
        .next(reply.attempts, called_at, reply.occurred_at, rand::random())
    {
        Some(due) => back_to_composed(context, reply, WaitReason::Retrying, due.max(now)).await,
        None => fail(context, &reply, Reason::Transient).await,
    }
}

/// When the last call that another reply of this conversation may be in has ended. Until then what was found may be that
/// reply's message, as yet unanswered.
async fn other_call_ends(
    context: &PipelineContext,
    transaction: &Transaction,
    reply: &OpenReply,
) -> Result<Option<Timestamp>, WorkError> {
    let now = context.clock.now();
    let open = open_in_conversation(transaction, reply.conversation, Timestamp::from_millis(i64::MAX)).await?;
    Ok(open
        .iter()
        .filter(|other| other.id != reply.id && other.state == ReplyState::Sending)
        .filter_map(|other| other.sending_at)
        .map(|sending_at| sending_at + context.timings.graph_timeout())
        .filter(|ended| *ended > now)
        .max())
}

/// Only the account's messages since the call, on no other reply and known from nobody else. The same words win; else the oldest
/// that Meta returned without a text counts. One with other words is somebody else's.
async fn find(
    transaction: &Transaction,
    reply: &OpenReply,
    question: &Question,
    mut messages: Vec<SentMessage>,
) -> Result<Option<String>, StorageError> {
    let since = reply.sending_at.unwrap_or(reply.created_at) - CLOCK_DIFFERENCE;
    messages.retain(|message| message.created_at >= since);
    let taken = taken_mids(transaction, reply.account, reply.id, &messages).await?;
    messages.retain(|message| !taken.contains(&message.mid));
    messages.sort_by_key(|message| message.created_at);
    let same_words = |message: &&SentMessage| match (&message.text, &question.composed) {
        (Some(text), Some(composed)) => text.expose().trim() == composed.expose().trim(),
        _ => false,
    };
    let found = messages
        .iter()
        .find(same_words)
        .or_else(|| messages.iter().find(|message| message.text.is_none()));
    Ok(found.map(|message| message.mid.clone()))
}

#[derive(FromQueryResult)]
struct MidRow {
    platform_message_id: String,
}

async fn taken_mids(
    transaction: &Transaction,
    account: AccountId,
    reply: ReplyId,
    messages: &[SentMessage],
) -> Result<HashSet<String>, StorageError> {
    if messages.is_empty() {
        return Ok(HashSet::new());
    }
    let mids = sql::padded(messages.iter().map(|message| message.mid.clone().into()).collect());
    let names = sql::placeholders(3, mids.len());
    let text = format!(
        "SELECT platform_message_id FROM messages WHERE account_id = $1 AND direction = 'outbound'
            AND (author <> 'concierge' OR reply_id <> $2) AND platform_message_id IN ({names})"
    );
    let mut values: Vec<Value> = vec![account.as_uuid().into(), reply.as_uuid().into()];
    values.extend(mids);
    let rows = sql::all::<MidRow, _>(transaction, text, values).await?;
    Ok(rows.into_iter().map(|row| row.platform_message_id).collect())
}

/// Tried again until the messaging window closes; then it cannot be known any more.
async fn read_failed(
    context: &PipelineContext,
    mut reply: OpenReply,
    window_until: Timestamp,
) -> Result<(), WorkError> {
    let now = context.clock.now();
    let lookups = reply.lookups + 1;
    let until = context
        .timings
        .lookups()
        .next(lookups, reply.sending_at.unwrap_or(now), now);
    let transaction = context.database.begin().await?;
    if until < window_until {
        let (empty, presumed_sent) = (reply.empty_lookups, reply.presumed_sent);
        let transition = record_lookup(&transaction, &mut reply, (lookups, empty), presumed_sent, until).await?;
        commit_transition(transaction, transition).await?;
        context.due_at(until);
        return Ok(());
    }
    let outcome = if reply.presumed_sent {
        ReplyOutcome::Sent { mid: None }
    } else {
        ReplyOutcome::NotSent(Reason::OutcomeUnknown)
    };
    let transition: Transition = settle(&transaction, &reply, &outcome, now).await?;
    commit_transition(transaction, transition).await
}
