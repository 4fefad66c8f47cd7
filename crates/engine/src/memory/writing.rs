//! Writes the turns of a reply that was sent: sealed again, for the turn is their owner now.

use domain::ids::{AccountId, TurnId};
use domain::messages::{Author, MessageKind};
use domain::time::Timestamp;
use uuid::Uuid;

use super::sql::{INSERT_TURN, KIND_OF_MESSAGE, LOCK_REMEMBERING};
use super::wiping::{forget_if_idle, forget_surplus};
use crate::replies::OpenReply;
use crate::storage::{Connection, StorageError, sql};
use crate::vault::store::{self, PlacedSeal};
use crate::vault::{SealedPurpose, Vault, VaultError};

/// Those of the replies' accounts that remember, locked against being switched off until the transaction ends. Call it before any
/// reply is changed: who changes an account takes its replies after it.
pub(crate) async fn lock_remembering<'a, C: Connection>(
    transaction: &C,
    replies: impl Iterator<Item = &'a OpenReply> + Send,
) -> Result<Vec<AccountId>, StorageError> {
    let remembering = replies.filter(|reply| reply.remembers);
    lock_accounts(transaction, remembering.map(|reply| reply.account).collect()).await
}

/// Those of these accounts that remember, locked in the same way. Call it before any conversation of theirs is changed: who ends an
/// account takes its conversations after it.
pub(crate) async fn lock_accounts<C: Connection>(
    transaction: &C,
    accounts: Vec<AccountId>,
) -> Result<Vec<AccountId>, StorageError> {
    if accounts.is_empty() {
        return Ok(accounts);
    }
    let (text, values) = sql::with_list(LOCK_REMEMBERING, [], accounts);
    sql::values(transaction, text, values).await
}

/// Writes what the customers wrote and what they got. The log rows of their messages must be locked: one that is taken back while
/// the reply is settled is either seen here, or its turns are seen there.
pub(crate) async fn remember<'a, C: Connection>(
    transaction: &C,
    vault: &Vault,
    replies: impl Iterator<Item = &'a OpenReply> + Send,
    now: Timestamp,
) -> Result<(), StorageError> {
    for reply in replies {
        remember_one(transaction, vault, reply, now).await?;
    }
    Ok(())
}

async fn remember_one<C: Connection>(
    transaction: &C,
    vault: &Vault,
    reply: &OpenReply,
    now: Timestamp,
) -> Result<(), StorageError> {
    let kind = match sql::value::<MessageKind, C>(transaction, KIND_OF_MESSAGE, [reply.message.into()]).await {
        // It may say that the message was taken back.
        Err(error) if error.is_fault() => None,
        kind => kind?,
    };
    if kind.is_none_or(|kind| kind == MessageKind::Unsent) {
        return Ok(());
    }
    forget_if_idle(transaction, reply.conversation, now).await?;
    let turns = [
        (Author::Customer, SealedPurpose::InboundBody, reply.occurred_at.min(now)),
        (Author::Concierge, SealedPurpose::ComposedReply, now),
    ];
    for (author, purpose, at) in turns {
        let id = TurnId::from_uuid(Uuid::now_v7());
        let Some(seal) = seal_again(transaction, vault, reply, purpose, id).await? else {
            continue;
        };
        let row = [
            id.into(),
            reply.tenant.into(),
            reply.account.into(),
            reply.conversation.into(),
            author.into(),
            reply.message.into(),
            at.into(),
        ];
        sql::execute(transaction, INSERT_TURN, row).await?;
        store::insert_many(transaction, &[seal], now).await?;
    }
    forget_surplus(transaction, reply.conversation, now).await
}

/// None when the reply has no such words, or no key opens them: what cannot be remembered must not keep a reply from being settled.
async fn seal_again<C: Connection>(
    transaction: &C,
    vault: &Vault,
    reply: &OpenReply,
    purpose: SealedPurpose,
    turn: TurnId,
) -> Result<Option<PlacedSeal>, StorageError> {
    let (tenant, owner) = (reply.tenant, turn.as_uuid());
    let words = match store::open(transaction, vault, purpose, tenant, reply.id.as_uuid()).await {
        Ok(words) => words,
        Err(VaultError::Storage(error)) => return Err(error),
        Err(_) => return Ok(None),
    };
    let sealed = vault.seal(purpose, tenant, owner, words.expose().as_bytes());
    Ok(sealed.ok().map(|sealed| PlacedSeal {
        owner,
        purpose,
        tenant,
        sealed,
    }))
}
