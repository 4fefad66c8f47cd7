//! Versions: saved, compared, restored, and what two people do at once.

use domain::persona::SafetyStatus;
use engine::persona::PersonasError;

use crate::world::{Character, ScriptedJudge, a_builder, an_owner, minutes, own_text, tell_with};

#[tokio::test]
async fn a_saved_text_is_pending_then_approved_and_answers() {
    tell_with(an_owner, async |world| {
        let blank = world.persona_page().await;
        assert_eq!((blank.version, blank.status.status), (0, SafetyStatus::Draft));
        assert!(
            blank.status.title.starts_with("Not written yet"),
            "{}",
            blank.status.title
        );
        let saved = world
            .personas()
            .save(world.actor(), &a_builder("Petal"), 0)
            .await
            .unwrap();
        assert_eq!(
            (saved.version, saved.is_new, saved.status),
            (1, true, SafetyStatus::Pending)
        );
        assert_eq!(world.persona_that_answers().await, None);
        world
            .checks(&ScriptedJudge::new(Character::Good))
            .run_due()
            .await
            .unwrap();
        let page = world.persona_page().await;
        assert_eq!(page.status.status, SafetyStatus::Approved);
        assert_eq!(page.in_use.unwrap().version, 1);
        assert_eq!(page.versions[0].summary, "first version");
        assert_eq!(page.versions[0].by.as_deref(), Some("owner@bloom.example"));
        let (version, text) = world.persona_that_answers().await.unwrap();
        assert_eq!((version, text.as_str()), (1, a_builder("Petal").render().as_str()));
        assert_eq!(page.parts[1].text, text, "the page shows what the model reads");
    })
    .await;
}

#[tokio::test]
async fn what_is_saved_already_is_no_change() {
    tell_with(an_owner, async |world| {
        world.save_persona("Be kind.").await;
        let again = world
            .personas()
            .save(world.actor(), &own_text(" Be kind. "), 0)
            .await
            .unwrap();
        assert_eq!((again.version, again.is_new), (1, false));
        assert_eq!(world.count("persona_versions WHERE tenant_id = $1").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_save_on_an_older_version_shows_both_texts() {
    tell_with(an_owner, async |world| {
        world.save_persona("Be kind.").await;
        let late = world.personas().save(world.actor(), &own_text("Be brief."), 0).await;
        let Err(PersonasError::Changed(conflict)) = late else {
            panic!("{late:?}");
        };
        assert_eq!((conflict.version, &conflict.theirs), (1, &own_text("Be kind.")));
        assert_eq!(conflict.mine, own_text("Be brief."));
        assert_eq!(conflict.changed_by.as_deref(), Some("owner@bloom.example"));
        let mine = world
            .personas()
            .save(world.actor(), &conflict.mine, conflict.version)
            .await;
        assert_eq!(mine.unwrap().version, 2);
    })
    .await;
}

#[tokio::test]
async fn of_saves_at_once_one_is_a_version_and_the_others_are_told() {
    tell_with(an_owner, async |world| {
        let save = async |text: &str| world.personas().save(world.actor(), &own_text(text), 0).await;
        let (one, two, three) = tokio::join!(save("One."), save("Two."), save("Three."));
        let saved = [one, two, three];
        assert_eq!(saved.iter().filter(|saved| saved.is_ok()).count(), 1, "{saved:?}");
        for refused in saved.iter().filter_map(|saved| saved.as_ref().err()) {
            assert!(matches!(refused, PersonasError::Changed(_)), "{refused:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn errors_stand_at_their_fields() {
    tell_with(an_owner, async |world| {
        let refused = world.personas().save(world.actor(), &a_builder(" "), 0).await;
        let Err(PersonasError::Invalid(fields)) = refused else {
            panic!("{refused:?}");
        };
        assert_eq!(fields[0].field, "business_name");
        assert_eq!(world.count("persona_versions WHERE tenant_id = $1").await, 0);
    })
    .await;
}

#[tokio::test]
async fn going_back_is_a_version_whose_text_is_approved_already() {
    tell_with(an_owner, async |world| {
        let judge = ScriptedJudge::new(Character::Good);
        let checks = world.checks(&judge);
        world.save_persona("Be kind.").await;
        checks.run_due().await.unwrap();
        world.save_persona("Be kind and brief.").await;
        checks.run_due().await.unwrap();
        let asked = judge.calls();
        let restored = world.personas().restore(world.actor(), 1).await.unwrap();
        assert_eq!((restored.version, restored.status), (3, SafetyStatus::Approved));
        assert_eq!(world.persona_that_answers().await, Some((3, "Be kind.".into())));
        checks.run_due().await.unwrap();
        assert_eq!(judge.calls(), asked, "one text is judged once");
        let versions = world.persona_page().await.versions;
        assert_eq!(
            (versions[0].summary.as_str(), versions[0].restored_from),
            ("version 1 again", Some(1))
        );
        let same = world.personas().restore(world.actor(), 3).await.unwrap();
        assert!(!same.is_new);
        let none = world.personas().restore(world.actor(), 9).await;
        assert!(matches!(none, Err(PersonasError::NotFound)));
        let audit = "audit_log WHERE tenant_id = $1 AND action = 'persona.restored'";
        assert_eq!(world.count(audit).await, 1);
    })
    .await;
}

#[tokio::test]
async fn two_versions_are_compared_whichever_comes_first() {
    tell_with(an_owner, async |world| {
        world
            .personas()
            .save(world.actor(), &a_builder("Petal"), 0)
            .await
            .unwrap();
        world.pass(minutes(3));
        world
            .personas()
            .save(world.actor(), &a_builder("Petals"), 1)
            .await
            .unwrap();
        let diff = world.personas().diff(2, 1).await.unwrap();
        assert_eq!((diff.before.version, diff.after.version), (1, 2));
        assert_eq!(diff.diff.changes[0].what, "Name");
        assert_eq!(diff.after.summary, "changes name");
        assert!(matches!(
            world.personas().diff(1, 3).await,
            Err(PersonasError::NotFound)
        ));
    })
    .await;
}

#[tokio::test]
async fn another_tenant_has_a_persona_of_its_own() {
    tell_with(an_owner, async |world| {
        let neighbour = world.neighbour().await;
        world.save_persona("Be kind.").await;
        world
            .checks(&ScriptedJudge::new(Character::Good))
            .run_due()
            .await
            .unwrap();
        assert_eq!(neighbour.persona_page().await.version, 0);
        assert_eq!(neighbour.persona_that_answers().await, None);
        neighbour.save_persona("Be kind.").await;
        assert_eq!(
            neighbour.persona_status().await,
            SafetyStatus::Pending,
            "an approval belongs to one tenant"
        );
    })
    .await;
}
