//! Conversations: what was said, by whom, and when the customer last opened the 24 hour window.

use std::collections::VecDeque;

use serde::Serialize;

/// A thread is known by (`ig_id`, `igsid`).
pub type ThreadKey = (String, String);

/// Meta's standard messaging window.
pub const WINDOW_MS: i64 = 24 * 3600 * 1000;

/// Who wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    Customer,
    /// Sent through the Graph API.
    Api,
    /// Sent by a person in the Instagram app.
    Human,
}

/// One message of a thread.
#[derive(Clone, Debug, Serialize)]
pub struct Message {
    /// Its id.
    pub mid: String,
    /// Unix time in milliseconds, by the sandbox's clock.
    pub at_ms: i64,
    /// Who wrote it.
    pub author: Author,
    /// `text`, `story_reply`, `image`, …
    pub kind: &'static str,
    /// `None` for kinds without text.
    pub text: Option<String>,
    /// The customer took it back.
    pub unsent: bool,
}

/// One conversation.
#[derive(Clone, Debug, Default)]
pub struct Thread {
    /// In the Conversations API.
    pub id: String,
    /// Oldest first.
    pub messages: VecDeque<Message>,
    /// When the customer last did something that opens the window.
    pub opened_at_ms: Option<i64>,
}

impl Thread {
    /// What a reply answers.
    pub fn newest_from_customer(&self) -> Option<&Message> {
        self.messages
            .iter()
            .rev()
            .find(|message| message.author == Author::Customer)
    }

    /// What somebody of the business wrote last in the Instagram app.
    pub fn newest_from_person(&self) -> Option<&Message> {
        self.messages
            .iter()
            .rev()
            .find(|message| message.author == Author::Human)
    }

    /// Whether the account may write at `now_ms`.
    pub fn window_open(&self, now_ms: i64) -> bool {
        self.opened_at_ms.is_some_and(|at| now_ms - at <= WINDOW_MS)
    }
}

impl Message {
    /// A plain text.
    pub fn text(mid: &str, at_ms: i64, author: Author, text: &str) -> Self {
        Self {
            mid: mid.to_owned(),
            at_ms,
            author,
            kind: "text",
            text: Some(text.to_owned()),
            unsent: false,
        }
    }
}
