//! Who embeds texts.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use domain::ids::TenantId;

use crate::vault::Content;

/// Who embeds messages and rules.
#[derive(Debug, Clone, Default)]
pub enum IntentsSettings {
    /// Nobody: Prompt rules are passed over.
    #[default]
    Off,
    /// This process, with the model file at this path.
    Embedded {
        /// `use-multilingual-3.bin`.
        model: PathBuf,
    },
    /// The embedding model of the AI provider; nobody where AI is off.
    AiProvider,
    /// Another model that embeds.
    Provider(Arc<dyn Embedder>),
}

/// A model of a provider that turns texts into vectors.
#[async_trait]
pub trait Embedder: std::fmt::Debug + Send + Sync {
    /// Stored beside every vector: another model makes others.
    fn model(&self) -> &str;

    /// One vector for each text, in their order, all of one length. No text is blank. The call is on account of `tenant`.
    ///
    /// # Errors
    /// There is no answer now; asking again later may help.
    async fn embed(&self, tenant: TenantId, texts: &[Content]) -> Result<Vec<Vec<f32>>, EmbedFailed>;
}

/// The provider gave no vectors. Why is logged where it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the provider gave no embeddings")]
pub struct EmbedFailed;
