//! One face for both encoders, and why there is no score.

use std::sync::Arc;

use ::intents::recipe::{Background, Calibration};
use ::intents::{ENCODER_NAME, Embedding};
use domain::ids::TenantId;
use domain::time::Timestamp;

use super::embedded::EmbeddedEncoder;
use super::model::{IntentsState, ModelProblem};
use super::provider::ProviderEncoder;
use super::settings::IntentsSettings;
use crate::clock::SharedClock;
use crate::storage::{Database, StorageError};
use crate::vault::Content;

pub(super) enum IntentEncoder {
    Embedded(EmbeddedEncoder),
    Provider(ProviderEncoder),
}

/// Why there is no score.
#[derive(Debug)]
pub(super) enum NotScored {
    /// The model file is missing or unusable.
    Off,
    /// The provider does not answer.
    Unavailable,
    /// The database failed.
    Storage(StorageError),
}

impl From<StorageError> for NotScored {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

impl From<ModelProblem> for NotScored {
    fn from(_: ModelProblem) -> Self {
        Self::Off
    }
}

impl IntentEncoder {
    pub(super) fn new(settings: IntentsSettings, clock: &SharedClock) -> Option<Self> {
        match settings {
            // The engine puts the provider's model in its place.
            IntentsSettings::Off | IntentsSettings::AiProvider => None,
            IntentsSettings::Embedded { model } => Some(Self::Embedded(EmbeddedEncoder::new(model, clock.clone()))),
            IntentsSettings::Provider(embedder) => Some(Self::Provider(ProviderEncoder::new(embedder))),
        }
    }

    /// What vectors are stored under.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Embedded(_) => ENCODER_NAME.to_owned(),
            Self::Provider(provider) => provider.name(),
        }
    }

    pub(super) fn calibration(&self) -> Calibration {
        match self {
            Self::Embedded(_) => Calibration::EMBEDDED,
            Self::Provider(_) => Calibration::default_for_provider(),
        }
    }

    pub(super) async fn state(&self) -> IntentsState {
        match self {
            Self::Embedded(encoder) => encoder.state().await,
            Self::Provider(provider) => IntentsState::Provider {
                model: provider.model().to_owned(),
            },
        }
    }

    pub(super) async fn background(
        &self,
        database: &Database,
        tenant: TenantId,
        now: Timestamp,
    ) -> Result<Arc<Background>, NotScored> {
        match self {
            Self::Embedded(encoder) => Ok(encoder.background().await?),
            Self::Provider(provider) => provider.background(database, tenant, now).await,
        }
    }

    pub(super) async fn embed(&self, tenant: TenantId, texts: Vec<Content>) -> Result<Vec<Embedding>, NotScored> {
        match self {
            Self::Embedded(encoder) => Ok(encoder.embed(texts).await?),
            Self::Provider(provider) => {
                let vectors = provider.embed(tenant, &texts).await?;
                let known = |vector| Embedding {
                    vector,
                    unknown_share: 0.0,
                };
                Ok(vectors.into_iter().map(known).collect())
            }
        }
    }
}
