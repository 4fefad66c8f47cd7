//! An unknown outcome is never repeated blindly: first the echo may tell, then the conversation is read.

use std::collections::HashSet;

use domain::messages::MessageKind;
use domain::reasons::{Reason, WaitReason};
use domain::replies::ReplyState;
use domain::time::Timestamp;

use super::context::PipelineContext;
use super::outcome::{UNREACHABLE, WorkError, commit_transition, commit_waiting, try_again_after};
use super::read_back::{Told, told_by};
use super::refused::{account_answered, read_found_token_dead, secret_accepted};
use super::sql::CUSTOMER_AND_WINDOW;
use super::starting::sender_with;
use crate::channels::refusal::{RefusalClass, SendError};
use crate::channels::{ReadBack, Sender};
use crate::replies::{
    OpenReply, Transition, Waiting, open_in_conversation, record_lookup, settle_not_sent, settle_sent, wait,
};
use crate::storage::{StorageError, Transaction, commit, sql};
use crate::vault::{Content, Sealed, SealedPurpose, store};

/// So many reads that say it is not there mean that it did not arrive.
const EMPTY_READS: i64 = 2;

/// The call may or may not have arrived. `presumed_sent`: the platform says it did, in spite of the error.
pub(super) async fn unknown_outcome(
    context: &PipelineContext,
    mut reply: OpenReply,
    presumed_sent: bool,
) -> Result<(), WorkError> {
    reply.presumed_sent = presumed_sent;
    let until = lookup_due(context, &reply, 0);
    let transaction = context.database.begin().await?;
    next_lookup(context, transaction, reply, (0, 0), until).await
}

/// When the conversation is read after `lookups` reads.
fn lookup_due(context: &PipelineContext, reply: &OpenReply, lookups: i64) -> Timestamp {
    let (now, lookups) = (context.clock.now(), u32::try_from(lookups).unwrap_or(u32::MAX));
    let timetable = context.timings.lookups();
    timetable.next(lookups, reply.sending_at.unwrap_or(now), now)
}

/// Waits for the next read until then, after so many reads, and so many that found nothing.
async fn next_lookup(
    context: &PipelineContext,
    transaction: Transaction,
    mut reply: OpenReply,
    counts: (i64, i64),
    until: Timestamp,
) -> Result<(), WorkError> {
    let presumed_sent = reply.presumed_sent;
    let transition = record_lookup(&transaction, &mut reply, counts, presumed_sent, until).await?;
    commit_waiting(context, transaction, transition, until).await
}

/// What a read of the conversation needs.
struct Question {
    sender: Option<Sender>,
    /// The token of `sender`.
    token: Option<Sealed>,
    customer: String,
    /// The platform's id of the message that is answered.
    answered: Option<String>,
    /// The customer took that message back: whatever became of the reply, it is not sent again.
    is_taken_back: bool,
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
    // Only connecting again helps, and that reads what waits: nobody asks soon.
    let mut needs_reconnect = question.sender.is_none();
    let read = match &question.sender {
        Some(sender) => {
            let called_at = reply.sending_at.unwrap_or(reply.created_at);
            let (customer, answered) = (&question.customer, question.answered.as_deref());
            let read = context.channel.sent_since(sender, customer, answered, called_at).await;
            tell_the_breaker(context, &read).await;
            needs_reconnect = is_dead_token(&read);
            if needs_reconnect {
                let owner = (reply.tenant, reply.account);
                read_found_token_dead(context, owner, sender, question.token.as_ref()).await?;
            }
            read.ok()
        }
        None => None,
    };
    match read {
        Some(read) => {
            let (account, id) = (reply.account, reply.id);
            weigh(context, reply, question, read).await?;
            account_answered(context, account, Some(id)).await;
            Ok(())
        }
        None if needs_reconnect => read_failed(context, reply, question.window_until, None).await,
        None => {
            let soon = context.timings.lookups().soon(sending_at, now);
            let soon = context.unread.failed(reply.account, reply.id, now, soon);
            read_failed(context, reply, question.window_until, soon).await
        }
    }
}

fn is_dead_token(read: &Result<ReadBack, SendError>) -> bool {
    matches!(read, Err(SendError::Refused(refusal)) if refusal.class == RefusalClass::TokenDead)
}

