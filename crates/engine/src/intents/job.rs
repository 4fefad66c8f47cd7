//! The job that computes vectors when rules are saved, so that no customer waits for them.

use domain::ids::{AccountId, TenantId};
use domain::reply_config::Part;
use domain::rules::Matcher;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::encoder::NotScored;
use super::{Intents, rules};
use crate::jobs::Job;
use crate::jobs::queue::enqueue;
use crate::rules::load_reply_config;
use crate::storage::{Connection, StorageError};

/// Computes what is missing of the vectors of an account's rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmbedIntents {
    /// The account's tenant.
    pub tenant: TenantId,
    /// Whose rules.
    pub account: AccountId,
    /// The revision of its reply config, part of the key only: the job looks at what is there when it runs.
    #[serde(skip)]
    pub revision: i64,
}

/// Enqueues the job for a change that brought a rule with an intent, in the transaction of that change.
pub(crate) async fn embed_changed<C: Connection>(
    tx: &C,
    job: EmbedIntents,
    new: &Part,
    now: Timestamp,
) -> Result<(), StorageError> {
    let mut changed = new.rules.values().flatten();
    if changed.any(|rule| matches!(rule.matcher, Matcher::Prompt(_))) {
        enqueue(tx, &[job], now).await?;
    }
    Ok(())
}

impl Job for EmbedIntents {
    /// A queue and workers of its own: it must keep no reply waiting.
    const QUEUE: &'static str = "intents";
    type Context = Intents;

    /// `intents:{account}:{revision}`.
    fn key(&self) -> String {
        format!("intents:{}:{}", self.account.as_uuid().simple(), self.revision)
    }

    async fn run(&self, intents: &Intents) {
        match intents.embed_rules(self.tenant, self.account).await {
            Ok(()) => {}
            Err(NotScored::Off) => tracing::debug!("no intent model: vectors of rules are computed when there is one"),
            Err(NotScored::Unavailable) => {
                tracing::warn!("the provider gave no embeddings: vectors of rules are computed with the next message");
            }
            Err(NotScored::Storage(error)) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "vectors of rules are not stored: the next message computes them");
            }
        }
    }
}

impl Intents {
    async fn embed_rules(&self, tenant: TenantId, account: AccountId) -> Result<(), NotScored> {
        let Some(scorer) = &self.0 else {
            return Ok(());
        };
        let Some(config) = load_reply_config(scorer.database.reader(), account).await? else {
            return Ok(());
        };
        let rules = rules::intents_of(&config);
        if rules.is_empty() {
            return Ok(());
        }
        let background = scorer
            .encoder
            .background(&scorer.database, tenant, scorer.clock.now())
            .await?;
        scorer.prepare(tenant, account, &rules, &background).await?;
        Ok(())
    }
}
