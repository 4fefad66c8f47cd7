//! Checks of an AI's answer before it is sent: whatever a model was talked into, only what the approved texts allow leaves.
//!
//! Pure and deterministic: the same answer and context always end the same way.

mod held;

pub use held::HeldBy;

/// What an answer is held against.
#[derive(Clone, Copy, Default)]
pub struct AnswerContext<'a> {
    /// Texts whose numbers, links and addresses may be said: the persona, the rule's prompt and the like.
    pub approved: &'a [&'a str],
    /// Texts that may be quoted at length: public fields of the persona, the prompt.
    pub quotable: &'a [&'a str],
    /// Preamble and postamble: never quoted.
    pub fixed: &'a [&'a str],
    /// The random token that stands in the instructions of this request only. Empty means none.
    pub canary: &'a str,
    /// The customer's words.
    pub message: &'a str,
    /// The account's username and the name of its Page, with or without `@`.
    pub own_handles: &'a [&'a str],
    /// What is left of a DM after the disclosure line, in bytes of UTF-8.
    pub max_bytes: usize,
}

/// Whether `answer` may be sent.
///
/// # Errors
/// The first check that holds it back.
pub fn check_answer(answer: &str, context: &AnswerContext<'_>) -> Result<(), HeldBy> {
    if answer.trim().is_empty() {
        return Err(HeldBy::Empty);
    }
    if answer.len() > context.max_bytes {
        return Err(HeldBy::TooLong);
    }
    Ok(())
}
