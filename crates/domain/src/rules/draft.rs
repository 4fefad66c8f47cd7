//! Checking what an admin typed, beside the field and before it is saved, with the same code in the browser and on the server.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{IntentMatcher, KeywordMatcher, Matcher, Response};
use crate::limits::{self, FieldError, LimitError};
use crate::matching::fold;

/// A rule as typed: not saved, not necessarily valid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleDraft {
    /// The admin's name for it.
    pub label: String,
    /// What it listens for.
    pub matcher: Matcher,
    /// What it answers.
    pub response: Response,
    /// Whether it takes part.
    pub enabled: bool,
    /// After its reply the conversation is left to a person.
    #[serde(default)]
    pub leave_to_person: bool,
}

impl RuleDraft {
    /// The draft with label, keywords, description and prompt trimmed (canned text stays verbatim).
    ///
    /// # Errors
    /// Everything that is wrong, at most one error per field, fields `label`, `keywords`, `description`, `examples`, `threshold`,
    /// `canned`, `prompt`.
    pub fn validate(&self) -> Result<Self, Vec<FieldError>> {
        let mut errors = Errors::default();
        let label = errors.checked("label", limits::check_label(&self.label));
        let matcher = match &self.matcher {
            Matcher::Keywords(matcher) => Matcher::Keywords(KeywordMatcher {
                keywords: errors.checked("keywords", check_keywords(&matcher.keywords)),
                mode: matcher.mode,
            }),
            Matcher::Prompt(matcher) => Matcher::Prompt(IntentMatcher {
                description: errors.checked("description", limits::check_description(&matcher.description)),
                examples: errors.checked("examples", check_intent_examples(&matcher.examples)),
                threshold: errors.checked(
                    "threshold",
                    if matcher.threshold.is_valid() {
                        Ok(matcher.threshold)
                    } else {
                        Err(LimitError::ThresholdRange)
                    },
                ),
            }),
        };
        let response = errors.response(&self.response);
        errors.or(Self {
            label,
            matcher,
            response,
            enabled: self.enabled,
            leave_to_person: self.leave_to_person,
        })
    }
}

/// The default reply, its prompt trimmed (canned text stays verbatim).
///
/// # Errors
/// What is wrong, under `canned` or `prompt`.
pub fn validate_default_reply(response: &Response) -> Result<Response, Vec<FieldError>> {
    let mut errors = Errors::default();
    let response = errors.response(response);
    errors.or(response)
}

/// The keywords of a rule, trimmed.
///
/// # Errors
/// None, too many, one that breaks a limit, or one that is there twice.
pub fn check_keywords(keywords: &[String]) -> Result<Vec<String>, LimitError> {
    if keywords.is_empty() {
        return Err(LimitError::KeywordsMissing);
    }
    let mut seen = BTreeSet::new();
    let mut checked = Vec::with_capacity(keywords.len());
    for keyword in keywords {
        let keyword = limits::check_keyword(keyword)?;
        let folded = fold(&keyword);
        if folded.is_empty() {
            return Err(LimitError::KeywordBlank);
        }
        if !seen.insert(folded) {
            return Err(LimitError::KeywordTwice { keyword });
        }
        checked.push(keyword);
    }
    if checked.len() > limits::MAX_KEYWORDS {
        return Err(LimitError::TooManyKeywords { count: checked.len() });
    }
    Ok(checked)
}

fn check_intent_examples(examples: &[String]) -> Result<Vec<String>, LimitError> {
    let mut seen = BTreeSet::new();
    let mut checked = Vec::with_capacity(examples.len());
    for example in examples {
        let example = limits::check_intent_example(example)?;
        if !seen.insert(fold(&example)) {
            return Err(LimitError::IntentExampleTwice { example });
        }
        checked.push(example);
    }
    if checked.len() > limits::MAX_INTENT_EXAMPLES {
        return Err(LimitError::TooManyIntentExamples { count: checked.len() });
    }
    Ok(checked)
}

/// Collects the errors while the normalised value is built.
#[derive(Default)]
struct Errors(Vec<FieldError>);

impl Errors {
    fn checked<T: Default>(&mut self, field: &str, result: Result<T, LimitError>) -> T {
        result.unwrap_or_else(|error| {
            self.0.push(FieldError::new(field, &error));
            T::default()
        })
    }

    fn response(&mut self, response: &Response) -> Response {
        match response {
            Response::Canned(text) => Response::Canned(self.checked("canned", limits::check_canned(text))),
            Response::AiPrompt(text) => Response::AiPrompt(self.checked("prompt", limits::check_prompt(text))),
        }
    }

    fn or<T>(self, value: T) -> Result<T, Vec<FieldError>> {
        if self.0.is_empty() { Ok(value) } else { Err(self.0) }
    }
}
