//! One element of a webhook delivery.

use serde::Serialize;
use serde_json::Value;

/// The array of the entry an event travels in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    Messaging,
    /// Another app owns the thread.
    Standby,
    Changes,
}

impl Slot {
    /// As in the payload.
    pub fn name(self) -> &'static str {
        match self {
            Self::Messaging => "messaging",
            Self::Standby => "standby",
            Self::Changes => "changes",
        }
    }
}

/// One event before it is delivered.
#[derive(Clone, Debug, Serialize)]
pub struct Event {
    /// `entry.id`.
    pub ig_id: String,
    /// The array it travels in.
    pub slot: Slot,
    /// For the log and the tests.
    pub kind: &'static str,
    /// The message it is or is about.
    pub mid: Option<String>,
    /// The element itself, as Meta would write it.
    pub value: Value,
}

impl Event {
    /// An event in `messaging`.
    pub fn new(ig_id: &str, kind: &'static str, mid: Option<&str>, value: Value) -> Self {
        Self {
            ig_id: ig_id.to_owned(),
            slot: Slot::Messaging,
            kind,
            mid: mid.map(str::to_owned),
            value,
        }
    }

    /// Moves it to another array.
    #[must_use]
    pub fn slot(mut self, slot: Slot) -> Self {
        self.slot = slot;
        self
    }
}
