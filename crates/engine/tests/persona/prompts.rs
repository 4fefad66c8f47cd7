//! AI prompts of rules and default replies: checked with every change of the reply config, the last approved one in use meanwhile.

use domain::ids::RuleId;
use domain::persona::SafetyStatus;
use domain::rules::{Response, RuleDraft};
use engine::persona::{PromptChecksError, PromptOwner, unapproved_prompts};
use engine::rules::load_reply_config;

use crate::world::{Character, FORBIDDEN, ScriptedJudge, World, ai_rule, an_owner, draft, hours, tell_with};

async fn rule_of(world: &World, label: &str) -> (RuleId, i64) {
    let rows = world.rules().page(world.account).await.unwrap().rules;
    let row = rows.into_iter().find(|row| row.rule.label == label).unwrap();
    (row.rule.id, row.rule.version)
}

async fn edit(world: &World, label: &str, draft: &RuleDraft) {
    let (rule, version) = rule_of(world, label).await;
    world.rules().edit(rule, version, draft, world.actor()).await.unwrap();
}

/// The rules whose prompt must not be used, and whether the default reply's must not.
async fn unapproved(world: &World) -> (Vec<String>, bool) {
    let reader = world.database.reader();
    let config = load_reply_config(reader, world.account).await.unwrap().unwrap();
    let approvals = unapproved_prompts(reader, world.tenant, world.account, &config, world.now()).await;
    let approvals = approvals.unwrap();
    let rules = config.rules.iter().filter(|rule| !approvals.approved(Some(rule.id)));
    (
        rules.map(|rule| rule.label.clone()).collect(),
        !approvals.approved(None),
    )
}

async fn set_default(world: &World, reply: &Response) {
    let accounts = world.accounts();
    let version = world.rules().page(world.account).await.unwrap().default_version;
    accounts
        .edit_default_reply(world.account, version, reply, world.actor())
        .await
        .unwrap();
}

#[tokio::test]
async fn the_prompt_of_a_rule_is_checked_and_the_last_approved_one_answers_meanwhile() {
    tell_with(an_owner, async |world| {
        let checks = world.checks(&ScriptedJudge::new(Character::Good));
        world.add_rule(&ai_rule("Tables", "Offer a table.")).await;
        world.add_rule(&draft("Canned")).await;
        let (rule, _) = rule_of(world, "Tables").await;
        let owner = PromptOwner::Rule(rule);
        assert_eq!(unapproved(world).await, (vec!["Tables".into()], false));
        assert_eq!(world.prompt_that_answers(owner, "Offer a table.").await, None);
        checks.run_due().await.unwrap();
        assert_eq!(unapproved(world).await, (vec![], false));
        assert_eq!(
            world.prompt_that_answers(owner, "Offer a table.").await.as_deref(),
            Some("Offer a table.")
        );

        let bad = format!("Offer a table and {FORBIDDEN}.");
        edit(world, "Tables", &ai_rule("Tables", &bad)).await;
        let pending = world.prompt_checks().of_account(world.account).await.unwrap();
        assert_eq!(
            (pending[0].status, pending[0].earlier.as_deref()),
            (SafetyStatus::Pending, Some("Offer a table."))
        );
        assert_eq!(
            world.prompt_that_answers(owner, &bad).await.as_deref(),
            Some("Offer a table.")
        );
        checks.run_due().await.unwrap();
        let rejected = world.prompt_checks().of_account(world.account).await.unwrap();
        assert_eq!(
            (rejected[0].rule, rejected[0].status),
            (Some(rule), SafetyStatus::Rejected)
        );
        assert_eq!(rejected[0].findings[0].quote, FORBIDDEN);
        assert_eq!(
            world.prompt_that_answers(owner, &bad).await.as_deref(),
            Some("Offer a table.")
        );
        assert_eq!(unapproved(world).await, (vec![], false), "the earlier one may be used");
    })
    .await;
}

#[tokio::test]
async fn a_rule_that_becomes_canned_or_goes_forgets_its_prompt() {
    tell_with(an_owner, async |world| {
        let checks = world.checks(&ScriptedJudge::new(Character::Good));
        world.add_rule(&ai_rule("Tables", "Offer a table.")).await;
        checks.run_due().await.unwrap();
        let (rule, _) = rule_of(world, "Tables").await;
        assert_eq!(world.count("prompts_in_use WHERE tenant_id = $1").await, 1);
        edit(world, "Tables", &draft("Tables")).await;
        assert_eq!(world.count("prompts_in_use WHERE tenant_id = $1").await, 0);
        edit(world, "Tables", &ai_rule("Tables", "Offer a table.")).await;
        assert_eq!(
            world.count("prompts_in_use WHERE tenant_id = $1").await,
            1,
            "it is approved already"
        );
        world.rules().delete(rule, world.actor()).await.unwrap();
        assert_eq!(world.count("prompts_in_use WHERE tenant_id = $1").await, 0);
        world.rules().restore(rule, world.actor()).await.unwrap();
        assert_eq!(unapproved(world).await, (vec![], false));
        assert_eq!(world.count("prompts_in_use WHERE tenant_id = $1").await, 1);
    })
    .await;
}

