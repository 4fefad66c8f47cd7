//! Rules ready for comparison: read from the database, completed where vectors are missing, and kept in memory.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use ::intents::recipe::{Background, Intent, RECIPE_VERSION};
use domain::ids::{AccountId, RuleId, TenantId};

use super::encoder::NotScored;
use super::rules::IntentRule;
use super::{Scorer, store, vectors};
use crate::storage::commit;
use crate::storage::entity::intent_vectors;
use crate::vault::Content;

/// Rules that are kept, of all accounts: 20 KB each. Beyond that the cache starts afresh.
const MOST_RULES: usize = 500;

pub(super) type PreparedRules = BTreeMap<RuleId, Intent>;

/// By account, with the texts that the rules were prepared from: an entry of others is not the one asked for.
#[derive(Default)]
pub(super) struct PreparedCache(Mutex<HashMap<AccountId, (u64, Arc<PreparedRules>)>>);

impl PreparedCache {
    fn get(&self, account: AccountId, texts: u64) -> Option<Arc<PreparedRules>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = kept.get(&account).filter(|(of, _)| *of == texts);
        entry.map(|(_, rules)| rules.clone())
    }

    fn keep(&self, account: AccountId, texts: u64, rules: Arc<PreparedRules>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count: usize = kept.values().map(|(_, rules)| rules.len()).sum();
        if count + rules.len() > MOST_RULES {
            kept.clear();
        }
        kept.insert(account, (texts, rules));
    }
}

fn texts_of(rules: &[IntentRule<'_>]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for rule in rules {
        rule.id.as_uuid().hash(&mut hasher);
        rule.matcher.description.hash(&mut hasher);
        rule.matcher.examples.hash(&mut hasher);
    }
    hasher.finish()
}

impl Scorer {
    /// All of `rules`; vectors that are missing or stale are computed and stored.
    pub(super) async fn prepare(
        &self,
        tenant: TenantId,
        account: AccountId,
        rules: &[IntentRule<'_>],
        background: &Background,
    ) -> Result<Arc<PreparedRules>, NotScored> {
        let texts = texts_of(rules);
        if let Some(prepared) = self.prepared.get(account, texts) {
            return Ok(prepared);
        }
        let mut found = self.fresh_vectors(account, rules).await?;
        let missing: Vec<IntentRule<'_>> = rules
            .iter()
            .copied()
            .filter(|rule| !found.contains_key(&rule.id))
            .collect();
        found.extend(self.compute(tenant, account, &missing).await?);
        let prepare = |(rule, vectors): (RuleId, Vec<Vec<f32>>)| (rule, Intent::new(background, &vectors));
        let prepared = Arc::new(found.into_iter().map(prepare).collect::<PreparedRules>());
        self.prepared.keep(account, texts, prepared.clone());
        Ok(prepared)
    }

    async fn compute(
        &self,
        tenant: TenantId,
        account: AccountId,
        rules: &[IntentRule<'_>],
    ) -> Result<Vec<(RuleId, Vec<Vec<f32>>)>, NotScored> {
        if rules.is_empty() {
            return Ok(Vec::new());
        }
        let texts = rules.iter().flat_map(|rule| vectors::texts(rule.matcher));
        let texts: Vec<Content> = texts.map(|text| Content::new(text.to_owned())).collect();
        let embedded = self.encoder.embed(tenant, texts).await?;
        let mut embedded = embedded.into_iter().map(|embedding| embedding.vector);
        let computed: Vec<_> = rules
            .iter()
            .map(|rule| {
                let count = vectors::texts(rule.matcher).count();
                (rule.id, embedded.by_ref().take(count).collect::<Vec<_>>())
            })
            .collect();
        let now = self.clock.now();
        let tx = self.database.begin().await?;
        for (rule, (id, vectors)) in rules.iter().zip(&computed) {
            let row = intent_vectors::Model {
                rule_id: *id,
                encoder: self.encoder.name(),
                tenant_id: tenant,
                account_id: account,
                recipe_version: RECIPE_VERSION,
                source_hash: vectors::source_hash(rule.matcher),
                vectors: vectors::to_bytes(vectors),
                computed_at: now,
            };
            store::save_vectors(&tx, row).await?;
        }
        commit(tx).await?;
        Ok(computed)
    }
}
