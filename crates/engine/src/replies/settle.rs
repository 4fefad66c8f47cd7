//! The end of replies, in one transaction: state, credit, content, and the log.
//!
//! Replies that went out at about the same time share one round of statements: each is a turn at SQLite's one writer. One reply is
//! a group of one.

use std::collections::HashMap;

use domain::ids::{AccountId, ConversationId, MessageId, ReplyId};
use domain::messages::{Author, Direction, MessageKind, MessageOutcome};
use domain::reasons::{OutcomeKind, Reason};
use domain::replies::ReplyState;
use domain::time::Timestamp;
use uuid::Uuid;

use super::sql::{
    COMPLETE_INBOUND, LEAVE_TO_PERSON, LOCK_CONVERSATIONS, LOCK_LEFT_TO_PERSON, LOG_OUTBOUND, OpenReply,
    RECOUNT_PERSON, WRITE_FINAL_STATES,
};
use super::transitions::Transition;
use crate::credits;
use crate::memory;
use crate::outgoing_webhooks::{self, NewWebhook};
use crate::storage::{Connection, StorageError, bulk, sql};
use crate::vault::{self, Vault};

/// A reply and the platform's id of the message that it became, if that is known.
pub type SentReply = (OpenReply, Option<String>);

/// How a group of replies ends.
#[derive(Clone, Copy)]
enum Ending<'a> {
    /// The customers have them; with what opens and seals their words, for accounts that remember.
    Sent(&'a Vault),
    /// An echo says so, by its words: it is not about them when its message is another reply's.
    Echoed(&'a Vault),
    /// They did not reach the customers.
    NotSent(Reason),
}

impl Ending<'_> {
    const fn reason(self) -> Option<Reason> {
        match self {
            Self::Sent(_) | Self::Echoed(_) => None,
            Self::NotSent(reason) => Some(reason),
        }
    }

    const fn vault(&self) -> Option<&Vault> {
        match self {
            Self::Sent(vault) | Self::Echoed(vault) => Some(vault),
            Self::NotSent(_) => None,
        }
    }
}

/// Ends a reply that did not reach the customer, as its row was read: a newer version is somebody else's and stays untouched. The
/// reason says whether it failed or was rightly not sent.
pub async fn settle_not_sent<C: Connection>(
    transaction: &C,
    reply: &OpenReply,
    reason: Reason,
    now: Timestamp,
) -> Result<Transition, StorageError> {
    let transitions = settle_all_not_sent(transaction, vec![reply.clone()], reason, now).await?;
    Ok(transitions.into_iter().next().unwrap_or(Transition::Conflict))
}

/// The same for several that end for one reason; the transitions come in their order.
pub async fn settle_all_not_sent<C: Connection>(
    transaction: &C,
    replies: Vec<OpenReply>,
    reason: Reason,
    now: Timestamp,
) -> Result<Vec<Transition>, StorageError> {
    let mut transitions = Vec::with_capacity(replies.len());
    let replies = replies.into_iter().map(|reply| (reply, None)).collect();
    for chunk in bulk::for_statements(transaction, replies) {
        transitions.extend(end(transaction, &chunk, Ending::NotSent(reason), now).await?);
    }
    Ok(transitions)
}

/// Settles each as its row was read; the transitions come in the order of `sent`. The platform's id is unknown when a reply was only
/// presumed sent.
pub async fn settle_sent<C: Connection>(
    transaction: &C,
    vault: &Vault,
    sent: &[SentReply],
    now: Timestamp,
) -> Result<Vec<Transition>, StorageError> {
    let mut transitions = Vec::with_capacity(sent.len());
    for chunk in bulk::for_statements(transaction, sent.to_vec()) {
        transitions.extend(end(transaction, &chunk, Ending::Sent(vault), now).await?);
    }
    Ok(transitions)
}

/// Settles the one open reply with the words of an echo. A conflict also when the message is another reply's: that one was settled
/// meanwhile, and this one has yet to arrive.
pub async fn settle_echoed<C: Connection>(
    transaction: &C,
    vault: &Vault,
    reply: OpenReply,
    mid: &str,
    now: Timestamp,
) -> Result<Transition, StorageError> {
    let echoed = [(reply, Some(mid.to_owned()))];
    let transitions = end(transaction, &echoed, Ending::Echoed(vault), now).await?;
    Ok(transitions.into_iter().next().unwrap_or(Transition::Conflict))
}

