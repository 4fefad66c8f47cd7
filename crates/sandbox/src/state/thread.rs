//! Conversations: what was said, by whom, and when the customer last opened the 24 hour window.

use std::collections::VecDeque;

use serde::Serialize;

use super::{ThreadKey, World, ids};

const KEEP_PER_THREAD: usize = 500;
const KEEP_THREADS: usize = 20_000;
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

#[derive(Clone, Debug, Serialize)]
pub struct Message {
    pub mid: String,
    pub at_ms: i64,
    pub author: Author,
    /// `text`, `story_reply`, `image`, …
    pub kind: &'static str,
    pub text: Option<String>,
    pub unsent: bool,
}

#[derive(Clone, Debug, Default)]
pub struct Thread {
    pub id: String,
    pub messages: VecDeque<Message>,
    /// When the customer last did something that opens the window.
    pub opened_at_ms: Option<i64>,
}

impl Thread {
    pub fn newest_from_customer(&self) -> Option<&Message> {
        self.messages
            .iter()
            .rev()
            .find(|message| message.author == Author::Customer)
    }

    pub fn window_open(&self, now_ms: i64) -> bool {
        self.opened_at_ms.is_some_and(|at| now_ms - at <= WINDOW_MS)
    }
}

impl World {
    pub fn thread(&self, ig_id: &str, igsid: &str) -> Option<&Thread> {
        self.threads.get(&(ig_id.to_owned(), igsid.to_owned()))
    }

    pub fn thread_mut(&mut self, ig_id: &str, igsid: &str) -> &mut Thread {
        let key: ThreadKey = (ig_id.to_owned(), igsid.to_owned());
        if self.threads.len() >= KEEP_THREADS && !self.threads.contains_key(&key) {
            self.forget_quietest_thread();
        }
        self.threads.entry(key).or_insert_with(|| Thread {
            id: ids::thread(ig_id, igsid),
            ..Thread::default()
        })
    }

    /// Adds a message; one from the customer opens the window. Quiet sandboxes keep none.
    pub fn record(&mut self, ig_id: &str, igsid: &str, message: Message) {
        if self.quiet {
            return;
        }
        let thread = self.thread_mut(ig_id, igsid);
        if message.author == Author::Customer {
            thread.opened_at_ms = Some(message.at_ms);
        }
        if thread.messages.len() >= KEEP_PER_THREAD {
            thread.messages.pop_front();
        }
        thread.messages.push_back(message);
    }

    /// Where a message is, by its id.
    pub fn find_message(&mut self, mid: &str) -> Option<(ThreadKey, &mut Message)> {
        self.threads.iter_mut().find_map(|(key, thread)| {
            let found = thread.messages.iter_mut().find(|message| message.mid == mid)?;
            Some((key.clone(), found))
        })
    }

    fn forget_quietest_thread(&mut self) {
        let oldest = self.threads.iter().min_by_key(|(_, thread)| thread.opened_at_ms);
        if let Some(key) = oldest.map(|(key, _)| key.clone()) {
            self.threads.remove(&key);
        }
    }
}

impl Message {
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
