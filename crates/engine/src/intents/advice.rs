//! What the editor tells about intents: two rules that take each other's messages, and a threshold that fits the examples.

use std::collections::BTreeMap;

use ::intents::recipe::{Background, Intent, Message, SHADOWING_SIMILARITY, confidence, similarity, suggest_threshold};
use domain::ids::{AccountId, RuleId, TenantId};
use domain::rules::ReplyConfig;

use super::encoder::NotScored;
use super::{Intents, Scorer, rules};
use crate::storage::StorageError;

/// What there is to say about the enabled Prompt rules of an account.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct IntentAdvice {
    /// Pairs that take each other's messages, in the order of the list.
    pub shadowing: Vec<Shadowing>,
    /// By rule, the threshold that lets its own examples in and keeps those of other rules out; only for rules with examples.
    pub thresholds: BTreeMap<RuleId, f64>,
}

/// Two rules that mean much the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shadowing {
    /// The one that stands higher.
    pub first: RuleId,
    /// The other one.
    pub second: RuleId,
    /// How much alike they are, 0 to 1.
    pub similarity: f64,
}

/// The vectors of a rule, and the rule made of them.
struct Known {
    id: RuleId,
    vectors: Vec<Vec<f32>>,
    intent: Intent,
}

impl Intents {
    /// Looks at rules whose vectors are stored; asks nobody to embed anything. Nothing without an encoder.
    ///
    /// # Errors
    /// The database failed.
    pub async fn advice(
        &self,
        tenant: TenantId,
        account: AccountId,
        config: &ReplyConfig,
    ) -> Result<IntentAdvice, StorageError> {
        let Some(scorer) = &self.0 else {
            return Ok(IntentAdvice::default());
        };
        match scorer.advice(tenant, account, config).await {
            Ok(advice) => Ok(advice),
            Err(NotScored::Storage(error)) => Err(error),
            Err(NotScored::Off | NotScored::Unavailable) => Ok(IntentAdvice::default()),
        }
    }
}

impl Scorer {
    async fn advice(
        &self,
        tenant: TenantId,
        account: AccountId,
        config: &ReplyConfig,
    ) -> Result<IntentAdvice, NotScored> {
        let rules = rules::intents_of(config);
        let mut vectors = self.fresh_vectors(account, &rules).await?;
        if vectors.is_empty() {
            return Ok(IntentAdvice::default());
        }
        let background = self
            .encoder
            .background(&self.database, tenant, self.clock.now())
            .await?;
        let known: Vec<Known> = rules
            .iter()
            .filter_map(|rule| {
                let vectors = vectors.remove(&rule.id)?;
                let intent = Intent::new(&background, &vectors);
                Some(Known {
                    id: rule.id,
                    vectors,
                    intent,
                })
            })
            .collect();
        let thresholds = known
            .iter()
            .filter_map(|rule| Some((rule.id, self.threshold(&background, rule, &known)?)));
        Ok(IntentAdvice {
            shadowing: shadowing(&known),
            thresholds: thresholds.collect(),
        })
    }

    /// An example is compared with its rule as if it were not one of its examples.
    fn threshold(&self, background: &Background, rule: &Known, all: &[Known]) -> Option<f64> {
        let calibration = self.encoder.calibration();
        let score =
            |vector: &[f32], intent: &Intent| confidence(&Message::new(background, vector), intent, &calibration);
        let own: Vec<f64> = (1..rule.vectors.len())
            .map(|left_out| {
                let mut others = rule.vectors.clone();
                let example = others.remove(left_out);
                score(&example, &Intent::new(background, &others))
            })
            .collect();
        let others = all.iter().filter(|other| other.id != rule.id);
        let others: Vec<f64> = others
            .flat_map(|other| other.vectors.iter().skip(1))
            .map(|example| score(example, &rule.intent))
            .collect();
        suggest_threshold(&own, &others)
    }
}

fn shadowing(known: &[Known]) -> Vec<Shadowing> {
    let pairs = known
        .iter()
        .enumerate()
        .flat_map(|(at, first)| known[at + 1..].iter().map(move |second| (first, second)));
    pairs
        .map(|(first, second)| Shadowing {
            first: first.id,
            second: second.id,
            similarity: similarity(&first.intent, &second.intent),
        })
        .filter(|pair| pair.similarity > SHADOWING_SIMILARITY)
        .collect()
}
