//! Whatever is edited, checked, interrupted and overridden in whatever order: no text that was not approved is ever handed out for a
//! model.

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;

use domain::decide::PromptApprovals;
use domain::persona::SafetyStatus;
use domain::rules::Response;
use engine::identity::Actor;
use engine::persona::{PromptOwner, unapproved_prompts};
use engine::rules::load_reply_config;
use engine::safety::SafetyChecks;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::world::{Character, FORBIDDEN, ScriptedJudge, World, account_of, ai_rule, draft, seconds, tell_with};

const ON_SQLITE: usize = 1_000;
const ON_POSTGRES: usize = 100;

const FORGET: [&str; 5] = [
    "DELETE FROM prompts_in_use",
    "DELETE FROM persona_versions",
    "DELETE FROM rules",
    "DELETE FROM safety_checks",
    r#"UPDATE reply_configs SET default_response = '{"kind":"canned","text":"Hello."}'"#,
];

#[derive(Debug, Clone)]
enum Step {
    SavePersona(usize),
    GoBack(i64),
    EditRule(usize),
    RuleBecomesCanned,
    EditDefault(usize),
    CheckAgain,
    Override(i64),
    JudgeBecomes(usize),
    Work,
    /// The process dies at some moment of its work.
    Crash {
        polls: usize,
    },
    PolicyChanges,
    Review,
    Pass(u64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..6_usize).prop_map(Step::SavePersona),
        1 => (1..5_i64).prop_map(Step::GoBack),
        4 => (0..6_usize).prop_map(Step::EditRule),
        1 => Just(Step::RuleBecomesCanned),
        2 => (0..6_usize).prop_map(Step::EditDefault),
        1 => Just(Step::CheckAgain),
        1 => (1..4_i64).prop_map(Step::Override),
        2 => (0..4_usize).prop_map(Step::JudgeBecomes),
        5 => Just(Step::Work),
        4 => (1..60_usize).prop_map(|polls| Step::Crash { polls }),
        1 => Just(Step::PolicyChanges),
        1 => Just(Step::Review),
        4 => prop_oneof![Just(11_u64), Just(1_000), Just(90_000), Just(700_000)].prop_map(Step::Pass),
    ]
}

/// Half of the texts are bad; a persona and a prompt may say the same.
fn text(number: usize) -> String {
    match number % 2 {
        0 => format!("Good text {number}."),
        _ => format!("Text {number}: {FORBIDDEN}."),
    }
}

struct Case<'a> {
    world: World,
    judge: &'a Arc<ScriptedJudge>,
    checks: &'a SafetyChecks,
    overridden: BTreeSet<String>,
}

