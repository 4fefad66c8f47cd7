//! Conversations by account and customer.

use super::World;
use crate::state::ids;
use crate::state::thread::{Author, Message, Thread, ThreadKey};

const KEEP_PER_THREAD: usize = 500;
const KEEP_THREADS: usize = 20_000;

impl World {
    /// A conversation, if there is one.
    pub fn thread(&self, ig_id: &str, igsid: &str) -> Option<&Thread> {
        self.threads.get(&(ig_id.to_owned(), igsid.to_owned()))
    }

    /// A conversation, made on first use.
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
