//! Words that are ready: sealed, `sending`, and everything the call to the platform needs.

use domain::time::Timestamp;
use secrecy::SecretString;
use tokio::time::Instant;

use super::composing::Claimed;
use super::context::PipelineContext;
use super::deciding::Composed;
use super::facts::Facts;
use super::outcome::{WorkError, applied};
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

/// Seals the words and moves the reply to `sending`; its credit is the caller's.
pub(super) async fn start(
    context: &PipelineContext,
    transaction: &Transaction,
    claimed: Claimed,
    facts: Facts,
    composed: Composed,
) -> Result<Prepared, WorkError> {
    let Claimed {
        mut reply,
        mut claimed_at,
        ..
    } = claimed;
    let ids = context.channel.sending_ids(transaction, reply.account).await?;
    seal(context, transaction, &reply, &composed.text, context.clock.now()).await?;
    let answered = Answered {
        rule: composed.rule,
        kind: composed.kind,
        held_by: composed.held_by,
        hand_over: composed.hand_over,
    };
    let (claimant, clock) = (&context.claimant, context.clock.as_ref());
    if answered.renews_claim(&reply) {
        claimed_at = Instant::now();
    }
    applied(start_sending(transaction, &mut reply, answered, claimant, clock).await?)?;
    Ok(match sender_with(context, &reply, ids, facts.token.as_ref()) {
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
    })
}

/// Where and with which token to send; `None` when the token cannot be opened, which must never look like Meta's fault.
pub(super) fn sender_with(
    context: &PipelineContext,
    reply: &OpenReply,
    ids: Option<SendingIds>,
    token: Option<&Sealed>,
) -> Option<Sender> {
    let (ids, token) = ids.zip(token)?;
    let (purpose, owner) = (SealedPurpose::PageToken, reply.account.as_uuid());
    match store::unseal(&context.vault, purpose, reply.tenant, owner, token) {
        Ok(token) => Some(Sender {
            ids,
            token: SecretString::from(token.expose().to_owned()),
        }),
        Err(error) => {
            tracing::error!(account.id = %reply.account, error = &error as &dyn std::error::Error, "a token cannot be opened");
            None
        }
    }
}

async fn seal(
    context: &PipelineContext,
    transaction: &Transaction,
    reply: &OpenReply,
    text: &Content,
    now: Timestamp,
) -> Result<(), WorkError> {
    let (owner, purpose, tenant) = (reply.id.as_uuid(), SealedPurpose::ComposedReply, reply.tenant);
    let sealed = context
        .vault
        .seal(purpose, tenant, owner, text.expose().as_bytes())
        .map_err(WorkError::Vault)?;
    store::put(
        transaction,
        &PlacedSeal {
            owner,
            purpose,
            tenant,
            sealed,
        },
        now,
    )
    .await?;
    Ok(())
}