/// A read is refused for the deployment's sake as a send is, and there may be no send that would find out.
async fn tell_the_breaker(context: &PipelineContext, read: &Result<ReadBack, SendError>) {
    match read {
        Ok(_) => secret_accepted(context).await,
        Err(SendError::Refused(refusal)) if refusal.class == RefusalClass::Deployment => {
            context.breaker.deployment_refused(*refusal, context.clock.now());
        }
        Err(_) => {}
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
    commit_waiting(context, transaction, transition, until).await
}

async fn ask(context: &PipelineContext, reply: &OpenReply) -> Result<Question, WorkError> {
    let transaction = context.database.begin().await?;
    let values = [
        reply.conversation.into(),
        reply.message.into(),
        MessageKind::Unsent.into(),
    ];
    let row = sql::value(&transaction, CUSTOMER_AND_WINDOW, values).await?;
    let (customer, window_until, answered, taken_back): (_, _, _, i64) =
        row.ok_or(StorageError::Corrupt("conversation of a reply"))?;
    let (sender, token) = sender(context, &transaction, reply).await?;
    let (purpose, owner) = (SealedPurpose::ComposedReply, reply.id.as_uuid());
    let composed = store::open(&transaction, &context.vault, purpose, reply.tenant, owner)
        .await
        .ok();
    commit(transaction).await?;
    Ok(Question {
        sender,
        token,
        customer,
        answered,
        is_taken_back: taken_back == 1,
        window_until,
        composed,
    })
}

async fn sender(
    context: &PipelineContext,
    transaction: &Transaction,
    reply: &OpenReply,
) -> Result<(Option<Sender>, Option<Sealed>), StorageError> {
    let accounts = HashSet::from([reply.account]);
    let mut ids = context.channel.sending_ids(transaction, &accounts).await?;
    let ids = ids.remove(&reply.account);
    let owner = reply.account.as_uuid();
    let token = store::sealed(transaction, SealedPurpose::PageToken, reply.tenant, owner).await?;
    let sender = sender_with(context, reply, ids.as_ref(), token.as_ref());
    Ok((sender, token))
}

async fn weigh(
    context: &PipelineContext,
    mut reply: OpenReply,
    question: Question,
    read: ReadBack,
) -> Result<(), WorkError> {
    let transaction = context.database.begin().await?;
    match told_by(&transaction, &reply, question.composed.as_ref(), read).await? {
        Told::Found(mid) => {
            if let Some(ended) = other_call_ends(context, &transaction, &reply).await? {
                return look_again(context, transaction, &mut reply, ended).await;
            }
            commit_sent(context, transaction, reply, Some(mid)).await
        }
        Told::NotThere => not_found(context, transaction, reply).await,
        Told::Nothing if question.is_taken_back && !reply.presumed_sent => not_found(context, transaction, reply).await,
        Told::Nothing => {
            drop(transaction);
            read_failed(context, reply, question.window_until, None).await
        }
    }
}

/// Enough such reads mean that it did not arrive. The second follows soon, however many failed before the first: Meta answers again.
async fn not_found(context: &PipelineContext, transaction: Transaction, reply: OpenReply) -> Result<(), WorkError> {
    let (lookups, empty) = (reply.lookups + 1, reply.empty_lookups + 1);
    if empty < EMPTY_READS {
        let until = lookup_due(context, &reply, empty);
        return next_lookup(context, transaction, reply, (lookups, empty), until).await;
    }
    drop(transaction);
    // Counted from the call: the reads took their time already.
    let called_at = reply.sending_at.unwrap_or(context.clock.now());
    try_again_after(context, reply, called_at, UNREACHABLE).await
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

/// Read again, at `soon` at the latest, until the messaging window closes; then it cannot be known any more.
async fn read_failed(
    context: &PipelineContext,
    reply: OpenReply,
    window_until: Timestamp,
    soon: Option<Timestamp>,
) -> Result<(), WorkError> {
    let lookups = reply.lookups + 1;
    let transaction = context.database.begin().await?;
    let until = lookup_due(context, &reply, lookups);
    let until = soon.map_or(until, |soon| until.min(soon));
    if until < window_until {
        let empty = reply.empty_lookups;
        return next_lookup(context, transaction, reply, (lookups, empty), until).await;
    }
    if reply.presumed_sent {
        return commit_sent(context, transaction, reply, None).await;
    }
    let transition = settle_not_sent(&transaction, &reply, Reason::OutcomeUnknown, context.clock.now()).await?;
    commit_transition(transaction, transition).await
}

async fn commit_sent(
    context: &PipelineContext,
    transaction: Transaction,
    reply: OpenReply,
    mid: Option<String>,
) -> Result<(), WorkError> {
    let now = context.clock.now();
    let transitions = settle_sent(&transaction, &context.vault, &[(reply, mid)], now).await?;
    let transition = transitions.into_iter().next().unwrap_or(Transition::Conflict);
    commit_transition(transaction, transition).await
}
