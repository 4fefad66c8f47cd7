//! The delivery log: what was sent to the webhook, how often, and what it answered.

use std::collections::HashSet;

use serde::Serialize;

use super::event::Event;
use super::sign::SignedRequest;
use crate::state::ring::Ring;

/// How far a delivery is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// On its way or waiting for its next try.
    Pending,
    Delivered,
    /// Every try failed.
    GivenUp,
    /// Handed out in manual mode.
    Handed,
    /// The Page is not subscribed.
    Dropped,
}

/// One try.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attempt {
    /// `None` when there was no answer.
    pub status: Option<u16>,
    /// Unix time in milliseconds, by the sandbox's clock.
    pub at_ms: i64,
    /// Until the answer or the failure.
    pub took_ms: u64,
}

/// One POST with all its tries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeliveryRecord {
    /// Counts up.
    pub id: u64,
    /// The kinds of its events.
    pub kinds: Vec<&'static str>,
    /// The messages its events are about.
    pub mids: Vec<String>,
    /// How far it is.
    pub state: DeliveryState,
    /// Oldest first.
    pub attempts: Vec<Attempt>,
}

/// The newest deliveries, and what was kept back.
#[derive(Debug)]
pub struct DeliveryLog {
    next_id: u64,
    records: Ring<DeliveryRecord>,
    /// Deliveries and queued events that have not come to an end.
    pub unfinished: usize,
    /// Events that wait for a release.
    pub held: Vec<Event>,
    /// Requests that a test carries itself.
    pub manual: Vec<SignedRequest>,
}

impl DeliveryLog {
    /// Holds up to `keep` records.
    pub fn new(keep: usize) -> Self {
        Self {
            next_id: 0,
            records: Ring::new(keep),
            unfinished: 0,
            held: Vec::new(),
            manual: Vec::new(),
        }
    }

    /// The id of the newest delivery.
    pub fn last_id(&self) -> u64 {
        self.next_id
    }

    /// After a reset, so that a delivery still under way never meets a new record with its id.
    pub fn continue_after(&mut self, id: u64) {
        self.next_id = id;
    }

    /// Adds a delivery and returns its id.
    pub fn open(&mut self, events: &[Event], state: DeliveryState) -> u64 {
        self.next_id += 1;
        self.records.push(DeliveryRecord {
            id: self.next_id,
            kinds: events.iter().map(|event| event.kind).collect(),
            mids: events.iter().filter_map(|event| event.mid.clone()).collect(),
            state,
            attempts: Vec::new(),
        });
        self.next_id
    }

    /// A delivery that is still in the log.
    pub fn record(&mut self, id: u64) -> Option<&mut DeliveryRecord> {
        self.records.iter_mut().rev().find(|record| record.id == id)
    }

    /// Oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &DeliveryRecord> {
        self.records.iter()
    }

    /// Deliveries that carried one of these messages itself, not something about it.
    pub fn of_messages<'l>(&'l self, wanted: &'l HashSet<&str>) -> impl Iterator<Item = (&'l str, &'l DeliveryRecord)> {
        const ABOUT: [&str; 4] = ["unsend", "reaction", "read", "edit"];
        self.records
            .iter()
            .filter(|record| !record.kinds.iter().any(|kind| ABOUT.contains(kind)))
            .flat_map(|record| record.mids.iter().map(move |mid| (mid.as_str(), record)))
            .filter(move |(mid, _)| wanted.contains(mid))
    }
}
