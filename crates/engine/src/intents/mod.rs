//! What a message means: how well it fits the Prompt rules of an account.
//!
//! A rule's vectors are computed by a job when it is saved ([`EmbedIntents`]) and stored with encoder, recipe version and a hash of their
//! texts (`intent_vectors`). What is missing or stale when a message comes is computed then: no lost job, new model or new recipe
//! costs more than that. The message is embedded once, only when a Prompt rule is reached, and never inside a transaction.
//!
//! [`IntentsSettings`] says who embeds: the encoder of `crates/intents`, which is loaded when it is first needed, a provider, or nobody.

mod advice;
mod ai_embedder;
mod embedded;
mod encoder;
mod job;
mod model;
mod passed_over;
mod prepared;
mod provider;
mod ready_made;
mod rules;
mod settings;
pub(crate) mod sql;
mod store;
mod vectors;
mod view;

use std::collections::BTreeMap;
use std::sync::Arc;

use ::intents::recipe::{Message, UNKNOWN_SHARE_LIMIT, confidence};
use domain::decide::IntentScores;
use domain::ids::{AccountId, RuleId, TenantId};
use domain::rules::ReplyConfig;

pub use ::intents::MODEL_FILE;
pub use advice::{IntentAdvice, Shadowing};
pub use ai_embedder::AiEmbedder;
use encoder::{IntentEncoder, NotScored};
pub use job::EmbedIntents;
pub(crate) use job::embed_changed;
pub use model::{IntentsState, ModelProblem, verify_model};
pub use passed_over::PassedOver;
use prepared::PreparedCache;
pub use ready_made::ready_made_intents;
pub use rules::VectorsState;
pub use settings::{EmbedFailed, Embedder, IntentsSettings};

use crate::clock::SharedClock;
use crate::storage::{Database, StorageError};
use crate::vault::Content;

/// Scores messages against the intents of accounts. Cheap to clone; without an encoder by default.
#[derive(Clone, Default)]
pub struct Intents(Option<Arc<Scorer>>);

struct Scorer {
    database: Database,
    clock: SharedClock,
    encoder: IntentEncoder,
    prepared: PreparedCache,
}

impl std::fmt::Debug for Intents {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let encoder = self.0.as_ref().map(|scorer| scorer.encoder.name());
        formatter.debug_tuple("Intents").field(&encoder).finish()
    }
}

impl Intents {
    /// Nothing is loaded yet.
    #[must_use]
    pub fn new(database: &Database, clock: &SharedClock, settings: IntentsSettings) -> Self {
        let encoder = IntentEncoder::new(settings, clock);
        Self(encoder.map(|encoder| {
            Arc::new(Scorer {
                database: database.clone(),
                clock: clock.clone(),
                encoder,
                prepared: PreparedCache::default(),
            })
        }))
    }

    /// How well `message` fits each enabled Prompt rule of `config`: [`IntentScores::Off`] without an encoder or its model,
    /// `Unavailable` when the provider does not answer. With a provider the words leave this process.
    ///
    /// # Errors
    /// The database failed.
    pub async fn scores(
        &self,
        tenant: TenantId,
        account: AccountId,
        config: &ReplyConfig,
        message: &Content,
    ) -> Result<IntentScores, StorageError> {
        let Some(scorer) = &self.0 else {
            return Ok(IntentScores::Off);
        };
        match scorer.scores(tenant, account, config, message).await {
            Ok(scores) => Ok(scores),
            Err(NotScored::Off) => Ok(IntentScores::Off),
            Err(NotScored::Unavailable) => Ok(IntentScores::Unavailable),
            Err(NotScored::Storage(error)) => Err(error),
        }
    }

    /// Whether intents work, and why not. Loads nothing; [`verify_model`] looks closer.
    pub async fn state(&self) -> IntentsState {
        match &self.0 {
            Some(scorer) => scorer.encoder.state().await,
            None => IntentsState::Off,
        }
    }

    /// Whether the encoder knows the script of a text: a rule that is described in another one matches nothing. True without an encoder,
    /// and for a provider, whose models nobody knows.
    pub async fn can_read(&self, text: &str) -> bool {
        match self.0.as_deref().map(|scorer| &scorer.encoder) {
            Some(IntentEncoder::Embedded(encoder)) => match encoder.embed(vec![Content::new(text.to_owned())]).await {
                Ok(found) => found
                    .iter()
                    .all(|embedding| embedding.unknown_share <= UNKNOWN_SHARE_LIMIT),
                Err(_) => true,
            },
            _ => true,
        }
    }
}

impl Scorer {
    async fn scores(
        &self,
        tenant: TenantId,
        account: AccountId,
        config: &ReplyConfig,
        message: &Content,
    ) -> Result<IntentScores, NotScored> {
        let rules = rules::intents_of(config);
        if rules.is_empty() {
            return Ok(IntentScores::Scores(BTreeMap::new()));
        }
        let background = self
            .encoder
            .background(&self.database, tenant, self.clock.now())
            .await?;
        let prepared = self.prepare(tenant, account, &rules, &background).await?;
        let embedded = self.encoder.embed(tenant, vec![message.clone()]).await?;
        let embedding = embedded.first().ok_or(NotScored::Unavailable)?;
        if embedding.unknown_share > UNKNOWN_SHARE_LIMIT {
            return Ok(IntentScores::ScriptUnknown);
        }
        let message = Message::new(&background, &embedding.vector);
        let calibration = self.encoder.calibration();
        let score = |(rule, intent): (&RuleId, _)| (*rule, confidence(&message, intent, &calibration));
        Ok(IntentScores::Scores(prepared.iter().map(score).collect()))
    }
}
