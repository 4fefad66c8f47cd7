//! A new policy: what was approved by an earlier one answers for seven days while it is checked again.

use domain::persona::SafetyStatus;
use engine::persona::PromptOwner;

use crate::world::{Character, FORBIDDEN, ScriptedJudge, World, ai_rule, an_owner, days, tell_with};

/// Every verdict was given by an earlier policy.
async fn policy_changes(world: &World) {
    world.execute("UPDATE safety_checks SET policy_version = 0", []).await;
}

#[tokio::test]
async fn approvals_are_renewed_in_the_background() {
    tell_with(an_owner, async |world| {
        let checks = world.checks(&ScriptedJudge::new(Character::Good));
        world.save_persona("Be kind.").await;
        checks.run_due().await.unwrap();
        policy_changes(world).await;
        checks.review().await.unwrap();
        assert_eq!(world.persona_status().await, SafetyStatus::Approved);
        assert!(world.persona_page().await.status.text.contains("checked again"));
        checks.run_due().await.unwrap();
        world.pass(days(30));
        checks.review().await.unwrap();
        assert!(world.persona_that_answers().await.is_some());
        assert_eq!(
            world
                .count("safety_checks WHERE tenant_id = $1 AND policy_version = 1")
                .await,
            1
        );
    })
    .await;
}

#[tokio::test]
async fn what_the_new_policy_rejects_stops_answering() {
    tell_with(an_owner, async |world| {
        let judge = ScriptedJudge::new(Character::Good);
        let checks = world.checks(&judge);
        let bad = format!("Please {FORBIDDEN}.");
        world.save_persona("Be kind.").await;
        world.save_persona(&bad).await;
        world.add_rule(&ai_rule("Tables", &bad)).await;
        checks.run_due().await.unwrap();
        // An earlier policy allowed it.
        let allowed = "UPDATE safety_checks SET status = 'approved'";
        world.execute(allowed, []).await;
        policy_changes(world).await;
        checks.review().await.unwrap();
        assert_eq!(world.persona_that_answers().await.unwrap().0, 2);
        checks.run_due().await.unwrap();
        assert_eq!(world.persona_that_answers().await.unwrap().0, 1);
        let rule = world.rules().page(world.account).await.unwrap().rules[0].rule.id;
        assert_eq!(world.prompt_that_answers(PromptOwner::Rule(rule), &bad).await, None);
    })
    .await;
}

#[tokio::test]
async fn an_approval_that_nobody_renews_ends_after_seven_days() {
    tell_with(an_owner, async |world| {
        let judge = ScriptedJudge::new(Character::Good);
        let checks = world.checks(&judge);
        world.save_persona("Be kind.").await;
        world.add_rule(&ai_rule("Tables", "Offer a table.")).await;
        checks.run_due().await.unwrap();
        let rule = world.rules().page(world.account).await.unwrap().rules[0].rule.id;
        let prompt = async || {
            world
                .prompt_that_answers(PromptOwner::Rule(rule), "Offer a table.")
                .await
        };
        judge.becomes(Character::Away).await;
        policy_changes(world).await;
        checks.review().await.unwrap();
        checks.run_due().await.unwrap();
        world.pass(days(6));
        checks.review().await.unwrap();
        assert!(world.persona_that_answers().await.is_some() && prompt().await.is_some());
        world.pass(days(1));
        assert!(
            world.persona_that_answers().await.is_none() && prompt().await.is_none(),
            "whoever is late"
        );
        assert_eq!(world.persona_status().await, SafetyStatus::Unchecked);
        checks.review().await.unwrap();
        judge.becomes(Character::Good).await;
        world.pass(days(1));
        checks.run_due().await.unwrap();
        assert!(world.persona_that_answers().await.is_some() && prompt().await.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_rejection_by_an_earlier_policy_may_be_asked_about_again() {
    tell_with(an_owner, async |world| {
        let checks = world.checks(&ScriptedJudge::new(Character::Good));
        world.save_persona("Be kind.").await;
        checks.run_due().await.unwrap();
        world
            .execute("UPDATE safety_checks SET status = 'rejected', policy_version = 0", [])
            .await;
        assert_eq!(
            world.personas().check_again(world.actor()).await.unwrap(),
            SafetyStatus::Pending
        );
        checks.run_due().await.unwrap();
        assert_eq!(world.persona_status().await, SafetyStatus::Approved);
    })
    .await;
}
