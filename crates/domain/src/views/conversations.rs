//! Conversations that wait for a person.

use serde::{Deserialize, Serialize};

use super::Moment;
use crate::ids::ConversationId;

/// A conversation in which Concierge keeps quiet for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietConversation {
    /// Sent with *Resume*.
    pub id: ConversationId,
    /// The end of the customer's id, as in the message log: `··4821`.
    pub customer: String,
    /// Since when.
    pub since: Moment,
    /// Until when, unless somebody resumes.
    pub until: Moment,
    /// A rule left it to a person, and none has written since.
    pub waits_for_person: bool,
}

/// Who is behind a conversation, as the platform says at this moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerName {
    /// Which one.
    pub conversation: ConversationId,
    /// Without the @. Letters, digits, dots and underscores; none when the platform does not tell.
    pub username: Option<String>,
    /// As they call themselves; none when the platform does not tell.
    pub name: Option<String>,
}
