//! A reply that is handed to the platform: to whom, with which token, and until when.

use domain::time::Timestamp;
use secrecy::SecretString;
use tokio::time::Instant;

use super::context::PipelineContext;
use super::error::WorkError;
use crate::channels::{Sender, SendingIds};
use crate::replies::OpenReply;
use crate::storage::Transaction;
use crate::vault::{Content, Sealed, SealedPurpose, store};

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

/// Where and with which token to send; `None` when the token cannot be opened, which must never look like Meta's fault.
pub(super) async fn sender(
    context: &PipelineContext,
    transaction: &Transaction,
    reply: &OpenReply,
) -> Result<Option<Sender>, WorkError> {
    let ids = context.channel.sending_ids(transaction, reply.account).await?;
    let owner = reply.account.as_uuid();
    let token = store::sealed(transaction, SealedPurpose::PageToken, reply.tenant, owner).await?;
    Ok(sender_with(context, reply, ids, token.as_ref()))
}

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
