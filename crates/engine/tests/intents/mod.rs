//! Intents: vectors of rules, scores of messages, and what happens when nobody can embed.

mod answering;
mod embedded;
mod embedder;
mod scoring;
mod storing;

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::decide::IntentScores;
use domain::ids::RuleId;
use domain::rules::{IntentMatcher, Matcher, ReplyConfig, Response, RuleDraft};
use engine::intents::{Intents, IntentsSettings, VectorsState};
use engine::rules::load_reply_config;
use engine::vault::Content;

use crate::world::World;
use embedder::WordEmbedder;

/// A rule that answers its own name.
fn intent(label: &str, description: &str, examples: &[&str]) -> RuleDraft {
    RuleDraft {
        label: label.into(),
        matcher: Matcher::Prompt(IntentMatcher {
            description: description.into(),
            examples: examples.iter().map(|&example| example.to_owned()).collect(),
            ..IntentMatcher::default()
        }),
        response: Response::Canned(format!("About {label}.")),
        enabled: true,
        leave_to_person: false,
    }
}

fn booking() -> RuleDraft {
    intent(
        "Booking",
        "wants to book a table",
        &["a table for two tonight", "can we reserve a table"],
    )
}

fn prices() -> RuleDraft {
    intent(
        "Prices",
        "asks what something costs",
        &["how much is the red one", "what does it cost"],
    )
}

impl World {
    async fn config(&self) -> ReplyConfig {
        load_reply_config(self.database.reader(), self.account)
            .await
            .unwrap()
            .unwrap()
    }

    async fn id_of_rule(&self, label: &str) -> RuleId {
        let config = self.config().await;
        config.rules.iter().find(|rule| rule.label == label).unwrap().id
    }

    /// Another service on the same database, as after a restart.
    fn intents_by(&self, embedder: &Arc<WordEmbedder>) -> Intents {
        let settings = IntentsSettings::Provider(embedder.clone());
        Intents::new(&self.database, &self.shared_clock(), settings)
    }

    async fn scores_by(&self, intents: &Intents, text: &str) -> IntentScores {
        let (message, config) = (Content::new(text.into()), self.config().await);
        let scores = intents.scores(self.tenant, self.account, &config, &message).await;
        scores.unwrap()
    }

    async fn states_by(&self, intents: &Intents) -> BTreeMap<RuleId, VectorsState> {
        intents
            .vectors_states(self.account, &self.config().await)
            .await
            .unwrap()
    }
}