async fn end<C: Connection>(
    transaction: &C,
    replies: &[SentReply],
    ending: Ending<'_>,
    now: Timestamp,
) -> Result<Vec<Transition>, StorageError> {
    let reason = ending.reason();
    let locked = lock(transaction, replies, ending).await?;
    let written = write_final_states(transaction, replies, ending, now).await?;
    let mut taken: Vec<&OpenReply> = replies.iter().map(|(reply, _)| reply).collect();
    taken.retain(|reply| written.contains_key(&reply.id));
    if !taken.is_empty() {
        if reason.is_some() {
            restore_credits(transaction, &taken, now).await?;
        }
        complete_inbound_rows(transaction, &taken, reason, now).await?;
        if let Some(vault) = ending.vault() {
            log_outbound(transaction, &taken, &written, now).await?;
            let remembering = taken.iter().filter(|reply| locked.remembering.contains(&reply.account));
            memory::remember(transaction, vault, remembering.copied(), now).await?;
        }
        let owners = taken.iter().map(|reply| reply.id.as_uuid()).collect();
        vault::store::destroy_many(transaction, owners).await?;
        let left = taken.iter().filter(|reply| locked.left.contains(&reply.id));
        let conversations = left.map(|reply| reply.conversation).collect();
        leave_to_person(transaction, conversations, now).await?;
        let told = webhooks_of(&taken, &locked.left, reason, now);
        outgoing_webhooks::record(transaction, &told, now).await?;
    }
    for reply in taken {
        observe(reply, reason, now);
    }
    let transition = |(reply, _): &SentReply| match written.contains_key(&reply.id) {
        true => Transition::Applied,
        false => Transition::Conflict,
    };
    Ok(replies.iter().map(transition).collect())
}

/// What is locked before the replies are: accounts, then conversations; the inbox and a disconnect take them in that order too.
struct Locked {
    /// Replies whose conversation is left to a person.
    left: Vec<ReplyId>,
    /// Accounts that remember.
    remembering: Vec<AccountId>,
}

async fn lock<C: Connection>(
    transaction: &C,
    replies: &[SentReply],
    ending: Ending<'_>,
) -> Result<Locked, StorageError> {
    let mut locked = Locked {
        left: Vec::new(),
        remembering: Vec::new(),
    };
    if ending.vault().is_some() {
        locked.remembering = memory::lock_remembering(transaction, replies.iter().map(|(reply, _)| reply)).await?;
        locked.left = lock_left_by_rule(transaction, replies).await?;
    }
    let handed_over = replies.iter().filter(|(reply, _)| reply.hand_over);
    locked.left.extend(handed_over.map(|(reply, _)| reply.id));
    let remembers = |reply: &OpenReply| locked.remembering.contains(&reply.account);
    let touched = replies.iter().filter(|(reply, _)| reply.hand_over || remembers(reply));
    let touched: Vec<ConversationId> = touched.map(|(reply, _)| reply.conversation).collect();
    if !touched.is_empty() {
        let (text, values) = sql::with_list(LOCK_CONVERSATIONS, [], touched);
        sql::values::<ConversationId, C>(transaction, text, values).await?;
    }
    Ok(locked)
}

/// The replies whose rule leaves the conversation to a person.
async fn lock_left_by_rule<C: Connection>(
    transaction: &C,
    replies: &[SentReply],
) -> Result<Vec<ReplyId>, StorageError> {
    let by_rule = replies.iter().filter(|(reply, _)| reply.rule.is_some());
    let by_rule: Vec<ReplyId> = by_rule.map(|(reply, _)| reply.id).collect();
    if by_rule.is_empty() {
        return Ok(by_rule);
    }
    let (text, values) = sql::with_list(LOCK_LEFT_TO_PERSON, [], by_rule);
    sql::values(transaction, text, values).await
}

async fn leave_to_person<C: Connection>(
    transaction: &C,
    conversations: Vec<ConversationId>,
    now: Timestamp,
) -> Result<(), StorageError> {
    if !conversations.is_empty() {
        let (text, values) = sql::with_list(LEAVE_TO_PERSON, [now.into()], conversations);
        sql::execute(transaction, text, values).await?;
    }
    Ok(())
}

/// What programs of the tenants are told; nothing for a tenant without an endpoint.
fn webhooks_of(taken: &[&OpenReply], left: &[ReplyId], reason: Option<Reason>, now: Timestamp) -> Vec<NewWebhook> {
    let mut told = Vec::new();
    for reply in taken.iter().filter(|reply| reply.has_webhooks) {
        match reason {
            None => told.push(NewWebhook::reply_sent(reply, now)),
            Some(reason) if reason.outcome_kind() == OutcomeKind::Failed => {
                told.push(NewWebhook::reply_failed(reply, reason));
            }
            Some(_) => {}
        }
        if left.contains(&reply.id) {
            told.push(NewWebhook::handoff_requested(reply));
        }
    }
    told
}

