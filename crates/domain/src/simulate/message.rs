//! A message that an admin makes up: what was sent, when, and what happened in the conversation before.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::SimulatorFacts;
use crate::decide::ConversationFacts;
use crate::handover::Handover;
use crate::limits::{FieldError, LimitError, MAX_EXAMPLE_CHARS};
use crate::messages::MessageKind;
use crate::time::Timestamp;

/// Meta's standard messaging window after a customer's message.
pub const WINDOW: Duration = Duration::from_secs(24 * 60 * 60);

const TEN_MINUTES: Duration = Duration::from_secs(10 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A made-up message. An admin typed it, so it may be shown and stored, unlike a customer's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(
    feature = "sea-orm",
    derive(sea_orm::DeriveValueType),
    sea_orm(
        value_type = "String",
        from_str = "crate::columns::from_json",
        to_str = "crate::columns::to_json"
    )
)]
pub struct TriedMessage {
    /// What is sent.
    #[serde(default = "text")]
    pub kind: MessageKind,
    /// Its words.
    #[serde(default)]
    pub text: String,
    /// How many minutes ago it was sent.
    #[serde(default)]
    pub minutes_ago: u32,
    /// A returning customer: how many minutes ago the last automatic reply was sent. A new one got none.
    #[serde(default)]
    pub last_reply_minutes_ago: Option<u32>,
    /// How many minutes ago a person of the business wrote in the conversation.
    #[serde(default)]
    pub person_minutes_ago: Option<u32>,
}

const fn text() -> MessageKind {
    MessageKind::Text
}

impl TriedMessage {
    /// A text sent just now by a new customer.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self {
            kind: MessageKind::Text,
            text: text.to_owned(),
            minutes_ago: 0,
            last_reply_minutes_ago: None,
            person_minutes_ago: None,
        }
    }

    /// Checked as an example to keep.
    ///
    /// # Errors
    /// Under `text`: missing where the kind carries words, too long, not storable.
    pub fn check(&self) -> Result<(), FieldError> {
        let chars = self.text.chars().count();
        let error = if self.kind.carries_text() && self.text.trim().is_empty() {
            LimitError::ExampleMissing
        } else if chars > MAX_EXAMPLE_CHARS {
            LimitError::TooLong {
                what: "message",
                chars,
                limit: MAX_EXAMPLE_CHARS,
            }
        } else if self.text.contains('\0') {
            LimitError::NotStorable { what: "message" }
        } else {
            return Ok(());
        };
        Err(FieldError::new("text", &error))
    }

    /// The words, as the inbox would have kept them.
    pub(super) fn words(&self) -> Option<&str> {
        Some(self.text.as_str()).filter(|_| self.kind.carries_text())
    }

    /// Sent just now, with nobody else in the conversation; whether the customer returns stays.
    pub(super) fn unobstructed(&self) -> Self {
        Self {
            minutes_ago: 0,
            person_minutes_ago: None,
            ..self.clone()
        }
    }

    pub(super) fn occurred_at(&self, now: Timestamp) -> Timestamp {
        ago(now, self.minutes_ago)
    }

    pub(super) fn last_reply(&self, now: Timestamp) -> Option<Timestamp> {
        self.last_reply_minutes_ago.map(|minutes| ago(now, minutes))
    }

    pub(super) fn handover(&self, facts: &SimulatorFacts) -> Handover {
        Handover {
            person_wrote: self.person_minutes_ago.map(|minutes| ago(facts.now, minutes)),
            left_to_person: None,
            resumed: None,
            quiet_hours: facts.quiet_hours,
        }
    }

    pub(super) fn conversation(&self, facts: &SimulatorFacts) -> ConversationFacts {
        let now = facts.now;
        let within = |span| u32::from(self.last_reply(now).is_some_and(|at| now.since(at) < span));
        let occurred_at = self.occurred_at(now);
        ConversationFacts::new(
            occurred_at,
            occurred_at + WINDOW,
            &self.handover(facts),
            within(TEN_MINUTES),
            within(DAY),
        )
    }
}

fn ago(now: Timestamp, minutes: u32) -> Timestamp {
    now - Duration::from_secs(u64::from(minutes) * 60)
}
