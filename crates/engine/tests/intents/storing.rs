//! Vectors are stored by rule and model, computed once for the texts they belong to, and by a job before a message asks.

use std::sync::Arc;

use domain::decide::IntentScores;
use domain::ids::RuleId;
use domain::rules::{IntentMatcher, Matcher};
use engine::intents::{IntentsSettings, VectorsState};
use engine::vault::Content;
use uuid::Uuid;

use super::embedder::{Answer, WordEmbedder};
use super::{booking, prices};
use crate::support::eventually;
use crate::world::{World, draft, tell, tell_with};

/// The background and a rule of three texts.
const BACKGROUND: usize = ::intents::recipe::BACKGROUND_PHRASES.len();
const RULE: usize = 3;
const MESSAGE: usize = 1;

#[tokio::test]
async fn a_saved_rule_is_embedded_before_a_message_comes() {
    let embedder = WordEmbedder::new("words");
    let settings = IntentsSettings::Provider(embedder.clone());
    tell_with(
        move |setup| setup.intents = settings.clone(),
        async |world| {
            let servers = world.start_workers();
            let intents = world.engine.intents();
            world.add_rule(&booking()).await;
            let rule = world.id_of_rule("Booking").await;
            eventually("the rule has vectors", async || {
                let states = world.states_by(intents).await;
                (states.get(&rule) == Some(&VectorsState::Ready)).then_some(())
            })
            .await;
            servers.stop().await;
            embedder.asked_for();
            assert!(matches!(
                world.scores_by(intents, "a table").await,
                IntentScores::Scores(_)
            ));
            assert_eq!(embedder.asked_for(), MESSAGE);
        },
    )
    .await;
}

#[tokio::test]
async fn only_rules_with_intents_make_a_job() {
    tell(async |world| {
        let jobs = async || {
            let table = if world.database.is_postgres() {
                "apalis.jobs"
            } else {
                "Jobs"
            };
            world
                .database
                .count(&format!("{table} WHERE job_type = 'intents'"))
                .await
        };
        world.add_rule(&draft("Hi")).await;
        assert_eq!(jobs().await, 0);
        world.add_rule(&booking()).await;
        assert_eq!(jobs().await, 1);
        let rule = world.id_of_rule("Booking").await;
        world.rules().edit(rule, 1, &prices(), world.actor()).await.unwrap();
        assert_eq!(jobs().await, 2);
    })
    .await;
}

#[tokio::test]
async fn vectors_are_computed_once_and_again_when_their_texts_change() {
    tell(async |world| {
        let embedder = WordEmbedder::new("words");
        let intents = world.intents_by(&embedder);
        world.add_rule(&booking()).await;
        let rule = world.id_of_rule("Booking").await;
        assert_eq!(world.states_by(&intents).await[&rule], VectorsState::Pending);
        world.scores_by(&intents, "a table").await;
        assert_eq!(embedder.asked_for(), BACKGROUND + RULE + MESSAGE);
        assert_eq!(world.states_by(&intents).await[&rule], VectorsState::Ready);
        world.scores_by(&intents, "a table").await;
        assert_eq!(embedder.asked_for(), MESSAGE);
        // After a restart everything is in the database.
        world.scores_by(&world.intents_by(&embedder), "a table").await;
        assert_eq!(embedder.asked_for(), MESSAGE);
        world.rules().edit(rule, 1, &prices(), world.actor()).await.unwrap();
        assert_eq!(world.states_by(&intents).await[&rule], VectorsState::Pending);
        let IntentScores::Scores(scores) = world.scores_by(&intents, "what does it cost").await else {
            panic!()
        };
        assert!(scores[&rule] > 0.9, "{scores:?}");
        assert_eq!(embedder.asked_for(), RULE + MESSAGE);
        assert_eq!(world.database.count("intent_vectors").await, 1);
    })
    .await;
}

#[tokio::test]
async fn vectors_of_another_recipe_or_model_are_not_used() {
    tell(async |world| {
        let embedder = WordEmbedder::new("words");
        world.add_rule(&booking()).await;
        world.scores_by(&world.intents_by(&embedder), "a table").await;
        for table in ["intent_vectors", "intent_backgrounds"] {
            world
                .database
                .execute(&format!("UPDATE {table} SET recipe_version = 0"), [])
                .await;
        }
        embedder.asked_for();
        let renewed = world.intents_by(&embedder);
        world.scores_by(&renewed, "a table").await;
        assert_eq!(embedder.asked_for(), BACKGROUND + RULE + MESSAGE);
        let other = WordEmbedder::new("other words");
        world.scores_by(&world.intents_by(&other), "a table").await;
        assert_eq!(other.asked_for(), BACKGROUND + RULE + MESSAGE);
        assert_eq!(world.database.count("intent_vectors").await, 2);
        assert_eq!(world.database.count("intent_backgrounds").await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_rule_that_is_only_tried_has_scores_and_no_row() {
    tell(async |world| {
        let intents = world.intents_by(&WordEmbedder::new("words"));
        world.add_rule(&booking()).await;
        let mut config = world.config().await;
        let tried = RuleId::from_uuid(Uuid::now_v7());
        config.rules[0].id = tried;
        let message = Content::new("a table for two tonight".into());
        let scores = intents
            .scores(world.tenant, world.account, &config, &message)
            .await
            .unwrap();
        assert!(scores.score(tried).unwrap() > 0.9);
        assert_eq!(world.database.count("intent_vectors").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_job_that_finds_no_provider_leaves_the_work_to_the_next_message() {
    let embedder = WordEmbedder::new("words");
    tell_without_answers(&embedder, async |world| {
        world.add_rule(&booking()).await;
        let rule = world.id_of_rule("Booking").await;
        let servers = world.start_workers();
        eventually("the job has asked", async || (embedder.asked_for() > 0).then_some(())).await;
        servers.stop().await;
        let intents = world.engine.intents();
        assert_eq!(world.states_by(intents).await[&rule], VectorsState::Pending);
        embedder.answers(Answer::Vectors);
        assert!(matches!(
            world.scores_by(intents, "a table").await,
            IntentScores::Scores(_)
        ));
        assert_eq!(world.states_by(intents).await[&rule], VectorsState::Ready);
        embedder.answers(Answer::Nothing);
    })
    .await;
}

async fn tell_without_answers(embedder: &Arc<WordEmbedder>, story: impl AsyncFn(&World)) {
    embedder.answers(Answer::Nothing);
    let settings = IntentsSettings::Provider(embedder.clone());
    tell_with(move |setup| setup.intents = settings.clone(), story).await;
}

#[tokio::test]
async fn ever_new_texts_are_never_mixed_up() {
    tell(async |world| {
        let intents = world.intents_by(&WordEmbedder::new("words"));
        world.add_rule(&booking()).await;
        let mut config = world.config().await;
        let rule = config.rules[0].id;
        for word in ["tables", "prices", "parcels", "tables"] {
            config.rules[0].matcher = Matcher::Prompt(IntentMatcher {
                description: word.into(),
                ..IntentMatcher::default()
            });
            let message = Content::new("parcels".into());
            let scores = intents
                .scores(world.tenant, world.account, &config, &message)
                .await
                .unwrap();
            assert_eq!(scores.score(rule).unwrap() > 0.9, word == "parcels", "{word}");
        }
    })
    .await;
}
