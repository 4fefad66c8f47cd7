//! The limits of single texts. Each check returns the text as it will be stored.

use unicode_segmentation::UnicodeSegmentation;

use super::{
    LimitError, MAX_CANNED_BYTES, MAX_DESCRIPTION_CHARS, MAX_INTENT_EXAMPLE_CHARS, MAX_KEYWORD_CHARS, MAX_LABEL_CHARS,
    MAX_PERSONA_CHARS, MAX_PROMPT_CHARS, MAX_RULES,
};

/// A rule's label, trimmed.
///
/// # Errors
/// Missing, too long or not storable.
pub fn check_label(text: &str) -> Result<String, LimitError> {
    trimmed(text, "name", MAX_LABEL_CHARS, LimitError::LabelMissing)
}

/// One keyword, trimmed.
///
/// # Errors
/// Blank, too long or not storable.
pub fn check_keyword(text: &str) -> Result<String, LimitError> {
    trimmed(text, "keyword", MAX_KEYWORD_CHARS, LimitError::KeywordBlank)
}

/// The description of a Prompt matcher, trimmed.
///
/// # Errors
/// Missing, too long or not storable.
pub fn check_description(text: &str) -> Result<String, LimitError> {
    trimmed(
        text,
        "description",
        MAX_DESCRIPTION_CHARS,
        LimitError::DescriptionMissing,
    )
}

/// An example of an intent, trimmed.
///
/// # Errors
/// Blank, too long or not storable.
pub fn check_intent_example(text: &str) -> Result<String, LimitError> {
    trimmed(
        text,
        "example",
        MAX_INTENT_EXAMPLE_CHARS,
        LimitError::IntentExampleBlank,
    )
}

/// An AI prompt, trimmed.
///
/// # Errors
/// Missing, too long or not storable.
pub fn check_prompt(text: &str) -> Result<String, LimitError> {
    trimmed(text, "prompt", MAX_PROMPT_CHARS, LimitError::PromptMissing)
}

/// A persona, trimmed.
///
/// # Errors
/// Missing, too long or not storable.
pub fn check_persona(text: &str) -> Result<String, LimitError> {
    trimmed(text, "persona", MAX_PERSONA_CHARS, LimitError::PersonaMissing)
}

/// A canned text, verbatim.
///
/// # Errors
/// Blank, more bytes than Instagram takes, or not storable.
pub fn check_canned(text: &str) -> Result<String, LimitError> {
    if text.trim().is_empty() {
        return Err(LimitError::CannedMissing);
    }
    storable(text, "reply")?;
    if text.len() > MAX_CANNED_BYTES {
        return Err(LimitError::CannedTooLong {
            bytes: text.len(),
            last: characters_beyond(text, MAX_CANNED_BYTES),
        });
    }
    Ok(text.to_owned())
}

/// How many characters at the end of `text` do not fit into `limit` bytes. A character is what a reader takes for one: an accent, and all
/// that makes up one emoji, belong to it.
fn characters_beyond(text: &str, limit: usize) -> usize {
    let ends = text.grapheme_indices(true).map(|(start, part)| start + part.len());
    ends.filter(|end| *end > limit).count()
}

/// Whether an account may have `count` rules.
///
/// # Errors
/// More than [`MAX_RULES`].
pub fn check_rule_count(count: usize) -> Result<(), LimitError> {
    if count > MAX_RULES {
        Err(LimitError::TooManyRules { count })
    } else {
        Ok(())
    }
}

fn trimmed(text: &str, what: &'static str, limit: usize, missing: LimitError) -> Result<String, LimitError> {
    if text.trim().is_empty() {
        return Err(missing);
    }
    check_text(text, what, limit)
}

/// A text that may be empty, trimmed.
///
/// # Errors
/// Too long or not storable.
pub(crate) fn check_text(text: &str, what: &'static str, limit: usize) -> Result<String, LimitError> {
    let text = text.trim();
    storable(text, what)?;
    let chars = text.chars().count();
    if chars > limit {
        return Err(LimitError::TooLong { what, chars, limit });
    }
    Ok(text.to_owned())
}

/// PostgreSQL stores no NUL; better a sentence here than an error there.
fn storable(text: &str, what: &'static str) -> Result<(), LimitError> {
    if text.contains('\0') {
        Err(LimitError::NotStorable { what })
    } else {
        Ok(())
    }
}
