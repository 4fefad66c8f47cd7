//! What Concierge accepts, and the sentence a person reads when it does not. Nothing is ever cut silently.
//!
//! "Characters" are Unicode scalar values; "bytes" are bytes of UTF-8.

mod checks;
mod error;

pub(crate) use checks::check_text;
pub use checks::{
    check_canned, check_description, check_intent_example, check_keyword, check_label, check_persona, check_prompt,
    check_rule_count,
};
pub(crate) use error::grouped;
pub use error::{FieldError, LimitError};

/// Rules per account.
pub const MAX_RULES: usize = 200;
/// Characters of a rule's label; at least 1.
pub const MAX_LABEL_CHARS: usize = 80;
/// Keywords per rule; at least 1.
pub const MAX_KEYWORDS: usize = 50;
/// Characters of a keyword; at least 1, not blank.
pub const MAX_KEYWORD_CHARS: usize = 80;
/// Characters of an intent description; at least 1.
pub const MAX_DESCRIPTION_CHARS: usize = 300;
/// Examples of an intent.
pub const MAX_INTENT_EXAMPLES: usize = 8;
/// Characters of an example of an intent; at least 1.
pub const MAX_INTENT_EXAMPLE_CHARS: usize = 200;
/// The lowest threshold of a Prompt matcher.
pub const MIN_THRESHOLD: f64 = 0.50;
/// The highest threshold of a Prompt matcher.
pub const MAX_THRESHOLD: f64 = 0.95;
/// The threshold of a new Prompt matcher.
pub const DEFAULT_THRESHOLD: f64 = 0.72;
/// Bytes of a canned text (Instagram's limit); at least 1.
pub const MAX_CANNED_BYTES: usize = 1_000;
/// Characters of an AI prompt; at least 1.
pub const MAX_PROMPT_CHARS: usize = 2_000;
/// Characters of a persona; at least 1.
pub const MAX_PERSONA_CHARS: usize = 4_000;
/// Characters of a persona's business, city, topics, phrases and topics to avoid, each.
pub const MAX_PERSONA_NAME_CHARS: usize = 80;
/// Characters of a persona's hours, goal, facts and of when to call a person, each.
pub const MAX_PERSONA_FIELD_CHARS: usize = 400;
/// Characters of a persona's link.
pub const MAX_LINK_CHARS: usize = 300;
/// Facts of a persona.
pub const MAX_PERSONA_FACTS: usize = 20;
/// Phrases of a persona, and topics to avoid, each.
pub const MAX_PERSONA_CHIPS: usize = 20;
/// Bytes of a tenant's disclosure line: it takes them from every reply that it stands before.
pub const MAX_DISCLOSURE_BYTES: usize = 300;
/// Hours that Concierge may keep quiet after a person wrote: a week.
pub const MAX_QUIET_HOURS: u32 = 168;
/// Customers of an account whose names are asked of the platform: the first that are with a person.
pub const MAX_NAMED_CUSTOMERS: usize = 10;
/// Characters of an example message.
pub const MAX_EXAMPLE_CHARS: usize = 1_000;
/// Example messages per account.
pub const MAX_EXAMPLES: usize = 100;
/// Bytes of a webhook body: 4 MiB.
pub const MAX_WEBHOOK_BYTES: usize = 4 * 1024 * 1024;

#[cfg(test)]
mod tests;
