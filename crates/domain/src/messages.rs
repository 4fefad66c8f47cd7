//! What the message log says about a message: its way, its author, its kind, what became of it.

use crate::names::named_enum;
use crate::reasons::OutcomeKind;

named_enum! {
    /// Which way a message went.
    pub enum Direction {
        /// From a customer.
        Inbound = "inbound",
        /// To a customer.
        Outbound = "outbound",
    }
}

named_enum! {
    /// Who wrote a message.
    pub enum Author {
        Customer = "customer",
        Concierge = "concierge",
        /// A person, in the Instagram app.
        Human = "human",
        /// The account wrote to itself.
        Itself = "self",
    }
}

named_enum! {
    /// The kind of an inbound message.
    pub enum MessageKind {
        /// Plain text.
        Text = "text",
        /// An answer to a story, with text.
        StoryReply = "story_reply",
        /// A tapped quick reply; its title is the text.
        QuickReply = "quick_reply",
        /// A tapped button; its title is the text.
        Postback = "postback",
        /// Photos, videos, voice, shares: no words.
        Attachment = "attachment",
        /// The customer mentioned the account in a story.
        StoryMention = "story_mention",
        /// Something the platform does not hand over.
        Unsupported = "unsupported",
        /// A message that vanishes after being seen.
        Ephemeral = "ephemeral",
        /// The customer took it back; what it was is not kept.
        Unsent = "unsent",
        /// Written for the account by something else that answers by itself.
        Automation = "automation",
        /// The platform's notice of it cannot be read.
        Unreadable = "unreadable",
    }
}

impl MessageKind {
    /// Whether this kind carries words that rules can match. The others never match, whatever else the event held.
    #[must_use]
    pub const fn carries_text(self) -> bool {
        matches!(self, Self::Text | Self::StoryReply | Self::QuickReply | Self::Postback)
    }
}

named_enum! {
    /// What became of an inbound message.
    pub enum MessageOutcome {
        /// Its reply reached the customer.
        Sent = "sent",
        /// A reply was tried.
        Failed = "failed",
        /// A reply was rightly not tried.
        Skipped = "skipped",
    }
}

impl From<OutcomeKind> for MessageOutcome {
    fn from(kind: OutcomeKind) -> Self {
        match kind {
            OutcomeKind::Failed => Self::Failed,
            OutcomeKind::Skipped => Self::Skipped,
        }
    }
}
