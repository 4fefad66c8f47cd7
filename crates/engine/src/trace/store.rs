//! Reads what the tables know of one DM.

use domain::ids::{MessageId, ReplyId};
use domain::messages::Direction;
use domain::time::Timestamp;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::sql::MESSAGES_BY_PLATFORM_ID;
use crate::channels::event::MESSAGE;
use crate::storage::entity::{credit_ledger, inbound_events, instagram_accounts, messages, replies};
use crate::storage::{Database, StorageError, sql};

/// What is known of one DM.
#[derive(Debug, Clone)]
pub struct DmTrace {
    /// Of the Instagram account, without @.
    pub(super) username: Option<String>,
    /// The customer's message; none when only the account wrote.
    pub(super) inbound: Option<messages::Model>,
    pub(super) reply: Option<replies::Model>,
    /// What the reply cost, oldest first.
    pub(super) ledger: Vec<credit_ledger::Model>,
    pub(super) outbound: Option<messages::Model>,
    /// When the platform reported the outbound message; such reports are kept for 14 days.
    pub(super) echo_at: Option<Timestamp>,
}

/// The DMs with this id: of a reply, of a message, or the platform's of a message in either direction. Usually one; the platform's id
/// stands for two when one connected account wrote to another.
pub async fn trace(database: &Database, id: &str) -> Result<Vec<DmTrace>, StorageError> {
    let mut traces = Vec::new();
    for message in messages_called(database, id).await? {
        traces.push(trace_message(database, message).await?);
    }
    Ok(traces)
}

async fn messages_called(database: &Database, id: &str) -> Result<Vec<messages::Model>, StorageError> {
    let reader = database.reader();
    let ids: Vec<MessageId> = match Uuid::parse_str(id) {
        Ok(uuid) => {
            let reply = replies::Entity::find_by_id(ReplyId::from_uuid(uuid))
                .one(reader)
                .await?;
            vec![reply.map_or(MessageId::from_uuid(uuid), |reply| reply.message_id)]
        }
        Err(_) => sql::values(reader, MESSAGES_BY_PLATFORM_ID, [id.into()]).await?,
    };
    let mut found = Vec::new();
    for id in ids {
        found.extend(messages::Entity::find_by_id(id).one(reader).await?);
    }
    Ok(found)
}

async fn trace_message(database: &Database, message: messages::Model) -> Result<DmTrace, StorageError> {
    let reader = database.reader();
    let account = instagram_accounts::Entity::find_by_id(message.account_id)
        .one(reader)
        .await?;
    let mut trace = DmTrace {
        username: account.map(|account| account.username),
        inbound: None,
        reply: reply_of(database, &message).await?,
        ledger: Vec::new(),
        outbound: None,
        echo_at: None,
    };
    if let Some(reply) = &trace.reply {
        let of_reply = credit_ledger::Entity::find().filter(credit_ledger::Column::ReplyId.eq(reply.id));
        trace.ledger = of_reply
            .order_by_asc(credit_ledger::Column::CreatedAt)
            .all(reader)
            .await?;
    }
    match message.direction {
        Direction::Inbound => {
            trace.outbound = sent_by(database, trace.reply.as_ref()).await?;
            trace.inbound = Some(message);
        }
        Direction::Outbound => {
            if let Some(reply) = &trace.reply {
                trace.inbound = messages::Entity::find_by_id(reply.message_id).one(reader).await?;
            }
            trace.outbound = Some(message);
        }
    }
    if let Some((account, mid)) = trace
        .outbound
        .as_ref()
        .and_then(|sent| Some((sent.account_id, sent.platform_message_id.as_ref()?)))
    {
        let key = (account, format!("{MESSAGE}{mid}"));
        let echo = inbound_events::Entity::find_by_id(key).one(reader).await?;
        trace.echo_at = echo.map(|event| event.received_at);
    }
    Ok(trace)
}

async fn reply_of(database: &Database, message: &messages::Model) -> Result<Option<replies::Model>, StorageError> {
    let of_message = match (message.direction, message.reply_id) {
        (Direction::Inbound, _) => replies::Entity::find().filter(replies::Column::MessageId.eq(message.id)),
        (Direction::Outbound, Some(reply)) => replies::Entity::find_by_id(reply),
        (Direction::Outbound, None) => return Ok(None),
    };
    Ok(of_message.one(database.reader()).await?)
}

/// By the platform's id, which has an index; a reply that was only presumed sent has none.
async fn sent_by(database: &Database, reply: Option<&replies::Model>) -> Result<Option<messages::Model>, StorageError> {
    let Some((account, mid)) = reply.and_then(|reply| Some((reply.account_id, reply.platform_message_id.as_ref()?)))
    else {
        return Ok(None);
    };
    let sent = messages::Entity::find()
        .filter(messages::Column::AccountId.eq(account))
        .filter(messages::Column::PlatformMessageId.eq(mid))
        .filter(messages::Column::Direction.eq(Direction::Outbound));
    Ok(sent.one(database.reader()).await?)
}
