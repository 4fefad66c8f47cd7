//! What a customer can send, as far as answering it is concerned.

use crate::names::named_enum;

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
    }
}

impl MessageKind {
    /// Whether this kind carries words that rules can match. The others never match, whatever else the event held.
    #[must_use]
    pub const fn carries_text(self) -> bool {
        matches!(self, Self::Text | Self::StoryReply | Self::QuickReply | Self::Postback)
    }
}
