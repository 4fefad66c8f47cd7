//! Tries a provider with real calls: what a server claims to take and what it does are two things. For `concierge doctor`.

mod json;
mod long_prompt;
mod vectors;
mod words;

use super::{AiClient, AiError, Capabilities, ModelRole};

/// What a call is to prove.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Probe {
    /// A question is answered.
    Plain,
    /// An answer is held to a JSON schema.
    JsonSchema,
    /// An answer is JSON.
    JsonObject,
    /// The first words of a prompt that fills the context are still read.
    LongPrompt,
    /// Texts that mean the same have near vectors.
    Embeddings,
}

impl Probe {
    /// What it is about.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Plain => "an answer",
            Self::JsonSchema => "JSON by a schema",
            Self::JsonObject => "JSON by words",
            Self::LongPrompt => "a long prompt",
            Self::Embeddings => "vectors",
        }
    }
}

/// How a probe ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProbeResult {
    /// What was tried.
    pub probe: Probe,
    /// What was seen, or what is wrong and what to do about it. Nothing of the answer stands in it.
    pub outcome: Result<String, String>,
}

/// Tries the model of a role. After a first call that fails nothing else is tried.
pub async fn probe_model(client: &AiClient, role: ModelRole) -> Vec<ProbeResult> {
    let plain = words::probe(client, role).await;
    let mut results = vec![result(Probe::Plain, plain)];
    if results[0].outcome.is_err() {
        return results;
    }
    let (schema, object) = json::probe(client, role).await;
    results.push(result(Probe::JsonSchema, schema));
    results.push(result(Probe::JsonObject, object));
    results.push(result(Probe::LongPrompt, long_prompt::probe(client, role).await));
    results
}

/// Tries the embedding model; `None` when there is none.
pub async fn probe_embeddings(client: &AiClient) -> Option<ProbeResult> {
    client.settings().embedding_model.as_ref()?;
    Some(result(Probe::Embeddings, vectors::probe(client).await))
}

fn result(probe: Probe, outcome: Result<String, String>) -> ProbeResult {
    ProbeResult { probe, outcome }
}

/// An error as a sentence with a next step.
fn told(error: &AiError) -> String {
    format!("{error}. {}", error.next_step())
}

/// What a model was found to take, in words.
fn habits(known: Capabilities) -> String {
    use super::{AnswerLimit, Reasoning};
    let mut habits = Vec::new();
    match known.answer_limit {
        AnswerLimit::MaxCompletionTokens => {}
        AnswerLimit::MaxTokens => habits.push("takes max_tokens"),
        AnswerLimit::None => habits.push("takes no limit of the answer"),
    }
    if !known.temperature {
        habits.push("takes no temperature");
    }
    match known.reasoning {
        Reasoning::Unseen => {}
        Reasoning::EffortNone | Reasoning::EffortMinimal => habits.push("thinks first, and can be asked to think less"),
        Reasoning::Uncontrolled => habits.push("thinks first"),
    }
    habits.join(", ")
}
