//! One group of deliveries in one transaction: routed, deduplicated, recorded, opened, enqueued.

use super::routing::RoutedEvent;
use super::{InboxContext, Received, conversations, deduplication, echoes, messages, outbound, routing, unsent};
use crate::channels::event::{EventKind, InboundEvent};
use crate::storage::{StorageError, Transaction};
use conversations::Conversations;
use domain::time::Timestamp;

/// What a committed group brought.
pub(super) struct Written {
    /// Per delivery, in order.
    pub(super) received: Vec<Received>,
    /// Events of accounts that are not connected.
    pub(super) unknown: usize,
}

/// What the recording of single events needs.
pub(super) struct Recording<'a> {
    pub(super) context: &'a InboxContext,
    pub(super) transaction: &'a Transaction,
    pub(super) conversations: &'a Conversations,
    pub(super) now: Timestamp,
}

pub(super) async fn write(context: &InboxContext, deliveries: &[&[InboundEvent]]) -> Result<Written, StorageError> {
    let transaction = context.database.begin().await?;
    let now = context.clock.now();
    let routed = routing::resolve(&transaction, context.channel.as_ref(), deliveries).await?;
    let fresh = deduplication::keep_new(&transaction, routed.events, now).await?;
    let conversations = conversations::touch(&transaction, &fresh, now).await?;
    let recording = Recording {
        context,
        transaction: &transaction,
        conversations: &conversations,
        now,
    };
    let opened = messages::record(&recording, &fresh).await?;
    for event in &fresh {
        record_other(&recording, event).await?;
    }
    transaction.commit().await?;
    Ok(Written {
        received: count(deliveries.len(), &fresh, &opened),
        unknown: routed.unknown,
    })
}

async fn record_other(recording: &Recording<'_>, event: &RoutedEvent<'_>) -> Result<(), StorageError> {
    match &event.event.kind {
        EventKind::Echo { customer, mid, text } => echoes::record(recording, event, customer, mid, text.as_ref()).await,
        EventKind::SelfMessage { sender, recipient, mid } => {
            outbound::record_self(recording, event, sender, recipient, mid.as_deref()).await
        }
        EventKind::Unsent { mid } => unsent::record(recording, event, mid).await,
        EventKind::Message { .. } | EventKind::Unreadable { .. } | EventKind::Noted(_) => Ok(()),
    }
}

/// `opened` holds the delivery of each opened reply.
fn count(deliveries: usize, fresh: &[RoutedEvent<'_>], opened: &[usize]) -> Vec<Received> {
    let mut received = vec![Received::default(); deliveries];
    for event in fresh {
        metrics::counter!("concierge_events_total", "kind" => event.event.kind.label()).increment(1);
        received[event.delivery].events += 1;
    }
    for delivery in opened {
        received[*delivery].replies += 1;
    }
    received
}
