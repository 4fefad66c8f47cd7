//! Rules that listen for an intent match nothing where this process has no model that reads them: pages tell it.

use domain::decide::IntentModel;
use domain::ids::TenantId;

use super::{Intents, store};
use crate::storage::{Connection, StorageError};

/// Rules that are passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PassedOver {
    /// How many, of those that are on.
    pub rules: u64,
    why: &'static str,
}

impl PassedOver {
    /// `1 rule that listens for an intent is passed over`
    #[must_use]
    pub fn what(&self) -> String {
        match self.rules {
            1 => "1 rule that listens for an intent is passed over".to_owned(),
            many => format!("{many} rules that listen for an intent are passed over"),
        }
    }

    /// Why, and what to do: goes on after [`Self::what`] and a colon.
    #[must_use]
    pub const fn why(&self) -> &'static str {
        self.why
    }
}

impl Intents {
    /// None where every intent is read, or there is none.
    pub(crate) async fn passed_over<C: Connection>(
        &self,
        connection: &C,
        tenant: TenantId,
    ) -> Result<Option<PassedOver>, StorageError> {
        let why = match self.model().await {
            IntentModel::Ready => return Ok(None),
            IntentModel::Missing => {
                "the intent model is missing on this server. Your operator finds in docs/ai.md how to get it."
            }
            IntentModel::Off => "intents are switched off on this server. Use keywords, or ask your operator.",
        };
        let rules = store::count_intent_rules(connection, tenant).await?;
        Ok((rules > 0).then_some(PassedOver { rules, why }))
    }
}
