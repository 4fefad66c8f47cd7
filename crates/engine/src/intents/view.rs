//! What is known about the Prompt rules of an account, for their page.

use domain::decide::IntentModel;
use domain::ids::{AccountId, TenantId};
use domain::rules::{Matcher, ReplyConfig, Threshold};
use domain::views::{IntentsView, ShadowingIntents, SuggestedThreshold};

use super::{IntentAdvice, Intents, IntentsState, VectorsState};
use crate::storage::StorageError;

impl Intents {
    /// Whether Prompt rules can match at all.
    pub async fn model(&self) -> IntentModel {
        match self.state().await {
            IntentsState::Off => IntentModel::Off,
            IntentsState::ModelUnusable(_) => IntentModel::Missing,
            IntentsState::Embedded | IntentsState::Provider { .. } => IntentModel::Ready,
        }
    }

    /// Status and advice for each Prompt rule that is on.
    ///
    /// # Errors
    /// The database failed.
    pub async fn view(
        &self,
        tenant: TenantId,
        account: AccountId,
        config: &ReplyConfig,
    ) -> Result<IntentsView, StorageError> {
        let states = self.vectors_states(account, config).await?;
        let advice = self.advice(tenant, account, config).await?;
        let pending = states.into_iter().filter(|(_, state)| *state == VectorsState::Pending);
        Ok(IntentsView {
            computing: pending.map(|(rule, _)| rule).collect(),
            suggested: suggested(&advice, config),
            shadowing: shadowing(&advice, config),
        })
    }
}

/// Only what differs from the rule's own threshold by more than a page shows.
fn suggested(advice: &IntentAdvice, config: &ReplyConfig) -> Vec<SuggestedThreshold> {
    let rules = config.rules.iter().filter_map(|rule| match &rule.matcher {
        Matcher::Prompt(matcher) => Some((rule.id, matcher)),
        Matcher::Keywords(_) => None,
    });
    rules
        .filter_map(|(rule, matcher)| {
            let better = *advice.thresholds.get(&rule)?;
            let differs = (better - matcher.threshold.value()).abs() >= 0.005;
            differs.then(|| SuggestedThreshold {
                rule,
                threshold: Threshold::new((better * 100.0).round() / 100.0),
                examples: u32::try_from(matcher.examples.len()).unwrap_or(u32::MAX),
            })
        })
        .collect()
}

fn shadowing(advice: &IntentAdvice, config: &ReplyConfig) -> Vec<ShadowingIntents> {
    let pairs = advice.shadowing.iter().filter_map(|pair| {
        Some(ShadowingIntents {
            first: config.place_of(pair.first)?,
            second: config.place_of(pair.second)?,
        })
    });
    pairs.collect()
}
