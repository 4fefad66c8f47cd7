//! The operator approves against the check, with a note.

use domain::persona::SafetyStatus;
use engine::identity::Actor;
use engine::safety::OverrideError;

use crate::world::{Character, FORBIDDEN, ScriptedJudge, an_owner, tell_with};

#[tokio::test]
async fn an_operator_approves_with_a_note_that_stays() {
    tell_with(an_owner, async |world| {
        let text = format!("An actor on stage may {FORBIDDEN}.");
        world.save_persona(&text).await;
        world
            .checks(&ScriptedJudge::new(Character::Good))
            .run_due()
            .await
            .unwrap();
        let standing = world.overrides().standing().await.unwrap();
        assert_eq!(
            (standing.newest, standing.status, standing.in_use),
            (1, SafetyStatus::Rejected, None)
        );
        assert_eq!(standing.judge_model.as_deref(), Some("scripted-judge"));
        assert_eq!(standing.findings.0[0].quote, FORBIDDEN);
        let approve = async |version, note| {
            world
                .overrides()
                .override_with_note(version, note, Actor::Command)
                .await
        };
        assert!(matches!(approve(1, " ").await, Err(OverrideError::NoNote)));
        assert!(matches!(approve(2, "A play.").await, Err(OverrideError::NotFound)));
        approve(1, "A theatre: it quotes a play.").await.unwrap();
        assert_eq!(world.persona_that_answers().await, Some((1, text)));
        let page = world.persona_page().await;
        assert_eq!(page.status.status, SafetyStatus::Approved);
        assert!(
            page.status.text.contains("A theatre: it quotes a play."),
            "{}",
            page.status.text
        );
        assert_eq!(
            page.versions[0].override_note.as_deref(),
            Some("A theatre: it quotes a play.")
        );
        let audit = "audit_log WHERE tenant_id = $1 AND action = 'persona.approved_by_operator'";
        assert_eq!(world.count(audit).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_judge_that_is_still_thinking_does_not_undo_it() {
    tell_with(an_owner, async |world| {
        let judge = ScriptedJudge::new(Character::Good);
        let checks = world.checks(&judge);
        checks.judge().run_probes().await.unwrap();
        world.save_persona(&format!("Please {FORBIDDEN}.")).await;
        judge.hold_answers();
        let running = tokio::spawn({
            let checks = checks.clone();
            async move { checks.run_due().await }
        });
        judge.answer_held().await;
        world
            .overrides()
            .override_with_note(1, "Looked at by us.", Actor::Command)
            .await
            .unwrap();
        judge.release_answers();
        running.await.unwrap().unwrap();
        assert_eq!(world.persona_status().await, SafetyStatus::Approved);
    })
    .await;
}
