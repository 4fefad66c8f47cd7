//! Rules with intents from the DM to the reply: with the real model, without it, and while nobody can say what a message means.

use std::path::PathBuf;

use domain::decide::IntentModel;
use domain::reasons::Reason;
use domain::rules::RuleDraft;
use domain::warnings::{Warning, WarningFacts, warnings};
use engine::intents::IntentsSettings;

use super::embedded::model_file;
use super::embedder::{Answer, WordEmbedder};
use super::{booking, prices};
use crate::world::{DEFAULT_REPLY, Setup, World, hours, keyword_rule, minutes, seconds, tell_with};

/// Setup for the encoder in this process.
fn with_model(model: PathBuf) -> impl Fn(&mut Setup) {
    move |setup| setup.intents = IntentsSettings::Embedded { model: model.clone() }
}

fn with_words(embedder: &std::sync::Arc<WordEmbedder>) -> impl Fn(&mut Setup) + use<> {
    let settings = IntentsSettings::Provider(embedder.clone());
    move |setup| setup.intents = settings.clone()
}

impl World {
    /// What the page of the rules says beside this one.
    async fn warnings_of(&self, label: &str) -> Vec<Warning> {
        let pipeline = self.engine.pipeline();
        let data = pipeline.simulator_data(&self.rules(), self.tenant, self.account).await;
        let facts = data.unwrap().facts;
        let facts = WarningFacts {
            ai: facts.ai,
            intents: facts.intents,
            disclosure: facts.disclosure,
        };
        let found = warnings(&self.config().await, &facts);
        found.of(self.id_of_rule(label).await).to_vec()
    }

    /// Messages that a rule answered.
    async fn answered_by(&self, label: &str) -> i64 {
        let answered =
            "replies r JOIN rules u ON u.id = r.rule_id WHERE r.tenant_id = $1 AND r.state = 'sent' AND u.label =";
        self.count(&format!("{answered} '{label}'")).await
    }
}

#[tokio::test]
async fn customers_who_write_in_three_languages_are_answered_by_the_rule_that_they_mean() {
    let Some(model) = model_file() else { return };
    tell_with(with_model(model), async |world| {
        world.add_rule(&booking()).await;
        world.add_rule(&prices()).await;
        let mut expected = Vec::new();
        for (words, answer) in [
            ("could you keep us a table tonight?", "About Booking."),
            ("¿podemos reservar una mesa para esta noche?", "About Booking."),
            ("berapa harganya kak", "About Prices."),
            ("My parcel came broken and I am very sad about it", DEFAULT_REPLY),
        ] {
            world.pass(minutes(3));
            world.customer_asks(words).await;
            expected.push(answer);
            assert_eq!(world.replies(), expected, "{words}");
            assert_eq!(
                world.balance().await,
                10 - i64::try_from(expected.len()).unwrap(),
                "one credit for {words}"
            );
        }
        assert_eq!(
            (world.answered_by("Booking").await, world.answered_by("Prices").await),
            (2, 1)
        );
        assert_eq!(world.warnings_of("Booking").await, []);
    })
    .await;
}

#[tokio::test]
async fn without_the_model_keywords_go_on_and_the_rule_says_what_is_missing() {
    let missing = PathBuf::from("/nowhere/use-multilingual-3.bin");
    tell_with(with_model(missing), async |world| {
        world.add_rule(&booking()).await;
        world.add_rule(&keyword_rule("Hours", &["open"], "From 9 to 5.")).await;
        world.customer_asks("could you keep us a table tonight?").await;
        world.customer_asks("when are you open?").await;
        assert_eq!(world.replies(), [DEFAULT_REPLY, "From 9 to 5."]);
        assert_eq!(world.balance().await, 8);
        assert_eq!(world.engine.intents().model().await, IntentModel::Missing);
        assert_eq!(world.warnings_of("Booking").await, [Warning::IntentModelMissing]);
        assert!(Warning::IntentModelMissing.sentence().contains("docs/ai.md"));
        assert_eq!(world.warnings_of("Hours").await, []);
    })
    .await;
}

#[tokio::test]
async fn a_rule_without_vectors_gets_them_when_a_message_reaches_it() {
    let embedder = WordEmbedder::new("words");
    tell_with(with_words(&embedder), async |world| {
        world.add_rule(&booking()).await;
        assert_eq!(world.database.count("intent_vectors").await, 0, "no job has run");
        world.customer_asks("a table for two tonight").await;
        assert_eq!(world.replies(), ["About Booking."]);
        assert_eq!(world.database.count("intent_vectors").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_message_that_nobody_can_compare_waits_and_is_answered_by_its_rule() {
    let embedder = WordEmbedder::new("words");
    tell_with(with_words(&embedder), async |world| {
        world.add_rule(&keyword_rule("Hours", &["open"], "From 9 to 5.")).await;
        world.add_rule(&booking()).await;
        embedder.answers(Answer::Nothing);
        world.customer_asks("a table for two tonight").await;
        world.waits_for("ai_unavailable").await;
        assert_eq!(
            (world.replies().len(), world.balance().await),
            (0, 10),
            "it holds no credit"
        );
        world.customer_writes_as("somebody else", "are you open?");
        world.deliver().await;
        world.work().await;
        assert_eq!(world.replies(), ["From 9 to 5."], "a keyword above needs nobody");
        embedder.answers(Answer::Vectors);
        world.wait(seconds(10)).await;
        assert_eq!(world.replies(), ["From 9 to 5.", "About Booking."]);
        assert_eq!(world.balance().await, 8);
    })
    .await;
}

#[tokio::test]
async fn a_message_that_nobody_ever_compares_ends_and_costs_nothing() {
    let embedder = WordEmbedder::new("words");
    tell_with(with_words(&embedder), async |world| {
        world.add_rule(&booking()).await;
        embedder.answers(Answer::Nothing);
        world.customer_asks("a table for two tonight").await;
        world.wait_in_steps(hours(3), minutes(11)).await;
        world.ended_for(Reason::AiUnavailable).await;
        assert!(world.replies().is_empty());
    })
    .await;
}

#[tokio::test]
async fn who_means_that_they_want_a_person_gets_one_beyond_the_limit_of_replies() {
    let embedder = WordEmbedder::new("words");
    tell_with(with_words(&embedder), async |world| {
        world
            .add_rule(&RuleDraft {
                leave_to_person: true,
                ..booking()
            })
            .await;
        let ask = async |text| {
            world.pass(seconds(1));
            world.customer_asks(text).await;
        };
        for _ in 0..7 {
            ask("hello").await;
        }
        assert_eq!(world.replies(), [DEFAULT_REPLY; 6]);
        ask("a table for two tonight").await;
        assert_eq!(world.replies().last().map(String::as_str), Some("About Booking."));
        assert_eq!((world.replies().len(), world.balance().await), (7, 3));
        ask("a table for two tonight").await;
        assert_eq!(world.replies().len(), 7, "the conversation is with a person now");
    })
    .await;
}
