//! What reading a conversation back says about one reply. That it is not among what was read is only proof where all was read.

use std::collections::HashSet;

use domain::messages::{Author, Direction};

use super::sql::{KNOWN_MIDS, TAKEN_MIDS};
use crate::channels::{ReadBack, SentMessage};
use crate::replies::OpenReply;
use crate::storage::{StorageError, Transaction, sql};
use crate::vault::Content;

/// Whether the reply arrived.
pub(super) enum Told {
    /// It did, as this message.
    Found(String),
    /// It did not: everything since the call is known, and it is not among it. Only this leads to a second send.
    NotThere,
    /// There are messages since the call of which nothing is known.
    Nothing,
}

pub(super) async fn told_by(
    transaction: &Transaction,
    reply: &OpenReply,
    composed: Option<&Content>,
    read: ReadBack,
) -> Result<Told, StorageError> {
    if let Some(mid) = find(transaction, reply, composed, read.messages).await? {
        return Ok(Told::Found(mid));
    }
    let all_known = read.is_complete && all_known(transaction, reply, read.withheld).await?;
    Ok(if all_known { Told::NotThere } else { Told::Nothing })
}

/// Only the account's messages on no other reply and known from nobody else. The same words win; else the oldest that Meta
/// returned without a text counts. One with other words is somebody else's.
async fn find(
    transaction: &Transaction,
    reply: &OpenReply,
    composed: Option<&Content>,
    mut messages: Vec<SentMessage>,
) -> Result<Option<String>, StorageError> {
    let mids = messages.iter().map(|message| message.mid.as_str());
    let taken = of_others(transaction, TAKEN_MIDS, reply, mids.collect()).await?;
    messages.retain(|message| !taken.contains(&message.mid));
    messages.sort_by_key(|message| message.created_at);
    let same_words = |message: &&SentMessage| match (&message.text, composed) {
        (Some(text), Some(composed)) => text.expose().trim() == composed.expose().trim(),
        _ => false,
    };
    let found = messages
        .iter()
        .find(same_words)
        .or_else(|| messages.iter().find(|message| message.text.is_none()));
    Ok(found.map(|message| message.mid.clone()))
}

/// Whether each of these is a customer's message, or somebody else's answer, that we know.
async fn all_known(transaction: &Transaction, reply: &OpenReply, mids: Vec<String>) -> Result<bool, StorageError> {
    let known = of_others(
        transaction,
        KNOWN_MIDS,
        reply,
        mids.iter().map(String::as_str).collect(),
    );
    let known = known.await?;
    Ok(mids.iter().all(|mid| known.contains(mid)))
}

async fn of_others(
    transaction: &Transaction,
    statement: &'static str,
    reply: &OpenReply,
    mids: Vec<&str>,
) -> Result<HashSet<String>, StorageError> {
    if mids.is_empty() {
        return Ok(HashSet::new());
    }
    let (direction, author) = (Direction::Outbound, Author::Concierge);
    let first = [reply.account.into(), direction.into(), author.into(), reply.id.into()];
    let (text, values) = sql::with_list(statement, first, mids);
    Ok(sql::values(transaction, text, values).await?.into_iter().collect())
}