impl Case<'_> {
    async fn take(&mut self, step: &Step) {
        let world = &self.world;
        match step {
            Step::SavePersona(number) => {
                world.save_persona(&text(*number)).await;
            }
            Step::GoBack(version) => {
                let _ = world.personas().restore(Actor::Command, *version).await;
            }
            Step::EditRule(number) => self.edit_rule(&ai_rule("Rule", &text(*number))).await,
            Step::RuleBecomesCanned => self.edit_rule(&draft("Rule")).await,
            Step::EditDefault(number) => self.edit_default(&Response::AiPrompt(text(*number))).await,
            Step::CheckAgain => {
                let _ = world.personas().check_again(Actor::Command).await;
            }
            Step::Override(version) => self.approve(*version).await,
            Step::JudgeBecomes(number) => {
                let characters = [
                    Character::Good,
                    Character::Contradictory,
                    Character::Swayed,
                    Character::Away,
                ];
                self.judge.becomes(characters[*number]).await;
            }
            Step::Work => self.checks.run_due().await.unwrap(),
            Step::Crash { polls } => poll_and_drop(self.checks.run_due(), *polls).await,
            Step::PolicyChanges => {
                let earlier = "UPDATE safety_checks SET policy_version = 0 WHERE tenant_id = $1";
                world.execute(earlier, [world.tenant.as_uuid().into()]).await;
            }
            Step::Review => self.checks.review().await.unwrap(),
            Step::Pass(time) => world.pass(seconds(*time)),
        }
    }

    async fn edit_rule(&self, wanted: &domain::rules::RuleDraft) {
        let world = &self.world;
        let rule = &world.rules().page(world.account).await.unwrap().rules[0].rule;
        let edited = world.rules().edit(rule.id, rule.version, wanted, Actor::Command).await;
        edited.unwrap();
    }

    async fn edit_default(&self, reply: &Response) {
        let world = &self.world;
        let version = world.rules().page(world.account).await.unwrap().default_version;
        let accounts = world.accounts();
        let edited = accounts
            .edit_default_reply(world.account, version, reply, Actor::Command)
            .await;
        edited.unwrap();
    }

    async fn approve(&mut self, version: i64) {
        let world = &self.world;
        let overrides = world.overrides();
        if overrides
            .override_with_note(version, "Looked at.", Actor::Command)
            .await
            .is_ok()
        {
            let page = world.persona_page().await;
            let approved = page.versions.iter().find(|shown| shown.version == version);
            assert_eq!(approved.unwrap().status, SafetyStatus::Approved);
            self.overridden.insert(world.persona_text(version).await);
        }
    }

    /// Everything that would be handed out now was approved by judge or operator.
    async fn holds(&self, steps: &[Step]) {
        let world = &self.world;
        if let Some((_, persona)) = world.persona_that_answers().await {
            let approved = self.judge.approved(&persona) || self.overridden.contains(&persona);
            assert!(approved, "{persona:?} after {steps:?}");
        }
        let reader = world.database.reader();
        let config = load_reply_config(reader, world.account).await.unwrap().unwrap();
        let rules = config.rules.iter().map(|rule| (Some(rule.id), &rule.response));
        let approvals = unapproved_prompts(reader, world.tenant, world.account, &config, world.now()).await;
        let approvals: PromptApprovals = approvals.unwrap();
        for (rule, response) in rules.chain([(None, &config.default_reply)]) {
            let Response::AiPrompt(current) = response else {
                continue;
            };
            let owner = PromptOwner::of(world.account, rule);
            let used = world.prompt_that_answers(owner, current).await;
            assert_eq!(
                approvals.approved(rule),
                used.is_some(),
                "both say the same, after {steps:?}"
            );
            if let Some(prompt) = used {
                assert!(self.judge.approved(&prompt), "{prompt:?} after {steps:?}");
            }
        }
    }
}

/// Ends the future at the await point it reached after so many polls.
async fn poll_and_drop<F: Future>(future: F, polls: usize) {
    let mut future = pin!(future);
    let mut left = polls;
    std::future::poll_fn(|context| {
        left -= 1;
        if left == 0 || future.as_mut().poll(context).is_ready() {
            return std::task::Poll::Ready(());
        }
        std::task::Poll::Pending
    })
    .await;
}

async fn a_tenant(world: &World, number: usize) -> World {
    let name = format!("case-{number}");
    let mut own = world.clone();
    own.tenant = world.tenants().create(&name, &name, "UTC").await.unwrap().id;
    let account = account_of(own.tenant, &format!("77{number:06}"));
    let added = world.registry().add_instagram(&account, Actor::Command).await;
    own.account = added.unwrap().account;
    own.add_rule(&draft("Rule")).await;
    own
}

#[tokio::test]
async fn nothing_unapproved_is_ever_handed_out() {
    tell_with(
        |_| {},
        async |world| {
            let cases = if world.database.is_postgres() {
                ON_POSTGRES
            } else {
                ON_SQLITE
            };
            if !world.database.is_postgres() {
                // What a crash of the machine would lose is not what this is about.
                world.execute("PRAGMA synchronous = OFF", []).await;
            }
            let mut runner = TestRunner::deterministic();
            let strategy = proptest::collection::vec(step(), 6..18);
            for number in 0..cases {
                let steps = strategy.new_tree(&mut runner).unwrap().current();
                let judge = ScriptedJudge::new(Character::Good);
                let checks = world.checks(&judge);
                checks.judge().run_probes().await.unwrap();
                let mut case = Case {
                    world: a_tenant(world, number).await,
                    judge: &judge,
                    checks: &checks,
                    overridden: BTreeSet::new(),
                };
                for (index, step) in steps.iter().enumerate() {
                    case.take(step).await;
                    case.holds(&steps[..=index]).await;
                }
                // The next case has no debts of this one.
                for text in FORGET {
                    world.execute(text, []).await;
                }
            }
        },
    )
    .await;
}
