//! Customers' messages: a log row each, and for those that may be answered a sealed body, a reply and its job.

use std::collections::HashSet;

use domain::ids::{MessageId, ReplyId};
use domain::messages::{Author, Direction, MessageKind};
use domain::reasons::Reason;
use uuid::Uuid;

use super::events::{self, AccountEvent};
use super::recording::{LogRow, Recording};
use crate::channels::event::{EventKind, TAKEN_BACK};
use crate::jobs::SendReply;
use crate::jobs::queue::enqueue;
use crate::replies::{NewReply, open_replies};
use crate::storage::StorageError;
use crate::vault::store::{PlacedSeal, insert_many};
use crate::vault::{Content, SealedPurpose};

/// A customer's message and what is to become of it.
struct Incoming<'a> {
    id: MessageId,
    routed: &'a AccountEvent<'a>,
    /// Empty when it cannot be read.
    customer: &'a str,
    mid: Option<&'a str>,
    kind: MessageKind,
    body: Option<&'a Content>,
    silence: Option<Reason>,
}

/// Returns the replies that were opened, each with the number of its delivery.
pub(super) async fn record(
    recording: &Recording<'_>,
    events: &[AccountEvent<'_>],
) -> Result<Vec<(usize, NewReply)>, StorageError> {
    let incoming = gather(recording, events).await?;
    if incoming.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<LogRow<'_>> = incoming.iter().map(log_row).collect();
    let inserted: HashSet<MessageId> = recording.log(&rows).await?.into_iter().collect();
    let answerable: Vec<&Incoming<'_>> = incoming
        .iter()
        .filter(|message| message.silence.is_none() && inserted.contains(&message.id))
        .collect();
    let opened = open(recording, &answerable).await?;
    let deliveries = answerable.iter().map(|message| message.routed.delivery);
    Ok(deliveries.zip(opened).collect())
}

async fn gather<'a>(
    recording: &Recording<'_>,
    events: &'a [AccountEvent<'a>],
) -> Result<Vec<Incoming<'a>>, StorageError> {
    let mut incoming = Vec::new();
    for routed in events {
        if let EventKind::Message {
            customer,
            mid,
            kind,
            body,
        } = &routed.event.kind
        {
            let id = MessageId::from_uuid(Uuid::now_v7());
            let (mid, body) = (mid.as_deref(), body.as_ref());
            incoming.push(Incoming {
                id,
                routed,
                customer,
                mid,
                kind: *kind,
                body,
                silence: None,
            });
        }
        if let EventKind::Unreadable { customer } = &routed.event.kind {
            incoming.push(Incoming {
                id: MessageId::from_uuid(Uuid::now_v7()),
                routed,
                customer: customer.as_deref().unwrap_or_default(),
                mid: None,
                kind: MessageKind::Unreadable,
                body: None,
                silence: Some(Reason::Unreadable),
            });
        }
    }
    let tombstones = incoming
        .iter()
        .filter_map(|message| message.mid.map(|mid| (message.routed.account.id, tombstone(mid))))
        .collect();
    let unsent = events::recorded(recording.transaction, tombstones).await?;
    for message in &mut incoming {
        let account = message.routed.account.id;
        let taken_back = message
            .mid
            .is_some_and(|mid| unsent.contains(&(account, tombstone(mid))));
        let last_human_at = match message.customer {
            "" => None,
            customer => recording.conversations.get(account, customer)?.last_human_at,
        };
        message.silence = if !message.routed.account.enabled {
            Some(Reason::AccountDisabled)
        } else if taken_back {
            Some(Reason::UnsentByCustomer)
        } else if last_human_at.is_some_and(|human| message.routed.event.occurred_at <= human) {
            Some(Reason::HumanAnswered)
        } else {
            message.silence
        };
    }
    Ok(incoming)
}

/// The key under which the channel records that a message was taken back.
fn tombstone(mid: &str) -> String {
    format!("{TAKEN_BACK}{mid}")
}

fn log_row<'a>(message: &Incoming<'a>) -> LogRow<'a> {
    LogRow {
        id: message.id,
        event: message.routed,
        direction: Direction::Inbound,
        author: Author::Customer,
        kind: message.kind,
        sender: message.customer,
        recipient: &message.routed.account.primary,
        mid: message.mid,
        silence: message.silence,
    }
}

async fn open(recording: &Recording<'_>, answerable: &[&Incoming<'_>]) -> Result<Vec<NewReply>, StorageError> {
    let mut replies = Vec::with_capacity(answerable.len());
    let mut seals = Vec::with_capacity(answerable.len());
    for message in answerable {
        let reply = new_reply(recording, message)?;
        if let Some(body) = message.body {
            seals.push(seal(recording, &reply, body)?);
        }
        replies.push(reply);
    }
    open_replies(recording.transaction, &replies, recording.now).await?;
    insert_many(recording.transaction, &seals, recording.now).await?;
    if recording.by_jobs {
        let jobs: Vec<SendReply> = replies.iter().map(first_job).collect();
        enqueue(recording.transaction, &jobs, recording.now).await?;
    }
    Ok(replies)
}

fn first_job(reply: &NewReply) -> SendReply {
    SendReply {
        reply: reply.id,
        job_no: NewReply::FIRST_JOB,
    }
}

fn new_reply(recording: &Recording<'_>, message: &Incoming<'_>) -> Result<NewReply, StorageError> {
    let account = &message.routed.account;
    Ok(NewReply {
        id: ReplyId::from_uuid(Uuid::now_v7()),
        tenant: account.tenant,
        account: account.id,
        conversation: recording.conversations.get(account.id, message.customer)?.id,
        message: message.id,
        occurred_at: message.routed.event.occurred_at,
    })
}

fn seal(recording: &Recording<'_>, reply: &NewReply, body: &Content) -> Result<PlacedSeal, StorageError> {
    let (owner, purpose, tenant) = (reply.id.as_uuid(), SealedPurpose::InboundBody, reply.tenant);
    let sealed = recording
        .context
        .vault
        .seal(purpose, tenant, owner, body.expose().as_bytes());
    let sealed = sealed.map_err(|_| StorageError::Corrupt("message body"))?;
    Ok(PlacedSeal {
        owner,
        purpose,
        tenant,
        sealed,
    })
}
