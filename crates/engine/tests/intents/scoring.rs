//! Scores: for each rule that is switched on, and only when somebody can embed.

use domain::decide::IntentScores;
use engine::intents::{Intents, IntentsState};

use super::embedder::{Answer, WordEmbedder};
use super::{booking, intent, prices};
use crate::world::{keyword_rule, tell};

#[tokio::test]
async fn intents_are_off_by_default() {
    tell(async |world| {
        world.add_rule(&booking()).await;
        assert_eq!(
            world.scores_by(world.engine.intents(), "a table").await,
            IntentScores::Off
        );
        assert_eq!(Intents::default().state().await, IntentsState::Off);
        assert!(world.states_by(&Intents::default()).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn every_rule_that_is_on_has_a_score_and_the_nearest_the_highest() {
    tell(async |world| {
        let embedder = WordEmbedder::new("words");
        let intents = world.intents_by(&embedder);
        for rule in [
            booking(),
            prices(),
            intent("Off", "wants a refund", &[]),
            keyword_rule("Hi", &["hi"], "Hello."),
        ] {
            world.add_rule(&rule).await;
        }
        let off = world.id_of_rule("Off").await;
        world.rules().set_enabled(off, false, world.actor()).await.unwrap();
        let (booking, prices) = (world.id_of_rule("Booking").await, world.id_of_rule("Prices").await);
        let scores = world.scores_by(&intents, "a table for two tonight").await;
        let IntentScores::Scores(found) = &scores else {
            panic!("{scores:?}")
        };
        assert_eq!(
            found.keys().copied().collect::<Vec<_>>(),
            [booking.min(prices), booking.max(prices)]
        );
        assert!(found[&booking] > 0.9 && found[&prices] < 0.5, "{found:?}");
        assert_eq!(intents.state().await, IntentsState::Provider { model: "words".into() });
    })
    .await;
}

#[tokio::test]
async fn without_a_rule_nobody_is_asked() {
    tell(async |world| {
        let embedder = WordEmbedder::new("words");
        world.add_rule(&keyword_rule("Hi", &["hi"], "Hello.")).await;
        let scores = world.scores_by(&world.intents_by(&embedder), "hi").await;
        assert_eq!(scores, IntentScores::Scores([].into()));
        assert_eq!(embedder.asked_for(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_provider_that_fails_makes_the_message_wait_and_is_asked_again() {
    tell(async |world| {
        let embedder = WordEmbedder::new("words");
        let intents = world.intents_by(&embedder);
        world.add_rule(&booking()).await;
        for answer in [Answer::Nothing, Answer::TooFew, Answer::Uneven, Answer::NotANumber] {
            embedder.answers(answer);
            let scores = world.scores_by(&intents, "a table").await;
            assert_eq!(scores, IntentScores::Unavailable, "{answer:?}");
        }
        assert_eq!(world.database.count("intent_vectors").await, 0);
        assert_eq!(world.database.count("intent_backgrounds").await, 0);
        embedder.answers(Answer::Vectors);
        let scores = world.scores_by(&intents, "a table").await;
        assert!(matches!(scores, IntentScores::Scores(_)), "{scores:?}");
        embedder.answers(Answer::Nothing);
        assert_eq!(world.scores_by(&intents, "a table").await, IntentScores::Unavailable);
    })
    .await;
}

#[tokio::test]
async fn rules_that_mean_the_same_are_told_and_thresholds_come_of_the_examples() {
    tell(async |world| {
        let intents = world.intents_by(&WordEmbedder::new("words"));
        for rule in [
            booking(),
            prices(),
            intent("Tables", "wants to book a table", &["can we reserve a table"]),
        ] {
            world.add_rule(&rule).await;
        }
        let config = world.config().await;
        let advice = async || intents.advice(world.tenant, world.account, &config).await.unwrap();
        assert_eq!(
            advice().await,
            engine::intents::IntentAdvice::default(),
            "nothing is computed for it"
        );
        world.scores_by(&intents, "a table").await;
        let advice = advice().await;
        let pairs: Vec<_> = advice.shadowing.iter().map(|pair| (pair.first, pair.second)).collect();
        let [first, prices, last] = [config.rules[0].id, config.rules[1].id, config.rules[2].id];
        assert_eq!(pairs, [(first, last)]);
        assert!(advice.thresholds.contains_key(&prices));
        assert!(
            advice
                .thresholds
                .values()
                .all(|threshold| (0.50..=0.95).contains(threshold))
        );
    })
    .await;
}
