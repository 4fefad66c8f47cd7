//! Many hands move rules at once: none is lost, no two share a place.

use domain::ids::RuleId;
use domain::rules::{Response, RuleDraft, move_item};
use engine::rules::RulesError;
use rand::RngExt;

use crate::world::{an_owner, draft, tell_with};

const RULES: usize = 12;
const HANDS: usize = 6;
const MOVES_EACH: usize = 12;

#[tokio::test]
async fn a_move_goes_to_its_place_and_the_rest_makes_room() {
    tell_with(an_owner, async |world| {
        world.add_rules(&["A", "B", "C", "D"]).await;
        let page = world.rules().page(world.account).await.unwrap();
        let d = page.rules[3].rule.id;

        let moved = world
            .rules()
            .move_to(d, 2, page.list_version, world.actor())
            .await
            .unwrap();
        assert_eq!((moved.position, moved.of, moved.label.as_str()), (2, 4, "D"));
        assert_eq!(world.labels().await, ["A", "D", "B", "C"]);
        let moved = world
            .rules()
            .move_to(d, 99, moved.list_version, world.actor())
            .await
            .unwrap();
        assert_eq!(world.labels().await, ["A", "B", "C", "D"]);
        let stayed = world
            .rules()
            .move_to(d, 4, moved.list_version, world.actor())
            .await
            .unwrap();
        assert_eq!(
            stayed.list_version, moved.list_version,
            "a move to where it is is no change"
        );
        world
            .rules()
            .move_to(d, 0, stayed.list_version, world.actor())
            .await
            .unwrap();
        assert_eq!(world.labels().await, ["D", "A", "B", "C"]);
    })
    .await;
}

#[tokio::test]
async fn the_database_moves_as_the_domain_says() {
    tell_with(an_owner, async |world| {
        world.add_rules(&["A", "B", "C", "D", "E"]).await;
        let mut page = world.rules().page(world.account).await.unwrap();
        for (which, to) in (0..5).flat_map(|which| (0..=6_u32).map(move |to| (which, to))) {
            let order: Vec<RuleId> = page.rules.iter().map(|row| row.rule.id).collect();
            let expected = move_item(&order, order[which], to as usize);
            world
                .rules()
                .move_to(order[which], to, page.list_version, world.actor())
                .await
                .unwrap();
            page = world.rules().page(world.account).await.unwrap();
            assert_eq!(
                page.rules.iter().map(|row| row.rule.id).collect::<Vec<_>>(),
                expected,
                "{which} to {to}"
            );
        }
        world.labels().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn concurrent_moves_adds_and_deletes_lose_nothing() {
    tell_with(an_owner, async |world| {
        let names: Vec<String> = (0..RULES).map(|number| format!("Rule {number}")).collect();
        world
            .add_rules(&names.iter().map(String::as_str).collect::<Vec<_>>())
            .await;
        let page = world.rules().page(world.account).await.unwrap();
        let ids: Vec<RuleId> = page.rules.iter().map(|row| row.rule.id).collect();

        let hands = (0..HANDS).map(|hand| {
            let (rules, account, actor, ids) = (world.rules(), world.account, world.actor(), ids.clone());
            tokio::spawn(async move {
                let mut moved = 0;
                while moved < MOVES_EACH {
                    let (which, to) = {
                        let mut random = rand::rng();
                        (random.random_range(0..RULES), random.random_range(0..=RULES as u32 + 1))
                    };
                    let version = rules.page(account).await.unwrap().list_version;
                    match rules.move_to(ids[which], to, version, actor).await {
                        Ok(_) => moved += 1,
                        Err(RulesError::ListChanged(_)) => {}
                        Err(error) => panic!("{error:?}"),
                    }
                }
                let extra = rules
                    .add(account, &draft(&format!("Extra {hand}")), Some(1), actor)
                    .await
                    .unwrap();
                rules.delete(extra.rule, actor).await.unwrap();
                rules.restore(extra.rule, actor).await.unwrap();
            })
        });
        for hand in hands.collect::<Vec<_>>() {
            hand.await.unwrap();
        }

        let mut labels = world.labels().await;
        labels.sort();
        let mut expected: Vec<String> = names
            .into_iter()
            .chain((0..HANDS).map(|hand| format!("Extra {hand}")))
            .collect();
        expected.sort();
        assert_eq!(labels, expected);
        let rows = world
            .count("audit_log WHERE tenant_id = $1 AND action = 'rules.moved'")
            .await;
        let after = world.rules().page(world.account).await.unwrap();
        let grown = after.list_version - page.list_version;
        assert_eq!(
            grown,
            rows + 3 * i64::try_from(HANDS).unwrap(),
            "every change counted once"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn moves_and_edits_at_once_lose_no_rule_and_no_text_and_can_all_be_undone() {
    tell_with(an_owner, async |world| {
        world.add_rules(&["A", "B", "C", "D", "E"]).await;
        let begin = world.rules().history(world.account).await.unwrap()[0].id;
        let hands = (0..HANDS).map(|hand| {
            let (rules, account, actor) = (world.rules(), world.account, world.actor());
            tokio::spawn(async move {
                let mut saved = 0_i64;
                for turn in 0..MOVES_EACH {
                    let page = rules.page(account).await.unwrap();
                    let (which, to, move_it) = {
                        let mut random = rand::rng();
                        (
                            random.random_range(0..5),
                            random.random_range(0..7),
                            random.random_bool(0.5),
                        )
                    };
                    let rule = &page.rules[which].rule;
                    let done = if move_it {
                        rules.move_to(rule.id, to, page.list_version, actor).await.map(drop)
                    } else {
                        let text = Response::Canned(format!("Hand {hand}, turn {turn}."));
                        let edited = RuleDraft {
                            response: text,
                            ..rule.draft()
                        };
                        let done = rules.edit(rule.id, rule.version, &edited, actor).await.map(drop);
                        saved += i64::from(done.is_ok());
                        done
                    };
                    match done {
                        Ok(()) | Err(RulesError::ListChanged(_) | RulesError::RuleChanged(_)) => {}
                        Err(error) => panic!("{error:?}"),
                    }
                }
                saved
            })
        });
        let mut saved = 0;
        for hand in hands.collect::<Vec<_>>() {
            saved += hand.await.unwrap();
        }
        let mut labels = world.labels().await;
        labels.sort();
        assert_eq!(labels, ["A", "B", "C", "D", "E"]);
        let page = world.rules().page(world.account).await.unwrap();
        let versions: i64 = page.rules.iter().map(|row| row.rule.version - 1).sum();
        assert_eq!(versions, saved, "every edit that was called saved is one version");

        let after = domain::views::ChangeSide::After;
        world
            .rules()
            .go_back(world.account, begin, after, page.revision, world.actor())
            .await
            .unwrap();
        assert_eq!(
            world.labels().await,
            ["A", "B", "C", "D", "E"],
            "in the order of the beginning"
        );
        let page = world.rules().page(world.account).await.unwrap();
        for row in page.rules {
            assert_eq!(
                row.rule.draft(),
                draft(&row.rule.label),
                "with the texts of the beginning"
            );
        }
    })
    .await;
}
