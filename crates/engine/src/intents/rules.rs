//! The Prompt rules of a reply config, and which of them have vectors.

use std::collections::BTreeMap;

use ::intents::recipe::RECIPE_VERSION;
use domain::ids::{AccountId, RuleId};
use domain::rules::{IntentMatcher, Matcher, ReplyConfig};

use super::{Intents, Scorer, store, vectors};
use crate::storage::StorageError;
use crate::storage::entity::intent_vectors;

/// Whether a Prompt rule can be compared with messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VectorsState {
    /// Its vectors are stored.
    Ready,
    /// They are being computed, or will be with the next message.
    Pending,
}

/// A Prompt rule.
#[derive(Clone, Copy)]
pub(super) struct IntentRule<'a> {
    pub(super) id: RuleId,
    pub(super) matcher: &'a IntentMatcher,
}

/// Those that are switched on: the others score nothing.
pub(super) fn intents_of(config: &ReplyConfig) -> Vec<IntentRule<'_>> {
    let enabled = config.rules.iter().filter(|rule| rule.enabled);
    enabled
        .filter_map(|rule| match &rule.matcher {
            Matcher::Prompt(matcher) => Some(IntentRule { id: rule.id, matcher }),
            Matcher::Keywords(_) => None,
        })
        .collect()
}

impl Intents {
    /// Of each enabled Prompt rule, whether it has vectors; none when intents are off.
    ///
    /// # Errors
    /// The database failed.
    pub async fn vectors_states(
        &self,
        account: AccountId,
        config: &ReplyConfig,
    ) -> Result<BTreeMap<RuleId, VectorsState>, StorageError> {
        let Some(scorer) = &self.0 else {
            return Ok(BTreeMap::new());
        };
        let rules = intents_of(config);
        let stored = scorer.fresh_vectors(account, &rules).await?;
        let state = |rule: &IntentRule<'_>| match stored.contains_key(&rule.id) {
            true => (rule.id, VectorsState::Ready),
            false => (rule.id, VectorsState::Pending),
        };
        Ok(rules.iter().map(state).collect())
    }
}

impl Scorer {
    /// The stored vectors of these rules that belong to their present texts and to this recipe.
    pub(super) async fn fresh_vectors(
        &self,
        account: AccountId,
        rules: &[IntentRule<'_>],
    ) -> Result<BTreeMap<RuleId, Vec<Vec<f32>>>, StorageError> {
        if rules.is_empty() {
            return Ok(BTreeMap::new());
        }
        let stored = store::vectors_of(self.database.reader(), account, &self.encoder.name()).await?;
        let stored: BTreeMap<RuleId, _> = stored.into_iter().map(|row| (row.rule_id, row)).collect();
        let fresh = rules
            .iter()
            .filter_map(|rule| Some((rule.id, if_fresh(rule, stored.get(&rule.id)?)?)));
        Ok(fresh.collect())
    }
}

fn if_fresh(rule: &IntentRule<'_>, row: &intent_vectors::Model) -> Option<Vec<Vec<f32>>> {
    let fresh = row.recipe_version == RECIPE_VERSION && row.source_hash == vectors::source_hash(rule.matcher);
    let count = vectors::texts(rule.matcher).count();
    fresh.then(|| vectors::from_bytes(&row.vectors, count)).flatten()
}
