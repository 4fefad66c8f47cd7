//! Everything the sandbox remembers.

mod accounts;
mod facebook;
mod people;
mod seed;
mod threads;

use std::collections::HashMap;

use super::accounts::{Page, Token};
use super::calls::CallRecord;
use super::counts::Counts;
use super::facebook::Facebook;
use super::people::Person;
use super::ring::Ring;
use super::sent::SentMessage;
use super::thread::{Thread, ThreadKey};
use crate::ai::AiState;
use crate::clock::SandboxClock;
use crate::config::Explanation;
use crate::faults::FaultList;
use crate::webhooks::log::DeliveryLog;
use crate::webhooks::mode::DeliveryMode;

/// The lists and switches of one sandbox.
pub struct World {
    /// The sandbox's own time.
    pub clock: SandboxClock,
    /// Where webhooks go; empty for nowhere.
    pub webhook_url: String,
    /// Signs webhooks; proves tokens. The dashboard's *Reset* makes a new one.
    pub app_secret: String,
    /// How many messages of a thread are given with author and words.
    pub detailed_messages: usize,
    /// Facebook Pages.
    pub pages: Vec<Page>,
    /// By value.
    pub tokens: HashMap<String, Token>,
    /// Facebook Login.
    pub facebook: Facebook,
    /// By IGSID.
    pub people: HashMap<String, Person>,
    /// Conversations.
    pub threads: HashMap<ThreadKey, Thread>,
    /// By mid.
    pub explanations: HashMap<String, Explanation>,
    /// Accepted sends.
    pub sent: Ring<SentMessage>,
    /// Graph calls.
    pub calls: Ring<CallRecord>,
    /// Webhook deliveries.
    pub deliveries: DeliveryLog,
    /// Totals.
    pub counts: Counts,
    /// What goes wrong.
    pub faults: FaultList,
    /// The AI provider.
    pub ai: AiState,
    /// How webhooks are delivered.
    pub mode: DeliveryMode,
    /// Keeps no threads and no people.
    pub quiet: bool,
}

impl World {
    /// Unix time in milliseconds by the sandbox's clock.
    pub fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }
}
