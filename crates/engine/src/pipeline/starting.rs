//! Words that are ready: sealed, `sending`, and everything the call to the platform needs.

use std::collections::HashSet;

use domain::ids::{AccountId, ReplyId};
use domain::replies::ReplyState;
use domain::time::Timestamp;
use secrecy::SecretString;
use tokio::time::Instant;

use super::context::PipelineContext;
use super::deciding::Composed;
use super::facts::Facts;
use super::outcome::WorkError;
use super::prepare::Prepared;
use crate::channels::{Sender, SendingIds};
use crate::replies::{Answered, OpenReply, start_sending};
use crate::storage::Transaction;
use crate::vault::store::{self, PlacedSeal};
use crate::vault::{Content, Sealed, SealedPurpose};

/// A reply on its way out.
pub(super) struct Outgoing {
    pub(super) reply: OpenReply,
    pub(super) sender: Sender,
    /// The sender's token as it was read: a refusal says nothing about a newer one.
    pub(super) token: Option<Sealed>,
    pub(super) customer: String,
    pub(super) text: Content,
    pub(super) window_until: Timestamp,
    pub(super) claimed_at: Instant,
}

/// A reply that cannot go out for want of a token.
pub(super) struct Unsendable {
    pub(super) reply: OpenReply,
    /// As it was read.
    pub(super) token: Option<Sealed>,
    pub(super) window_until: Timestamp,
}

/// A reply and the words that are to be sent.
pub(super) struct Starting {
    pub(super) reply: OpenReply,
    pub(super) facts: Facts,
    pub(super) composed: Composed,
}

/// Seals the words and moves the replies to `sending`; their credits are the caller's. The answers come in the order of the replies.
pub(super) async fn start_all(
    context: &PipelineContext,
    transaction: &Transaction,
    mut starting: Vec<Starting>,
) -> Result<Vec<Result<Prepared, WorkError>>, WorkError> {
    let accounts: HashSet<AccountId> = starting.iter().map(|starting| starting.reply.account).collect();
    let ids = context.channel.sending_ids(transaction, &accounts).await?;
    let sealed: HashSet<ReplyId> = starting.iter().filter_map(Starting::sealed_already).collect();
    let claimed_at = Instant::now();
    let (claimant, clock) = (&context.claimant, context.clock.as_ref());
    let replies = starting.iter_mut().map(Starting::answered);
    let started = start_sending(transaction, replies, claimant, clock).await?;
    let unsealed = starting
        .iter()
        .filter(|starting| started.contains(&starting.reply.id) && !sealed.contains(&starting.reply.id));
    let seals = unsealed
        .map(|starting| starting.seal(context))
        .collect::<Result<Vec<_>, _>>();
    store::put_many(transaction, &seals?, context.clock.now()).await?;
    let prepare = |starting: Starting| match started.contains(&starting.reply.id) {
        true => {
            let ids = ids.get(&starting.reply.account);
            Ok(starting.prepared(context, ids, claimed_at))
        }
        false => Err(WorkError::Conflict),
    };
    Ok(starting.into_iter().map(prepare).collect())
}

/// The same for one.
pub(super) async fn start(
    context: &PipelineContext,
    transaction: &Transaction,
    starting: Starting,
) -> Result<Prepared, WorkError> {
    let mut prepared = start_all(context, transaction, vec![starting]).await?;
    prepared.pop().unwrap_or(Err(WorkError::Conflict))
}

impl Starting {
    /// Words that were composed before are at their place.
    fn sealed_already(&self) -> Option<ReplyId> {
        (self.reply.state == ReplyState::Composed).then_some(self.reply.id)
    }

    fn answered(&mut self) -> (&mut OpenReply, Answered) {
        let composed = &self.composed;
        let answered = Answered {
            rule: composed.rule,
            kind: composed.kind,
            held_by: composed.held_by,
            hand_over: composed.hand_over,
        };
        (&mut self.reply, answered)
    }

    fn seal(&self, context: &PipelineContext) -> Result<PlacedSeal, WorkError> {
        let (owner, purpose) = (self.reply.id.as_uuid(), SealedPurpose::ComposedReply);
        let words = self.composed.text.expose().as_bytes();
        let sealed = context.vault.seal(purpose, self.reply.tenant, owner, words);
        Ok(PlacedSeal {
            owner,
            purpose,
            tenant: self.reply.tenant,
            sealed: sealed.map_err(WorkError::Vault)?,
        })
    }

    fn prepared(self, context: &PipelineContext, ids: Option<&SendingIds>, claimed_at: Instant) -> Prepared {
        let Self { reply, facts, composed } = self;
        match sender_with(context, &reply, ids, facts.token.as_ref()) {
            Some(sender) => Prepared::Send(Outgoing {
                reply,
                sender,
                token: facts.token,
                customer: facts.customer,
                text: composed.text,
                window_until: facts.window_until,
                claimed_at,
            }),
            None => Prepared::Unsendable(Unsendable {
                reply,
                token: facts.token,
                window_until: facts.window_until,
            }),
        }
    }
}

/// Where and with which token to send; `None` when the token cannot be opened, which must never look like Meta's fault.
pub(super) fn sender_with(
    context: &PipelineContext,
    reply: &OpenReply,
    ids: Option<&SendingIds>,
    token: Option<&Sealed>,
) -> Option<Sender> {
    let (ids, token) = ids.zip(token)?;
    let (purpose, owner) = (SealedPurpose::PageToken, reply.account.as_uuid());
    match store::unseal(&context.vault, purpose, reply.tenant, owner, token) {
        Ok(token) => Some(Sender {
            ids: ids.clone(),
            token: SecretString::from(token.expose().to_owned()),
        }),
        Err(error) => {
            tracing::error!(account.id = %reply.account, error = &error as &dyn std::error::Error, "a token cannot be opened");
            None
        }
    }
}
