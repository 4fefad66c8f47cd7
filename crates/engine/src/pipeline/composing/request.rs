//! The question to the AI, and what its answer is held against.

use std::sync::LazyLock;

use domain::answer_checks::{AnswerContext, Held, HeldBy, check_naming};
use domain::disclosure;
use domain::limits::MAX_CANNED_BYTES;
use domain::messages::Author;
use domain::persona::SystemPrompt;
use domain::persona::envelope::{REPLY_SCHEMA, REPLY_SCHEMA_NAME};
use rand::RngExt;
use serde_json::Value;

use super::retry;
use crate::ai::{AnswerFormat, ChatTurn, CompletionRequest, ModelRole, TurnAuthor};
use crate::memory::Turn;
use crate::persona::PersonaInUse;
use crate::vault::Content;

/// A DM of 1,000 bytes in the densest script, as JSON.
const MAX_ANSWER_TOKENS: u32 = 600;
/// Letters and digits that are not mistaken for each other.
const MARK: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz123456789";
const MARK_LENGTH: usize = 8;

static SCHEMA: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(REPLY_SCHEMA).unwrap_or_default());

/// A question that is ready to be asked. It has no `Debug`: it holds a customer's words.
pub(super) struct Request {
    pub(super) persona: PersonaInUse,
    pub(super) prompt: String,
    system: String,
    /// What was wrong with an earlier answer, at the end of the system message.
    correction: Option<&'static str>,
    turns: Vec<Turn>,
    canary: String,
    message: Content,
    own_handles: Vec<String>,
    disclosure_bytes: usize,
}

/// What a request is built from: approved texts, and nothing else of the tenant's.
pub(super) struct Parts {
    pub(super) persona: PersonaInUse,
    pub(super) prompt: String,
    /// Why an earlier answer was held back.
    pub(super) held_by: Option<HeldBy>,
    /// The conversation before the message, the oldest first.
    pub(super) memory: Vec<Turn>,
    pub(super) message: Content,
    /// The names of the account.
    pub(super) own_handles: Vec<String>,
    /// The line that will stand before the reply.
    pub(super) disclosure: Option<String>,
}

impl Request {
    pub(super) fn new(parts: Parts) -> Self {
        let canary = mark();
        let mut system = SystemPrompt::new(&parts.persona.text, &parts.prompt).text(&canary);
        let correction = parts.held_by.and_then(retry::sentence);
        if let Some(sentence) = correction {
            system = format!("{system}\n{sentence}");
        }
        let mut turns = parts.memory;
        turns.push(Turn {
            author: Author::Customer,
            text: parts.message.clone(),
        });
        Self {
            persona: parts.persona,
            prompt: parts.prompt,
            system,
            correction,
            turns,
            canary,
            message: parts.message,
            own_handles: parts.own_handles,
            disclosure_bytes: disclosure::bytes_added(parts.disclosure.as_deref()),
        }
    }

    /// Whether there is a memory that could be left out.
    pub(super) fn has_memory(&self) -> bool {
        self.turns.len() > 1
    }

    pub(super) fn turns(&self) -> Vec<ChatTurn<'_>> {
        let turns = self.turns.iter().map(|turn| ChatTurn {
            author: match turn.author {
                Author::Customer => TurnAuthor::Customer,
                Author::Concierge | Author::Human | Author::Itself => TurnAuthor::Assistant,
            },
            text: turn.text.expose(),
        });
        turns.collect()
    }

    pub(super) fn completion<'a>(&'a self, turns: &'a [ChatTurn<'a>]) -> CompletionRequest<'a> {
        CompletionRequest {
            role: ModelRole::Reply,
            system: &self.system,
            turns,
            max_tokens: MAX_ANSWER_TOKENS,
            format: AnswerFormat::Json {
                name: REPLY_SCHEMA_NAME,
                schema: &SCHEMA,
            },
        }
    }

    /// Whether the answer may be sent.
    ///
    /// # Errors
    /// What holds it back.
    pub(super) fn check(&self, answer: &Content) -> Result<(), HeldBy> {
        self.check_naming(answer).map_err(|held| held.by)
    }

    /// The same, naming what of the answer holds it back: for people who try it.
    ///
    /// # Errors
    /// What holds it back.
    pub(super) fn check_naming(&self, answer: &Content) -> Result<(), Held> {
        let public = self.persona.public_parts.iter().map(String::as_str);
        let quotable: Vec<&str> = public.chain([self.prompt.as_str()]).collect();
        let own_handles: Vec<&str> = self.own_handles.iter().map(String::as_str).collect();
        let fixed: Vec<&str> = SystemPrompt::never_quoted()
            .into_iter()
            .chain(self.correction)
            .collect();
        check_naming(
            answer.expose(),
            &AnswerContext {
                approved: &[&self.persona.text, &self.prompt],
                quotable: &quotable,
                fixed: &fixed,
                canary: &self.canary,
                message: self.message.expose(),
                own_handles: &own_handles,
                max_bytes: MAX_CANNED_BYTES.saturating_sub(self.disclosure_bytes),
            },
        )
    }
}

/// A random mark that stands in this request alone.
fn mark() -> String {
    let mut random = rand::rng();
    let letter = |_| char::from(MARK[random.random_range(0..MARK.len())]);
    (0..MARK_LENGTH).map(letter).collect()
}