/// The message ids that were written, by reply; replies that somebody else changed are missing.
async fn write_final_states<C: Connection>(
    transaction: &C,
    replies: &[SentReply],
    ending: Ending<'_>,
    now: Timestamp,
) -> Result<HashMap<ReplyId, Option<String>>, StorageError> {
    let reason = ending.reason();
    let state = match reason.map(Reason::outcome_kind) {
        None => ReplyState::Sent,
        Some(OutcomeKind::Failed) => ReplyState::Failed,
        Some(OutcomeKind::Skipped) => ReplyState::Skipped,
    };
    let rows = replies.iter().map(|(reply, mid)| {
        let mut row = reply.as_read().to_vec();
        let (held_by, hand_over) = (reply.held_by, reply.hand_over);
        row.extend([
            reply.account.into(),
            mid.clone().into(),
            held_by.into(),
            hand_over.into(),
        ]);
        row
    });
    let by_words = matches!(ending, Ending::Echoed(_));
    let first = [now.into(), state.into(), reason.into(), by_words.into()];
    let (text, values) = sql::with_rows(WRITE_FINAL_STATES, first, rows);
    let written: Vec<(ReplyId, Option<String>)> = sql::values(transaction, text, values).await?;
    Ok(written.into_iter().collect())
}

async fn restore_credits<C: Connection>(
    transaction: &C,
    taken: &[&OpenReply],
    now: Timestamp,
) -> Result<(), StorageError> {
    let mut charged: Vec<&OpenReply> = taken.iter().copied().filter(|it| it.state.holds_credit()).collect();
    // Balances are locked in this order everywhere.
    charged.sort_by_key(|reply| reply.tenant);
    for reply in charged {
        credits::restore(transaction, reply.id, now).await?;
    }
    Ok(())
}

fn outcome(reason: Option<Reason>) -> MessageOutcome {
    reason.map_or(MessageOutcome::Sent, |reason| reason.outcome_kind().into())
}

async fn complete_inbound_rows<C: Connection>(
    transaction: &C,
    taken: &[&OpenReply],
    reason: Option<Reason>,
    now: Timestamp,
) -> Result<(), StorageError> {
    let credits = i64::from(reason.is_none());
    let rows = taken.iter().map(|reply| {
        let latency = now.as_millis().saturating_sub(reply.created_at.as_millis()).max(0);
        vec![
            reply.message.into(),
            reply.id.into(),
            reply.rule.into(),
            reply.response_kind.into(),
            latency.into(),
            reply.held_by.into(),
        ]
    });
    let first = [outcome(reason).into(), reason.into(), credits.into()];
    let (text, values) = sql::with_rows(COMPLETE_INBOUND, first, rows);
    sql::execute(transaction, text, values).await?;
    Ok(())
}

async fn log_outbound<C: Connection>(
    transaction: &C,
    taken: &[&OpenReply],
    written: &HashMap<ReplyId, Option<String>>,
    now: Timestamp,
) -> Result<(), StorageError> {
    let ids: Vec<MessageId> = taken.iter().map(|_| MessageId::from_uuid(Uuid::now_v7())).collect();
    let rows = taken.iter().zip(&ids).map(|(reply, id)| {
        let mid = written.get(&reply.id).cloned().flatten();
        vec![(*id).into(), reply.message.into(), reply.id.into(), mid.into()]
    });
    let (author, kind) = (Author::Concierge, MessageKind::Text);
    let first = [now.into(), Direction::Outbound.into(), author.into(), kind.into()];
    let (text, values) = sql::with_rows(LOG_OUTBOUND, first, rows);
    let logged: Vec<(MessageId, ReplyId)> = sql::values(transaction, text, values).await?;
    let echoed = logged.into_iter().filter(|(id, _)| !ids.contains(id));
    recount_person(transaction, echoed.map(|(_, reply)| reply).collect()).await
}

/// An echo with other words than ours is taken for a person's. When the platform's answer proves it ours after all, the
/// conversation must not stay quiet for a person who never wrote.
///
/// The one place that takes a conversation after its reply. It is rare, and the loser of a deadlock of PostgreSQL's tries again
/// (`pipeline/settler.rs`).
async fn recount_person<C: Connection>(transaction: &C, replies: Vec<ReplyId>) -> Result<(), StorageError> {
    if replies.is_empty() {
        return Ok(());
    }
    let first = [
        Direction::Outbound.into(),
        Author::Human.into(),
        MessageKind::Automation.into(),
    ];
    let (text, values) = sql::with_list(RECOUNT_PERSON, first, replies);
    sql::execute(transaction, text, values).await?;
    Ok(())
}

/// Counted when written, not when committed: a rolled-back settlement is rare and tried again.
fn observe(reply: &OpenReply, reason: Option<Reason>, now: Timestamp) {
    let (outcome, why) = (outcome(reason).as_str(), reason.map_or("none", Reason::as_str));
    tracing::debug!(
        reply.id = %reply.id,
        message.id = %reply.message,
        account.id = %reply.account,
        outcome,
        reason = why,
        "the reply is settled"
    );
    metrics::counter!("concierge_replies_total", "outcome" => outcome, "reason" => why).increment(1);
    if reason.is_none() {
        metrics::histogram!("concierge_reply_seconds").record(now.since(reply.created_at).as_secs_f64());
    }
}
