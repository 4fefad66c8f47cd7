//! The encoder in this process: loaded when it is first needed, once, on a thread that may block.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ::intents::recipe::{BACKGROUND_PHRASES, Background};
use ::intents::{Embedding, Encoder};
use domain::time::Timestamp;
use tokio::sync::Mutex;

use super::model::{self, IntentsState, ModelProblem};
use crate::clock::SharedClock;
use crate::vault::Content;

/// A file that was not there is looked for again after this.
const AGAIN_AFTER: Duration = Duration::from_secs(30);

/// The encoder, or why there is none.
pub(super) struct EmbeddedEncoder {
    path: PathBuf,
    clock: SharedClock,
    /// Held while the model is being loaded: the others wait for it.
    slot: Mutex<Slot>,
}

enum Slot {
    Empty,
    Loaded(Arc<Loaded>),
    Failed { problem: ModelProblem, at: Timestamp },
}

struct Loaded {
    encoder: Encoder,
    background: Arc<Background>,
}

impl EmbeddedEncoder {
    pub(super) fn new(path: PathBuf, clock: SharedClock) -> Self {
        Self {
            path,
            clock,
            slot: Mutex::new(Slot::Empty),
        }
    }

    pub(super) async fn background(&self) -> Result<Arc<Background>, ModelProblem> {
        Ok(self.loaded().await?.background.clone())
    }

    pub(super) async fn embed(&self, texts: Vec<Content>) -> Result<Vec<Embedding>, ModelProblem> {
        let loaded = self.loaded().await?;
        let embedding =
            tokio::task::spawn_blocking(move || texts.iter().map(|text| loaded.encoder.embed(text.expose())).collect());
        embedding.await.map_err(|_| ModelProblem::Unreadable(self.path.clone()))
    }

    pub(super) async fn state(&self) -> IntentsState {
        match &*self.slot.lock().await {
            Slot::Loaded(_) => IntentsState::Embedded,
            Slot::Failed { problem, at } if self.clock.now() < *at + AGAIN_AFTER => {
                IntentsState::ModelUnusable(problem.clone())
            }
            _ => match tokio::fs::try_exists(&self.path).await {
                Ok(true) => IntentsState::Embedded,
                Ok(false) => IntentsState::ModelUnusable(ModelProblem::Missing(self.path.clone())),
                Err(_) => IntentsState::ModelUnusable(ModelProblem::Unreadable(self.path.clone())),
            },
        }
    }

    async fn loaded(&self) -> Result<Arc<Loaded>, ModelProblem> {
        let mut slot = self.slot.lock().await;
        match &*slot {
            Slot::Loaded(loaded) => return Ok(loaded.clone()),
            Slot::Failed { problem, at } if self.clock.now() < *at + AGAIN_AFTER => return Err(problem.clone()),
            _ => {}
        }
        match load(self.path.clone()).await {
            Ok(loaded) => {
                tracing::info!("the intent model is loaded");
                let loaded = Arc::new(loaded);
                *slot = Slot::Loaded(loaded.clone());
                Ok(loaded)
            }
            Err(problem) => {
                tracing::warn!(%problem, "rules with intents are passed over");
                *slot = Slot::Failed {
                    problem: problem.clone(),
                    at: self.clock.now(),
                };
                Err(problem)
            }
        }
    }
}

async fn load(path: PathBuf) -> Result<Loaded, ModelProblem> {
    let unreadable = ModelProblem::Unreadable(path.clone());
    let encoder = model::load(path).await?;
    let preparing = tokio::task::spawn_blocking(move || {
        let vectors = BACKGROUND_PHRASES.iter().map(|phrase| encoder.embed(phrase).vector);
        let background = Arc::new(Background::new(vectors.collect()));
        Loaded { encoder, background }
    });
    preparing.await.map_err(|_| unreadable)
}
