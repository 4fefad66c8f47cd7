//! The first commit of replies: the oldest due one of each conversation is decided, charged, and moved to `sending`.
//!
//! Where something outside has to be asked first, it ends earlier, and the reply goes on with the same claim:
//! [`scoring`](super::scoring), [`composing`](super::composing).

use std::collections::HashMap;
use std::sync::Arc;

use domain::ids::ConversationId;
use domain::replies::ReplyState;
use tracing::Span;

use super::composing::{Claimed, Composing};
use super::context::PipelineContext;
use super::faults::InHand;
use super::group::{Answer, Member, decide_group};
use super::outcome::WorkError;
use super::scoring::Scoring;
use super::starting::{Outgoing, Unsendable};
use crate::replies::{OpenReply, claim, lock_conversations, next_replies};
use crate::storage::{StorageError, Transaction, commit};

/// What to do after a commit.
pub(super) enum Prepared {
    /// Nothing is due in this conversation, or somebody else works on it.
    Idle,
    /// This reply is done for now; look for the next one.
    Done,
    /// Find out what the message means.
    Score(Scoring),
    /// Ask the AI.
    Compose(Box<Composing>),
    /// Hand it to the platform.
    Send(Outgoing),
    /// The token cannot be opened.
    Unsendable(Unsendable),
    /// Find out whether it arrived.
    Confirm(OpenReply),
}

impl Prepared {
    /// The reply whose claim is committed.
    pub(super) fn reply(&self) -> Option<&OpenReply> {
        match self {
            Self::Idle | Self::Done => None,
            Self::Score(scoring) => Some(&scoring.claimed.reply),
            Self::Compose(composing) => Some(&composing.claimed.reply),
            Self::Send(outgoing) => Some(&outgoing.reply),
            Self::Unsendable(unsendable) => Some(&unsendable.reply),
            Self::Confirm(reply) => Some(reply),
        }
    }
}

/// What is to be prepared.
pub(super) enum Work {
    /// The oldest due reply of a conversation.
    Next(ConversationId),
    /// A reply whose claim is committed, with what was found out since.
    GoOn(Box<Claimed>),
}

/// Work, who does it, and the span of it.
pub(super) struct WorkItem {
    pub(super) work: Work,
    pub(super) in_hand: Arc<InHand>,
    pub(super) span: Span,
}

/// Prepares all in one transaction. The answers come in the order of the items; none where somebody has locked the conversation just now,
/// which does not happen to an item that is alone.
pub(super) async fn prepare_group(
    context: &PipelineContext,
    items: &[&WorkItem],
) -> Result<Vec<Option<Answer>>, WorkError> {
    let transaction = context.database.begin().await?;
    let mut found = find(context, &transaction, items).await?;
    confirm_sending(context, &transaction, &mut found).await?;
    let (places, members): (Vec<usize>, Vec<Member>) = std::mem::take(&mut found.members).into_iter().unzip();
    if !members.is_empty() {
        let answers = decide_group(context, &transaction, members).await?;
        for (place, answer) in places.into_iter().zip(answers) {
            found.answers[place] = Some(answer);
        }
    }
    commit(transaction).await?;
    Ok(found.answers)
}

/// By the places of their items.
struct Found {
    answers: Vec<Option<Answer>>,
    members: Vec<(usize, Member)>,
    /// Their last call is over, and nobody knows what came of it.
    sending: Vec<(usize, OpenReply)>,
}

async fn find(
    context: &PipelineContext,
    transaction: &Transaction,
    items: &[&WorkItem],
) -> Result<Found, StorageError> {
    let conversations = items.iter().filter_map(|item| match item.work {
        Work::Next(conversation) => Some(conversation),
        Work::GoOn(_) => None,
    });
    let conversations: Vec<ConversationId> = conversations.collect();
    let mut found = Found {
        answers: std::iter::repeat_with(|| None).take(items.len()).collect(),
        members: Vec::with_capacity(items.len()),
        sending: Vec::new(),
    };
    let mut next = HashMap::new();
    if !conversations.is_empty() {
        let locked = lock_conversations(transaction, &conversations).await?;
        if !locked.is_empty() {
            let replies = next_replies(transaction, locked.iter().copied(), context.clock.as_ref()).await?;
            next.extend(locked.into_iter().map(|conversation| (conversation, None)));
            next.extend(replies.into_iter().map(|reply| (reply.conversation, Some(reply))));
        }
    }
    for (place, item) in items.iter().enumerate() {
        match &item.work {
            Work::GoOn(claimed) => found.members.push((place, item.member(Claimed::clone(claimed), true))),
            Work::Next(conversation) => match next.get_mut(conversation).map(Option::take) {
                None => {}
                Some(None) => found.answers[place] = Some(Ok(Prepared::Idle)),
                Some(Some(reply)) => found.add(place, item, reply),
            },
        }
    }
    Ok(found)
}

impl Found {
    fn add(&mut self, place: usize, item: &WorkItem, reply: OpenReply) {
        item.in_hand.found(&reply);
        tracing::record_all!(
            item.span,
            reply.id = %reply.id,
            message.id = %reply.message,
            account.id = %reply.account
        );
        if reply.state == ReplyState::Sending {
            self.sending.push((place, reply));
        } else {
            self.members.push((place, item.member(Claimed::new(reply), false)));
        }
    }
}

impl WorkItem {
    fn member(&self, claimed: Claimed, is_claimed: bool) -> Member {
        Member {
            claimed,
            is_claimed,
            span: self.span.clone(),
        }
    }
}

async fn confirm_sending(
    context: &PipelineContext,
    transaction: &Transaction,
    found: &mut Found,
) -> Result<(), StorageError> {
    if found.sending.is_empty() {
        return Ok(());
    }
    let replies = found.sending.iter_mut().map(|(_, reply)| reply);
    let claimed = claim(transaction, replies, &context.claimant, context.clock.as_ref()).await?;
    for (place, reply) in std::mem::take(&mut found.sending) {
        found.answers[place] = Some(match claimed.contains(&reply.id) {
            true => Ok(Prepared::Confirm(reply)),
            false => Err(WorkError::Conflict),
        });
    }
    Ok(())
}
