//! The encoder in this process: with its model file, without it, and when the file comes later.

use std::path::{Path, PathBuf};
use std::time::Duration;

use domain::decide::IntentScores;
use engine::intents::{Intents, IntentsSettings, IntentsState, ModelProblem, verify_model};

use super::{booking, prices};
use crate::world::{World, tell};

/// Where `scripts/intent-model.sh` puts the model. Without it a story is skipped; under `CI=true` it fails.
pub fn model_file() -> Option<PathBuf> {
    let named = std::env::var_os("CONCIERGE_INTENT_MODEL").map(PathBuf::from);
    let path = named.unwrap_or_else(|| {
        let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
        home.join(".cache/concierge/intent-model/use-multilingual-3.bin")
    });
    if path.exists() {
        return Some(path);
    }
    assert_ne!(
        std::env::var("CI").as_deref(),
        Ok("true"),
        "there is no intent model: scripts/intent-model.sh"
    );
    eprintln!(
        "skipped: no intent model at {}; scripts/intent-model.sh fetches it",
        path.display()
    );
    None
}

fn embedded(world: &World, model: &Path) -> Intents {
    let settings = IntentsSettings::Embedded {
        model: model.to_owned(),
    };
    Intents::new(&world.database, &world.shared_clock(), settings)
}

#[tokio::test]
async fn messages_in_other_words_and_languages_find_their_rule() {
    let Some(model) = model_file() else { return };
    tell(async |world| {
        let intents = embedded(world, &model);
        world.add_rule(&booking()).await;
        world.add_rule(&prices()).await;
        let (booking, prices) = (world.id_of_rule("Booking").await, world.id_of_rule("Prices").await);
        for (text, wanted, other) in [
            ("could you keep us a table tonight?", booking, prices),
            ("¿puedo reservar una mesa?", booking, prices),
            ("PRICE??? 😍", prices, booking),
            ("berapa harganya kak", prices, booking),
        ] {
            let scores = world.scores_by(&intents, text).await;
            assert!(scores.score(wanted) > scores.score(other), "{text}: {scores:?}");
        }
        for text in ["आपकी दुकान कब खुलती है?", "Τι ώρα ανοίγετε;"] {
            assert_eq!(world.scores_by(&intents, text).await, IntentScores::ScriptUnknown);
            assert!(!intents.can_read(text).await);
        }
        assert!(intents.can_read("asks for a table").await);
        assert_eq!(intents.state().await, IntentsState::Embedded);
        assert_eq!(world.database.count("intent_backgrounds").await, 0);
    })
    .await;
}

#[tokio::test]
async fn without_the_file_intents_are_off_until_it_comes() {
    tell(async |world| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("use-multilingual-3.bin");
        let intents = embedded(world, &path);
        world.add_rule(&booking()).await;
        let missing = IntentsState::ModelUnusable(ModelProblem::Missing(path.clone()));
        assert_eq!(intents.state().await, missing);
        assert_eq!(world.scores_by(&intents, "a table").await, IntentScores::Off);
        assert_eq!(intents.state().await, missing);
        assert_eq!(verify_model(&path).await, Err(ModelProblem::Missing(path.clone())));
        let Some(model) = model_file() else { return };
        std::fs::copy(model, &path).unwrap();
        assert_eq!(
            world.scores_by(&intents, "a table").await,
            IntentScores::Off,
            "not looked for again yet"
        );
        world.pass(Duration::from_secs(31));
        assert_eq!(verify_model(&path).await, Ok(()));
        assert!(matches!(
            world.scores_by(&intents, "a table").await,
            IntentScores::Scores(_)
        ));
        assert_eq!(intents.state().await, IntentsState::Embedded);
    })
    .await;
}

#[tokio::test]
async fn a_file_of_something_else_is_told_apart_from_none() {
    tell(async |world| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("use-multilingual-3.bin");
        std::fs::write(&path, "no model").unwrap();
        let intents = embedded(world, &path);
        world.add_rule(&booking()).await;
        assert_eq!(world.scores_by(&intents, "a table").await, IntentScores::Off);
        let problem = ModelProblem::WrongVersion(path.clone());
        assert_eq!(intents.state().await, IntentsState::ModelUnusable(problem.clone()));
        assert_eq!(verify_model(&path).await, Err(problem.clone()));
        assert!(problem.to_string().ends_with("Get it again as docs/ai.md says."));
    })
    .await;
}
