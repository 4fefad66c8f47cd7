//! The sentences beside a field.

use serde::{Deserialize, Serialize};

use super::{
    MAX_CANNED_BYTES, MAX_DISCLOSURE_BYTES, MAX_EXAMPLES, MAX_INTENT_EXAMPLES, MAX_KEYWORDS, MAX_PERSONA_CHIPS,
    MAX_PERSONA_FACTS, MAX_QUIET_HOURS, MAX_RULES, MAX_THRESHOLD, MIN_THRESHOLD,
};
use crate::ai_fallback::MAX_FALLBACK_BYTES;

/// A limit that is not kept. Its `Display` is the sentence a person reads.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LimitError {
    /// More rules than an account may have.
    #[error("{} of {MAX_RULES} rules. Delete one that is no longer needed.", grouped(*count))]
    TooManyRules { count: usize },
    /// A rule without a name.
    #[error("Give the rule a name.")]
    LabelMissing,
    /// No keyword at all.
    #[error("Add at least one keyword.")]
    KeywordsMissing,
    /// A keyword of white space or invisible characters.
    #[error("One keyword is blank. Take it out.")]
    KeywordBlank,
    /// The same keyword twice, after folding.
    #[error("'{keyword}' is already in this rule.")]
    KeywordTwice { keyword: String },
    /// More keywords than a rule may have.
    #[error("This rule has {} of {MAX_KEYWORDS} keywords. Take out {}, or add a second rule.", grouped(*count), grouped(count.saturating_sub(MAX_KEYWORDS)))]
    TooManyKeywords { count: usize },
    /// A Prompt matcher without a description.
    #[error("Describe what the customer wants.")]
    DescriptionMissing,
    /// An example of an intent without words.
    #[error("One example is blank. Take it out.")]
    IntentExampleBlank,
    /// The same example twice.
    #[error("'{example}' is there twice.")]
    IntentExampleTwice { example: String },
    /// More examples than an intent may have.
    #[error("This rule has {} of {MAX_INTENT_EXAMPLES} examples. Take out {}.", grouped(*count), grouped(count.saturating_sub(MAX_INTENT_EXAMPLES)))]
    TooManyIntentExamples { count: usize },
    /// Below the lowest or above the highest threshold.
    #[error("Choose a threshold from {MIN_THRESHOLD:.2} to {MAX_THRESHOLD:.2}.")]
    ThresholdRange,
    /// A blank canned text.
    #[error("Write the reply.")]
    CannedMissing,
    /// More bytes than Instagram takes.
    #[error("{}", canned_too_long(*bytes, *last))]
    CannedTooLong {
        bytes: usize,
        /// Characters at the end, as a reader counts them, without which it fits.
        last: usize,
    },
    /// A blank prompt.
    #[error("Write the prompt.")]
    PromptMissing,
    /// A blank persona.
    #[error("Write the persona.")]
    PersonaMissing,
    /// A persona without the name of the business.
    #[error("Say what the business is called.")]
    BusinessNameMissing,
    /// A link of another form.
    #[error("Write the whole link, with https:// before it.")]
    LinkForm,
    /// A fact without a topic.
    #[error("Say what this fact is about.")]
    TopicMissing,
    /// A topic without a fact.
    #[error("Write the fact, or take the line out.")]
    FactMissing,
    /// More facts than a persona may have.
    #[error("There are {} of {MAX_PERSONA_FACTS} facts. Take out {}.", grouped(*count), grouped(count.saturating_sub(MAX_PERSONA_FACTS)))]
    TooManyFacts { count: usize },
    /// A phrase or topic without words.
    #[error("One {what} is blank. Take it out.")]
    ChipBlank { what: &'static str },
    /// The same phrase or topic twice.
    #[error("'{chip}' is there twice.")]
    ChipTwice { what: &'static str, chip: String },
    /// More phrases or topics than a persona may have.
    #[error("There are {} of {MAX_PERSONA_CHIPS} {what}s. Take out {}.", grouped(*count), grouped(count.saturating_sub(MAX_PERSONA_CHIPS)))]
    TooManyChips { what: &'static str, count: usize },
    /// More characters than the thing may have.
    #[error("Your {what} is {} of {} characters; take out {}.", grouped(*chars), grouped(*limit), grouped(chars.saturating_sub(*limit)))]
    TooLong {
        what: &'static str,
        chars: usize,
        limit: usize,
    },
    /// More bytes than Instagram takes once the disclosure line stands before it.
    #[error("{label}: with the line that says it is automated, this reply is {} of {} bytes; take out {}.", grouped(*bytes), grouped(MAX_CANNED_BYTES), grouped(bytes.saturating_sub(MAX_CANNED_BYTES)))]
    TooLongWithLine { label: String, bytes: usize },
    /// More hours than Concierge may keep quiet.
    #[error("Choose 0 to {MAX_QUIET_HOURS} hours (a week).")]
    QuietHours,
    /// An example without words.
    #[error("Type a message to try.")]
    ExampleMissing,
    /// More examples than an account may have.
    #[error("There are {MAX_EXAMPLES} examples already. Delete one that is no longer needed.")]
    TooManyExamples,
    /// More bytes than a disclosure line may have.
    #[error("Your line is {} of {MAX_DISCLOSURE_BYTES} bytes. It stands before replies; make it shorter.", grouped(*bytes))]
    DisclosureTooLong { bytes: usize },
    /// More bytes than the text may have that stands in for an answer of the AI.
    #[error("Your text is {} of {MAX_FALLBACK_BYTES} bytes, so that the line that says it is automated fits before it; take out {}.", grouped(*bytes), grouped(bytes.saturating_sub(MAX_FALLBACK_BYTES)))]
    FallbackTooLong { bytes: usize },
    /// A NUL character.
    #[error("Your {what} holds a character that cannot be stored (U+0000). Type the text anew.")]
    NotStorable { what: &'static str },
}

/// One field's error, ready to be shown beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{field}: {message}")]
pub struct FieldError {
    /// The field's name in forms and in the API.
    pub field: String,
    /// The sentence a person reads.
    pub message: String,
}

impl FieldError {
    /// The sentence of `error`, at `field`.
    #[must_use]
    pub fn new(field: &str, error: &LimitError) -> Self {
        Self {
            field: field.to_owned(),
            message: error.to_string(),
        }
    }
}

fn canned_too_long(bytes: usize, last: usize) -> String {
    let over = bytes.saturating_sub(MAX_CANNED_BYTES);
    let taken_out = match last {
        1 => "the last character".to_owned(),
        last => format!("the last {} characters", grouped(last)),
    };
    format!(
        "Your reply is {} of {} bytes, {} too many. Instagram would refuse it; take out {taken_out}.",
        grouped(bytes),
        grouped(MAX_CANNED_BYTES),
        grouped(over),
    )
}

/// 1040 → "1,040".
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
