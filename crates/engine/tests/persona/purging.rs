//! Checks that are needed no longer are forgotten, and nothing else.

use engine::safety::purge_checks;

use crate::world::{Character, ScriptedJudge, ai_rule, an_owner, days, tell_with};

#[tokio::test]
async fn only_prompts_that_stand_nowhere_are_forgotten() {
    tell_with(an_owner, async |world| {
        let checks = world.checks(&ScriptedJudge::new(Character::Good));
        world.save_persona("Be kind.").await;
        world.save_persona("Be brief.").await;
        world.add_rule(&ai_rule("Tables", "Offer a table.")).await;
        checks.run_due().await.unwrap();
        let rule = world.rules().page(world.account).await.unwrap().rules[0].rule.clone();
        for (version, prompt) in (rule.version..).zip(["Offer a chair.", "Offer a bench."]) {
            let edited = ai_rule("Tables", prompt);
            world
                .rules()
                .edit(rule.id, version, &edited, world.actor())
                .await
                .unwrap();
        }
        let kept = async || world.count("safety_checks WHERE tenant_id = $1").await;
        purge_checks(&world.database, world.now()).await.unwrap();
        assert_eq!(kept().await, 5, "they are young");
        world.pass(days(31));
        purge_checks(&world.database, world.now()).await.unwrap();
        assert_eq!(
            kept().await,
            4,
            "the one in use, the present one, and those of the persona stay"
        );
        let chair = "safety_checks WHERE tenant_id = $1 AND text = 'Offer a chair.'";
        assert_eq!(world.count(chair).await, 0);
    })
    .await;
}
