//! One group of deliveries in one transaction: routed, deduplicated, recorded, opened, enqueued.

use domain::ids::AccountId;
use domain::messages::Author;

use super::events::{self, AccountEvent};
use super::recording::{InboxContext, LogRow, Recording};
use super::{conversations, echoes, messages, unsent};
use crate::channels::event::{EventKind, InboundEvent};
use crate::memory;
use crate::replies::NewReply;
use crate::storage::StorageError;

/// What a recorded delivery brought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Received {
    /// New events of connected accounts.
    pub events: usize,
    /// Replies opened for them.
    pub replies: usize,
}

/// What a committed group brought.
pub(super) struct Written {
    /// Per delivery, in order.
    pub(super) received: Vec<Received>,
    /// With the number of the delivery each came in.
    pub(super) opened: Vec<(usize, NewReply)>,
    /// Events of accounts that are not connected.
    pub(super) unknown: usize,
    /// Events that the database cannot take.
    pub(super) unrecorded: usize,
    /// The opened replies have jobs.
    pub(super) by_jobs: bool,
}

impl Written {
    /// After the commit: whoever works on the replies hears of them.
    fn announced(self, context: &InboxContext) -> Self {
        context.announce(self.opened.iter().map(|(_, reply)| reply), self.by_jobs);
        self
    }
}

/// One delivery; when the database cannot take it as a whole, event by event. What is recorded stays, so that a repetition of the
/// delivery brings only the rest: the events that depend on stored rows that cannot be read. Those rows end within minutes.
pub(super) async fn write_one(context: &InboxContext, delivery: &[InboundEvent]) -> Result<Written, StorageError> {
    match write(context, &[delivery]).await {
        Err(error) if error.is_fault() => {}
        together => return together,
    }
    let mut written = Written {
        received: vec![Received::default()],
        opened: Vec::new(),
        unknown: 0,
        unrecorded: 0,
        by_jobs: false,
    };
    let mut unreadable = None;
    for event in delivery {
        match write(context, &[std::slice::from_ref(event)]).await {
            Ok(one) => {
                written.received[0].events += one.received[0].events;
                written.received[0].replies += one.received[0].replies;
                written.opened.extend(one.opened);
                written.unknown += one.unknown;
            }
            Err(error) if error.is_fault_of_the_given() => {
                let (kind, error) = (event.kind.label(), &error as &dyn std::error::Error);
                tracing::error!(kind, error, "an event could not be recorded and is lost");
                written.unrecorded += 1;
            }
            Err(error) if error.is_fault() => unreadable = Some(error),
            Err(error) => return Err(error),
        }
    }
    match unreadable {
        None => Ok(written),
        Some(error) => Err(error),
    }
}

/// Returns after the commit, when whoever works on the replies has heard of them.
pub(super) async fn write(context: &InboxContext, deliveries: &[&[InboundEvent]]) -> Result<Written, StorageError> {
    let transaction = context.database.begin().await?;
    let now = context.clock.now();
    let routed = events::find_accounts(&transaction, context.channel.as_ref(), deliveries).await?;
    let fresh = events::keep_new(&transaction, routed.events, now).await?;
    memory::lock_accounts(&transaction, accounts_of_echoes(&fresh)).await?;
    let conversations = conversations::touch(&transaction, &fresh, now).await?;
    let by_jobs = !context.dispatcher.is_running();
    let recording = Recording {
        context,
        transaction: &transaction,
        conversations: &conversations,
        by_jobs,
        now,
    };
    let opened = messages::record(&recording, &fresh).await?;
    for event in &fresh {
        record_other(&recording, event).await?;
    }
    transaction.commit().await?;
    let written = Written {
        received: count(deliveries.len(), &fresh, &opened),
        opened,
        unknown: routed.unknown,
        unrecorded: 0,
        by_jobs,
    };
    Ok(written.announced(context))
}

/// An echo may settle a reply, and what was sent is remembered.
fn accounts_of_echoes(events: &[AccountEvent<'_>]) -> Vec<AccountId> {
    let echoes = events
        .iter()
        .filter(|event| matches!(event.event.kind, EventKind::Echo { .. }));
    let mut accounts: Vec<AccountId> = echoes
        .filter(|event| event.account.remembers)
        .map(|event| event.account.id)
        .collect();
    accounts.sort_unstable();
    accounts.dedup();
    accounts
}

async fn record_other(recording: &Recording<'_>, event: &AccountEvent<'_>) -> Result<(), StorageError> {
    match &event.event.kind {
        EventKind::Echo { customer, mid, text } => echoes::record(recording, event, customer, mid, text.as_ref()).await,
        // The account wrote to itself: logged, never answered.
        EventKind::SelfMessage { sender, recipient, mid } => {
            let row = LogRow::outbound(event, Author::Itself, recipient, mid.as_deref());
            recording.log(&[LogRow { sender, ..row }]).await.map(drop)
        }
        EventKind::Unsent { mid } => unsent::record(recording, event, mid).await,
        EventKind::Message { .. } | EventKind::Unreadable { .. } | EventKind::Noted(_) => Ok(()),
    }
}

fn count(deliveries: usize, fresh: &[AccountEvent<'_>], opened: &[(usize, NewReply)]) -> Vec<Received> {
    let mut received = vec![Received::default(); deliveries];
    for event in fresh {
        metrics::counter!("concierge_events_total", "kind" => event.event.kind.label()).increment(1);
        received[event.delivery].events += 1;
    }
    for (delivery, _) in opened {
        received[*delivery].replies += 1;
    }
    received
}