#[tokio::test]
async fn the_default_reply_has_a_prompt_too_and_equal_prompts_are_one_text() {
    tell_with(an_owner, async |world| {
        let judge = ScriptedJudge::new(Character::Good);
        let checks = world.checks(&judge);
        checks.judge().run_probes().await.unwrap();
        world.add_rule(&ai_rule("Tables", "Offer a table.")).await;
        set_default(world, &Response::AiPrompt("Offer a table.".into())).await;
        assert_eq!(unapproved(world).await, (vec!["Tables".into()], true));
        let asked = judge.calls();
        checks.run_due().await.unwrap();
        assert_eq!(judge.calls(), asked + 2, "once, in both orders");
        assert_eq!(unapproved(world).await, (vec![], false));
        assert_eq!(world.count("prompts_in_use WHERE tenant_id = $1").await, 2);
        let owner = PromptOwner::DefaultReply(world.account);
        set_default(world, &Response::AiPrompt("Offer nothing.".into())).await;
        assert_eq!(
            world.prompt_that_answers(owner, "Offer nothing.").await.as_deref(),
            Some("Offer a table.")
        );
        let shown = world.prompt_checks().of_account(world.account).await.unwrap();
        let standing: Vec<(bool, SafetyStatus)> = shown.iter().map(|c| (c.rule.is_some(), c.status)).collect();
        assert_eq!(
            standing,
            [(true, SafetyStatus::Approved), (false, SafetyStatus::Pending)]
        );
    })
    .await;
}

#[tokio::test]
async fn an_unchecked_prompt_is_checked_again_by_hand() {
    tell_with(an_owner, async |world| {
        let judge = ScriptedJudge::new(Character::Away);
        let checks = world.checks(&judge);
        world.add_rule(&ai_rule("Tables", "Offer a table.")).await;
        checks.run_due().await.unwrap();
        judge.becomes(Character::Good).await;
        let (rule, _) = rule_of(world, "Tables").await;
        let again = world.prompt_checks();
        let nobodys = PromptOwner::DefaultReply(world.account);
        let canned = again.check_again(world.account, nobodys, world.actor()).await;
        assert!(matches!(canned, Err(PromptChecksError::Canned)), "{canned:?}");
        let neighbour = world.neighbour().await;
        let theirs = neighbour.prompt_checks();
        let foreign = theirs.check_again(world.account, PromptOwner::Rule(rule), world.actor());
        assert!(matches!(foreign.await, Err(PromptChecksError::NotFound)));
        again
            .check_again(world.account, PromptOwner::Rule(rule), world.actor())
            .await
            .unwrap();
        checks.run_due().await.unwrap();
        assert_eq!(unapproved(world).await, (vec![], false));
    })
    .await;
}

#[tokio::test]
async fn prompts_from_before_there_were_checks_are_found_at_the_start() {
    tell_with(an_owner, async |world| {
        world.add_rule(&ai_rule("Tables", "Offer a table.")).await;
        world.execute("DELETE FROM safety_checks", []).await;
        world.save_persona("Be kind.").await;
        world.execute("DELETE FROM safety_checks", []).await;
        assert_eq!(
            world.persona_status().await,
            SafetyStatus::Pending,
            "it is about to be asked for"
        );
        let checks = world.checks(&ScriptedJudge::new(Character::Good));
        checks.start().await.unwrap();
        checks.run_due().await.unwrap();
        assert_eq!(unapproved(world).await, (vec![], false));
        assert_eq!(world.persona_status().await, SafetyStatus::Approved);
    })
    .await;
}

#[tokio::test]
async fn many_prompts_are_asked_for_at_once() {
    tell_with(an_owner, async |world| {
        for number in 0..70 {
            world
                .add_rule(&ai_rule(&format!("Rule {number}"), &format!("Offer table {number}.")))
                .await;
        }
        let (rules, _) = unapproved(world).await;
        assert_eq!(rules.len(), 70);
        world
            .checks(&ScriptedJudge::new(Character::Good))
            .run_due()
            .await
            .unwrap();
        assert_eq!(unapproved(world).await, (vec![], false));
        world.pass(hours(1));
        assert_eq!(world.prompt_checks().of_account(world.account).await.unwrap().len(), 70);
    })
    .await;
}
