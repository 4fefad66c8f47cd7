//! What a model of this endpoint takes, learnt from its refusals and answers: asked in the newest way first, then one
//! step down for each parameter that is refused. Remembered as long as the process lives.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How the length of an answer is limited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AnswerLimit {
    /// `max_completion_tokens`: OpenAI's own, and the only one for its thinking models.
    #[default]
    MaxCompletionTokens,
    /// `max_tokens`: the older name, which most other servers go by.
    MaxTokens,
    /// Neither is taken.
    None,
}

/// How an answer is held to a form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FormatLevel {
    /// `json_schema`, strict.
    #[default]
    Schema,
    /// `json_object`: any JSON.
    Object,
    /// By words alone.
    Plain,
}

/// Whether a model thinks first, and how it is kept short.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reasoning {
    /// No thought was seen yet; no parameter is sent.
    #[default]
    Unseen,
    /// It thinks: `reasoning_effort` is `none`.
    EffortNone,
    /// It thinks and does not take `none`: `minimal`.
    EffortMinimal,
    /// It thinks and takes neither.
    Uncontrolled,
}

/// What one model takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// The name of the limit.
    pub answer_limit: AnswerLimit,
    /// A temperature may be sent.
    pub temperature: bool,
    /// The form of answers in JSON.
    pub format: FormatLevel,
    /// Whether it thinks.
    pub reasoning: Reasoning,
}

impl Default for Capabilities {
    fn default() -> Self {
        Self {
            answer_limit: AnswerLimit::default(),
            temperature: true,
            format: FormatLevel::default(),
            reasoning: Reasoning::default(),
        }
    }
}

/// A parameter that endpoints are known to refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Parameter {
    AnswerLimit(AnswerLimit),
    Temperature,
    ResponseFormat,
    ReasoningEffort,
}

impl Parameter {
    const NAMES: [(&str, Self); 8] = [
        (
            "max_completion_tokens",
            Self::AnswerLimit(AnswerLimit::MaxCompletionTokens),
        ),
        ("max_tokens", Self::AnswerLimit(AnswerLimit::MaxTokens)),
        ("temperature", Self::Temperature),
        ("response_format", Self::ResponseFormat),
        ("json_schema", Self::ResponseFormat),
        // llama.cpp turns a schema into a grammar, and tells of samplers where a model's vocabulary cannot follow it.
        ("grammar", Self::ResponseFormat),
        ("samplers", Self::ResponseFormat),
        ("reasoning_effort", Self::ReasoningEffort),
    ];

    /// The one that a sentence names first; the others may be what it recommends.
    pub(super) fn first_in(text: &str) -> Option<Self> {
        let found = Self::NAMES
            .iter()
            .filter_map(|(name, parameter)| Some((text.find(name)?, *parameter)));
        found.min_by_key(|(place, _)| *place).map(|(_, parameter)| parameter)
    }
}

impl Capabilities {
    /// One step down; `None` when the parameter was not sent.
    fn without(self, parameter: Parameter) -> Option<Self> {
        let mut less = self;
        match (parameter, self.answer_limit, self.format, self.reasoning) {
            (Parameter::AnswerLimit(refused), sent, ..) if refused == sent => {
                less.answer_limit = match sent {
                    AnswerLimit::MaxCompletionTokens => AnswerLimit::MaxTokens,
                    AnswerLimit::MaxTokens | AnswerLimit::None => AnswerLimit::None,
                };
            }
            (Parameter::Temperature, ..) => less.temperature = false,
            (Parameter::ResponseFormat, _, FormatLevel::Schema, _) => less.format = FormatLevel::Object,
            (Parameter::ResponseFormat, _, FormatLevel::Object, _) => less.format = FormatLevel::Plain,
            (Parameter::ReasoningEffort, _, _, Reasoning::EffortNone) => less.reasoning = Reasoning::EffortMinimal,
            (Parameter::ReasoningEffort, _, _, Reasoning::EffortMinimal) => less.reasoning = Reasoning::Uncontrolled,
            _ => {}
        }
        (less != self).then_some(less)
    }
}

/// The capabilities of the models of one endpoint, shared by the clones of a client.
#[derive(Clone, Debug, Default)]
pub(super) struct KnownModels(Arc<Mutex<HashMap<String, Capabilities>>>);

impl KnownModels {
    pub(super) fn get(&self, model: &str) -> Capabilities {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(model).copied().unwrap_or_default()
    }

    /// Learns from a refusal of a request that was made with `used`: `true` when the next request differs.
    pub(super) fn refused(&self, model: &str, used: Capabilities, parameter: Parameter) -> bool {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = known.entry(model.to_owned()).or_default();
        if let Some(less) = now.without(parameter) {
            *now = less;
        }
        *now != used
    }

    /// Learns from an answer.
    pub(super) fn learn(&self, model: &str, change: impl FnOnce(&mut Capabilities)) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        change(known.entry(model.to_owned()).or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::{AnswerLimit, Capabilities, FormatLevel, KnownModels, Parameter, Reasoning};

    #[test]
    fn a_sentence_names_the_refused_parameter_first() {
        let openai = "unsupported parameter: 'max_tokens' is not supported with this model. use 'max_completion_tokens' instead.";
        let limit = Parameter::AnswerLimit(AnswerLimit::MaxTokens);
        assert_eq!(Parameter::first_in(openai), Some(limit));
        assert_eq!(
            Parameter::first_in("body max_completion_tokens extra inputs are not permitted"),
            Some(Parameter::AnswerLimit(AnswerLimit::MaxCompletionTokens))
        );
        assert_eq!(Parameter::first_in("the model `tiny` does not exist"), None);
    }

    #[test]
    fn every_ladder_ends() {
        let models = KnownModels::default();
        models.learn("m", |known| known.reasoning = Reasoning::EffortNone);
        let refuse = |parameter| models.refused("m", models.get("m"), parameter);
        let mut steps = 0;
        let all = Parameter::NAMES.map(|(_, parameter)| parameter);
        while all.into_iter().any(refuse) {
            steps += 1;
            assert!(steps < 8, "{:?}", models.get("m"));
        }
        let least = Capabilities {
            answer_limit: AnswerLimit::None,
            temperature: false,
            format: FormatLevel::Plain,
            reasoning: Reasoning::Uncontrolled,
        };
        assert_eq!(models.get("m"), least);
        assert_eq!(steps, 7);
    }

    #[test]
    fn a_parameter_that_was_not_sent_changes_nothing() {
        let models = KnownModels::default();
        let unsent = Parameter::AnswerLimit(AnswerLimit::MaxTokens);
        assert!(!models.refused("m", models.get("m"), unsent));
        assert!(!models.refused("m", models.get("m"), Parameter::ReasoningEffort));
        let used = models.get("m");
        assert!(models.refused("m", used, Parameter::Temperature));
        assert!(
            models.refused("m", used, Parameter::Temperature),
            "another call learnt it meanwhile"
        );
        assert_eq!(models.get("other"), Capabilities::default());
    }
}
