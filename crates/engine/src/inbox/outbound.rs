//! Log rows of what the account wrote without us, or with us by a reply that is not known yet.

use sea_orm::Value;
use uuid::Uuid;

use super::account_lookup::AccountEvent;
use super::recording::Recording;
use crate::storage::{StorageError, sql};

/// Who wrote an outbound message.
#[derive(Debug, Clone, Copy)]
enum Author {
    Concierge,
    Human,
    Myself,
}

/// The account wrote to itself: logged, never answered.
pub(super) async fn record_self(
    recording: &Recording<'_>,
    event: &AccountEvent<'_>,
    sender: &str,
    recipient: &str,
    mid: Option<&str>,
) -> Result<(), StorageError> {
    record(recording, event, Author::Myself, (sender, recipient), mid).await
}

/// A person of the business, or another app, wrote to a customer.
pub(super) async fn record_human(
    recording: &Recording<'_>,
    event: &AccountEvent<'_>,
    customer: &str,
    mid: &str,
) -> Result<(), StorageError> {
    let own = event.account.primary.clone();
    record(recording, event, Author::Human, (&own, customer), Some(mid)).await
}

/// One of our replies, not known which: whoever settles that reply completes the row by its message id.
pub(super) async fn record_ours(
    recording: &Recording<'_>,
    event: &AccountEvent<'_>,
    customer: &str,
    mid: &str,
) -> Result<(), StorageError> {
    let own = event.account.primary.clone();
    record(recording, event, Author::Concierge, (&own, customer), Some(mid)).await
}

async fn record(
    recording: &Recording<'_>,
    event: &AccountEvent<'_>,
    author: Author,
    (sender, recipient): (&str, &str),
    mid: Option<&str>,
) -> Result<(), StorageError> {
    let text =
        "INSERT INTO messages (id, tenant_id, channel, account_id, direction, author, kind, sender_id, recipient_id,
            platform_message_id, occurred_at, created_at)
        VALUES ($1, $2, $3, $4, 'outbound', $5, 'text', $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING";
    let author = match author {
        Author::Concierge => "concierge",
        Author::Human => "human",
        Author::Myself => "self",
    };
    let values: [Value; 10] = [
        Uuid::now_v7().into(),
        event.account.tenant.as_uuid().into(),
        recording.context.channel.name().into(),
        event.account.id.as_uuid().into(),
        author.into(),
        sender.into(),
        recipient.into(),
        mid.map(str::to_owned).into(),
        event.event.occurred_at.as_millis().into(),
        recording.now.as_millis().into(),
    ];
    sql::execute(recording.transaction, text, values).await?;
    Ok(())
}
