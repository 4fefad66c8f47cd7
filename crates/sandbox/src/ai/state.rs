//! What the pretend provider remembers.

use std::collections::{HashMap, VecDeque};

use super::call::AiRequest;
use super::faults::AiFaultList;
use super::judge::JudgeMode;
use crate::state::ring::Ring;

/// Calls hold whole prompts: this many are kept.
const KEPT: usize = 10_000;

/// Its switches and its log.
pub struct AiState {
    /// What goes wrong.
    pub faults: AiFaultList,
    /// How the judge judges.
    pub judge: JudgeMode,
    /// Everything that a customer asks for is done.
    pub obeys_customers: bool,
    /// The contents of the next answers to reply requests, as they are.
    pub next_replies: VecDeque<String>,
    /// The words that certain messages are answered with, with placeholders.
    pub prepared: HashMap<String, String>,
    /// How many calls came in so far.
    pub calls: u64,
    /// Oldest first.
    pub requests: Ring<AiRequest>,
}

impl Default for AiState {
    fn default() -> Self {
        Self {
            faults: AiFaultList::default(),
            judge: JudgeMode::default(),
            obeys_customers: false,
            next_replies: VecDeque::new(),
            prepared: HashMap::new(),
            calls: 0,
            requests: Ring::new(KEPT),
        }
    }
}
