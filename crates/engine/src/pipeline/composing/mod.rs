//! AI replies: what happens between the commit that takes the credit and the one before the call to the platform.
//!
//! [`begin`] builds the request in the transaction that reads the approved texts; [`ask`] calls the provider outside of any
//! transaction, and [`conclude`] decides in a second one what becomes of the answer: sent, asked for again, held back, or waited
//! for. Every call has a commit of its own before it, so that a crash costs one call at most and never a second credit.

mod answer;
mod ask;
mod begin;
mod conclude;
mod instead;
mod request;
mod retry;
mod texts;
mod tries;
mod trying;

use domain::decide::IntentScores;

pub(super) use ask::ask;
pub(super) use begin::{Begun, Winner, begin};
pub(super) use instead::Instead;
pub(super) use texts::AiTexts;
pub(super) use tries::Tries;
pub use trying::TryError;

use crate::replies::OpenReply;
use request::Request;

/// A claimed reply and what work on it brought so far. Commits between keep the claim.
#[derive(Clone)]
pub(super) struct Claimed {
    pub(super) reply: OpenReply,
    /// How the message fits the Prompt rules; `None` before anybody asked.
    pub(super) scores: Option<IntentScores>,
    /// Memory was too long for the model.
    pub(super) without_memory: bool,
}

impl Claimed {
    /// A reply that nobody has worked on yet.
    pub(super) const fn new(reply: OpenReply) -> Self {
        Self {
            reply,
            scores: None,
            without_memory: false,
        }
    }
}

/// A reply that is reserved, and the question to the AI that its commit was made for.
pub(super) struct Composing {
    pub(super) claimed: Claimed,
    request: Request,
}
