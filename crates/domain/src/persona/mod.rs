//! The persona: how every AI reply of a tenant sounds, what it may say, and the fixed text it stands in.
//!
//! What an admin writes is [`PersonaContent`]; what the model reads is rendered from it and stands between the fixed parts of the
//! [`envelope`]. A text is approved by the hash of its [canonical](canonical_text) form.

mod builder;
mod checked_text;
mod content;
mod diff;
pub mod envelope;
mod status;
mod validate;

pub use builder::{FACT_TOPICS, PersonaBuilder, PersonaFact, Voice};
pub use checked_text::{CheckedText, canonical_text, hash_input};
pub use content::PersonaContent;
pub use diff::{PersonaChange, PersonaDiff};
pub use envelope::{ENVELOPE_VERSION, ReplyAction, SystemPrompt};
pub use status::SafetyStatus;

#[cfg(test)]
mod tests;
