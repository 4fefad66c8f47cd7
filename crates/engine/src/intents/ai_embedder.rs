//! The AI provider's embedding model, on the tenant's budget.

use async_trait::async_trait;
use domain::ids::TenantId;

use super::settings::{EmbedFailed, Embedder};
use crate::ai::{AiClient, Budget, TokenUsage, check_budget, estimate_tokens, record_usage};
use crate::clock::SharedClock;
use crate::storage::{Database, StorageError};
use crate::vault::Content;

/// Embeds with `CONCIERGE_AI_EMBEDDING_MODEL`.
#[derive(Debug, Clone)]
pub struct AiEmbedder {
    client: AiClient,
    model: String,
    database: Database,
    clock: SharedClock,
}

impl AiEmbedder {
    /// `None` when the provider has no embedding model.
    #[must_use]
    pub fn new(client: AiClient, database: Database, clock: SharedClock) -> Option<Self> {
        let model = client.settings().embedding_model.clone()?;
        Some(Self {
            client,
            model,
            database,
            clock,
        })
    }

    async fn is_open(&self, tenant: TenantId) -> Result<bool, StorageError> {
        let limit = self.client.settings().tokens_per_tenant_day;
        let budget = check_budget(self.database.reader(), tenant, limit, self.clock.now()).await?;
        Ok(budget == Budget::Open)
    }

    /// Providers do not say what embeddings cost in one way; the estimate errs upwards.
    async fn charge(&self, tenant: TenantId, texts: &[&str]) -> Result<(), StorageError> {
        let usage = TokenUsage {
            prompt: texts.iter().map(|text| estimate_tokens(text)).sum(),
            completion: 0,
        };
        record_usage(self.database.writer(), tenant, usage, self.clock.now()).await
    }
}

#[async_trait]
impl Embedder for AiEmbedder {
    fn model(&self) -> &str {
        &self.model
    }

    async fn embed(&self, tenant: TenantId, texts: &[Content]) -> Result<Vec<Vec<f32>>, EmbedFailed> {
        let failed = |error: &(dyn std::error::Error + 'static)| {
            tracing::warn!(tenant.id = %tenant, error = error, "texts could not be embedded");
            EmbedFailed
        };
        if !self.is_open(tenant).await.map_err(|error| failed(&error))? {
            return Err(EmbedFailed);
        }
        let texts: Vec<&str> = texts.iter().map(Content::expose).collect();
        let vectors = self.client.embed(&texts).await.map_err(|error| failed(&error))?;
        self.charge(tenant, &texts).await.map_err(|error| failed(&error))?;
        Ok(vectors)
    }
}
