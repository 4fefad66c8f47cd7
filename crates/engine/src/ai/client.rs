//! Asks the provider.

use std::sync::Arc;

use super::{AiError, AiSettings, AiSetupError, Completion, CompletionRequest};

/// A client of one provider. Cheap to clone; clones share the limit of calls at a time.
#[derive(Clone, Debug)]
pub struct AiClient {
    settings: Arc<AiSettings>,
}

impl AiClient {
    /// A client of the configured provider. Nothing is sent yet.
    ///
    /// # Errors
    /// See [`AiSetupError`].
    pub fn new(settings: AiSettings) -> Result<Self, AiSetupError> {
        Ok(Self {
            settings: Arc::new(settings),
        })
    }

    /// Which provider is asked.
    #[must_use]
    pub fn settings(&self) -> &AiSettings {
        &self.settings
    }

    /// Asks the model of the request's role, once.
    ///
    /// # Errors
    /// See [`AiError`].
    pub async fn complete(&self, _request: &CompletionRequest<'_>) -> Result<Completion, AiError> {
        Err(AiError::Unreachable)
    }

    /// The vectors of `texts` in their order, each of length one; none of the texts is blank.
    ///
    /// # Errors
    /// See [`AiError`].
    pub async fn embed(&self, texts: &[&str]) -> Result<Vec<Vec<f32>>, AiError> {
        if texts.is_empty() {
            return Ok(Vec::new());
        }
        Err(AiError::Unreachable)
    }
}
