//! Embeddings of a provider: the same recipe, with a background that is embedded once per model and stored.

use std::sync::Arc;

use ::intents::recipe::{BACKGROUND_PHRASES, Background, RECIPE_VERSION};
use domain::ids::TenantId;
use domain::time::Timestamp;
use tokio::sync::Mutex;

use super::encoder::NotScored;
use super::settings::Embedder;
use super::{store, vectors};
use crate::storage::Database;
use crate::storage::entity::intent_backgrounds;
use crate::vault::Content;

pub(super) struct ProviderEncoder {
    embedder: Arc<dyn Embedder>,
    /// Held while the background is being asked for: the others wait for it.
    background: Mutex<Option<Arc<Background>>>,
}

impl ProviderEncoder {
    pub(super) fn new(embedder: Arc<dyn Embedder>) -> Self {
        Self {
            embedder,
            background: Mutex::default(),
        }
    }

    pub(super) fn model(&self) -> &str {
        self.embedder.model()
    }

    /// What vectors of this model are stored under.
    pub(super) fn name(&self) -> String {
        format!("provider:{}", self.model())
    }

    pub(super) async fn embed(&self, tenant: TenantId, texts: &[Content]) -> Result<Vec<Vec<f32>>, NotScored> {
        let answer = self.embedder.embed(tenant, texts).await;
        let found = answer.map_err(|_| NotScored::Unavailable)?;
        let length = found.first().map_or(0, Vec::len);
        let alike = found.len() == texts.len() && found.iter().all(|vector| vector.len() == length);
        match alike && length > 0 && found.iter().flatten().all(|number| number.is_finite()) {
            true => Ok(found),
            false => Err(NotScored::Unavailable),
        }
    }

    pub(super) async fn background(
        &self,
        database: &Database,
        tenant: TenantId,
        now: Timestamp,
    ) -> Result<Arc<Background>, NotScored> {
        let mut known = self.background.lock().await;
        if let Some(background) = &*known {
            return Ok(background.clone());
        }
        let vectors = match self.stored(database).await? {
            Some(vectors) => vectors,
            None => self.ask(database, tenant, now).await?,
        };
        let background = Arc::new(Background::new(vectors));
        *known = Some(background.clone());
        Ok(background)
    }

    async fn stored(&self, database: &Database) -> Result<Option<Vec<Vec<f32>>>, NotScored> {
        let row = store::background(database.reader(), &self.name()).await?;
        let row = row.filter(|row| row.recipe_version == RECIPE_VERSION);
        Ok(row.and_then(|row| vectors::from_bytes(&row.vectors, BACKGROUND_PHRASES.len())))
    }

    async fn ask(&self, database: &Database, tenant: TenantId, now: Timestamp) -> Result<Vec<Vec<f32>>, NotScored> {
        let phrases: Vec<Content> = BACKGROUND_PHRASES
            .iter()
            .map(|&phrase| Content::new(phrase.into()))
            .collect();
        let found = self.embed(tenant, &phrases).await?;
        let row = intent_backgrounds::Model {
            encoder: self.name(),
            recipe_version: RECIPE_VERSION,
            vectors: vectors::to_bytes(&found),
            computed_at: now,
        };
        store::save_background(database.writer(), row).await?;
        Ok(found)
    }
}
