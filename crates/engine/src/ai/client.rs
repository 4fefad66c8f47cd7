//! Asks the provider.

use std::sync::Arc;
use std::time::Duration;

use async_openai::Client;
use async_openai::error::OpenAIError;
use serde_json::Value;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tracing::Span;

use super::capabilities::{Capabilities, FormatLevel, KnownModels};
use super::endpoint::Endpoint;
use super::refusal::Refusal;
use super::{AiError, AiSettings, AiSetupError, Completion, CompletionRequest, ModelRole};
use super::{chat_answer, chat_request, embeddings, lessons, stack, turns};

/// A client of one provider. Cheap to clone; clones share the limit of calls at a time and what was learnt about models.
#[derive(Clone, Debug)]
pub struct AiClient {
    settings: Arc<AiSettings>,
    openai: Client<Endpoint>,
    models: KnownModels,
    turns: Arc<Semaphore>,
}

/// The right to call the provider, one of [`AiSettings::concurrency`].
#[derive(Debug)]
pub struct Turn {
    _permit: OwnedSemaphorePermit,
}

impl AiClient {
    /// A client of the configured provider. Nothing is sent yet.
    ///
    /// # Errors
    /// See [`AiSetupError`].
    pub fn new(settings: AiSettings) -> Result<Self, AiSetupError> {
        let http = stack::http_client(&settings)?;
        let service = stack::service(http.clone());
        let openai = Client::build(http, Endpoint::new(&settings)?).with_http_service(service);
        Ok(Self {
            turns: Arc::new(Semaphore::new(settings.concurrency.get())),
            settings: Arc::new(settings),
            openai,
            models: KnownModels::default(),
        })
    }

    /// Which provider is asked.
    #[must_use]
    pub fn settings(&self) -> &AiSettings {
        &self.settings
    }

    /// What is known about a model so far.
    #[must_use]
    pub fn capabilities(&self, model: &str) -> Capabilities {
        self.models.get(model)
    }

    /// Asks for JSON in this way from now on.
    pub(super) fn set_format(&self, role: ModelRole, level: FormatLevel) {
        self.models
            .learn(self.settings.model(role), |known| known.format = level);
    }

    /// Waits for a turn, no longer than this; `None` when there was none.
    pub async fn turn(&self, longest: Duration) -> Option<Turn> {
        let turn = self.turns.clone().acquire_owned();
        let turn = tokio::time::timeout(longest, turn).await.ok()?;
        turn.ok().map(|permit| Turn { _permit: permit })
    }

    async fn turn_in_time(&self) -> Result<Turn, AiError> {
        self.turn(self.settings.timeout).await.ok_or(AiError::Timeout)
    }

    /// Asks the model of the request's role when there is a turn. A parameter that it does not take is changed, and the request repeated.
    ///
    /// # Errors
    /// See [`AiError`].
    pub async fn complete(&self, request: &CompletionRequest<'_>) -> Result<Completion, AiError> {
        self.complete_in(self.turn_in_time().await?, request).await
    }

    /// As [`Self::complete`], for who waited for the turn.
    ///
    /// # Errors
    /// See [`AiError`].
    pub async fn complete_in(&self, _turn: Turn, request: &CompletionRequest<'_>) -> Result<Completion, AiError> {
        let model = self.settings.model(request.role);
        self.observe(request.role.label(), model, self.ask(model, request))
            .await
    }

    /// The vectors of `texts` in their order, each of length one. A blank text is not sent and has no numbers.
    ///
    /// # Errors
    /// See [`AiError`]; without an embedding model [`AiError::BadRequest`].
    pub async fn embed(&self, texts: &[&str]) -> Result<Vec<Vec<f32>>, AiError> {
        let model = self.settings.embedding_model.as_deref().ok_or(AiError::BadRequest)?;
        let is_sent = |text: &&str| !text.trim().is_empty();
        let sent: Vec<&str> = texts.iter().copied().filter(is_sent).collect();
        let mut vectors = Vec::with_capacity(sent.len());
        for batch in sent.chunks(embeddings::BATCH) {
            let _turn = self.turn_in_time().await?;
            vectors.extend(self.observe("embedding", model, self.embed_batch(model, batch)).await?);
        }
        let mut vectors = vectors.into_iter();
        let vector = |text: &&str| if is_sent(text) { vectors.next() } else { None };
        Ok(texts.iter().map(vector).map(Option::unwrap_or_default).collect())
    }

    async fn ask(&self, model: &str, request: &CompletionRequest<'_>) -> Result<Completion, AiError> {
        let fitted = turns::fit(request, self.settings.context_tokens)?;
        loop {
            let used = self.models.get(model);
            let body = chat_request::body(request, &fitted, &self.settings, used);
            let answer: Result<Value, OpenAIError> = self.openai.chat().create_byot(body).await;
            match answer.map_err(stack::refusal) {
                Ok(answer) => {
                    let answer = chat_answer::read(&answer, model, fitted.prompt_tokens);
                    lessons::learn(&self.models, model, request, &fitted, &answer);
                    return answer.completion;
                }
                Err(refusal) => self.learn_from(refusal, model, used, request.role.label())?,
            }
        }
    }

    /// `Ok` when another request, without what was refused, may do better.
    fn learn_from(&self, refusal: Refusal, model: &str, used: Capabilities, kind: &'static str) -> Result<(), AiError> {
        let learnt = refusal
            .parameter
            .is_some_and(|parameter| self.models.refused(model, used, parameter));
        if !learnt {
            return Err(refusal.error);
        }
        count(kind, "parameter_refused");
        Ok(())
    }

    async fn embed_batch(&self, model: &str, texts: &[&str]) -> Result<Vec<Vec<f32>>, AiError> {
        let body = embeddings::body(model, texts);
        let answer: Result<Value, OpenAIError> = self.openai.embeddings().create_byot(body).await;
        let answer = answer.map_err(|error| stack::refusal(error).error)?;
        embeddings::read(&answer, texts.len())
    }

    /// Limits the time of a call and tells its result.
    #[tracing::instrument(name = "ai.call", skip_all, fields(ai.kind = kind, ai.model = model, ai.result))]
    async fn observe<T>(
        &self,
        kind: &'static str,
        model: &str,
        call: impl Future<Output = Result<T, AiError>>,
    ) -> Result<T, AiError> {
        let result = tokio::time::timeout(self.settings.timeout, call).await;
        let result = result.unwrap_or(Err(AiError::Timeout));
        let label = result.as_ref().map_or_else(AiError::label, |_| "ok");
        Span::current().record("ai.result", label);
        count(kind, label);
        result
    }
}

fn count(kind: &'static str, result: &'static str) {
    metrics::counter!("concierge_ai_requests_total", "kind" => kind, "result" => result).increment(1);
}
