//! Several rules at once: each act is one change, all of it or nothing, and can be undone.

use domain::ids::{AccountId, RuleId};
use domain::limits::MAX_RULES;
use domain::rules::RuleDraft;
use domain::views::{ChangeSide, RulesPage};
use engine::rules::RulesError;
use rand::RngExt;
use uuid::Uuid;

use crate::world::{World, account_of, an_owner, draft, tell_with};

const NAMES: [&str; 6] = ["A", "B", "C", "D", "E", "F"];

impl World {
    async fn list(&self) -> RulesPage {
        self.rules().page(self.account).await.unwrap()
    }

    async fn ids_of(&self, labels: &[&str]) -> Vec<RuleId> {
        let page = self.list().await;
        let id = |label: &&str| page.rules.iter().find(|row| row.rule.label == **label).unwrap().rule.id;
        labels.iter().map(id).collect()
    }

    async fn lines(&self) -> Vec<String> {
        let history = self.rules().history(self.account).await.unwrap();
        history.into_iter().map(|change| change.what).collect()
    }
}

#[tokio::test]
async fn chosen_rules_are_switched_moved_and_deleted_by_one_line_each() {
    tell_with(an_owner, async |world| {
        world.add_rules(&NAMES).await;
        let (rules, account, actor) = (world.rules(), world.account, world.actor());
        let chosen = world.ids_of(&["E", "B", "C"]).await;
        let begin = world.lines().await.len();

        let off = rules.switch_chosen(account, &chosen, false, actor).await.unwrap();
        assert_eq!(off.sentence, "3 rules were switched off.");
        assert_eq!(off.rules, world.ids_of(&["B", "C", "E"]).await);
        let moved = rules
            .move_chosen(account, &chosen, 1, off.list_version, actor)
            .await
            .unwrap();
        assert_eq!(world.labels().await, ["B", "C", "E", "A", "D", "F"]);
        assert_eq!(moved.sentence, "3 rules were moved to places 1 to 3 of 6.");
        let moved = rules
            .move_chosen(account, &chosen, 99, moved.list_version, actor)
            .await
            .unwrap();
        assert_eq!(world.labels().await, ["A", "D", "F", "B", "C", "E"]);
        let one = world.ids_of(&["F"]).await;
        rules
            .move_chosen(account, &one, 2, moved.list_version, actor)
            .await
            .unwrap();
        rules.delete_chosen(account, &chosen, actor).await.unwrap();
        assert_eq!(world.labels().await, ["A", "F", "D"]);

        let lines = world.lines().await;
        assert_eq!(
            lines[..lines.len() - begin],
            [
                "3 rules were deleted: B, C and E.",
                "F was moved to 2 of 6.",
                "3 rules were moved to places 4 to 6 of 6: B, C and E.",
                "3 rules were moved to places 1 to 3 of 6: B, C and E.",
                "3 rules were switched off: B, C and E.",
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn what_was_done_to_chosen_rules_is_undone_exactly() {
    tell_with(an_owner, async |world| {
        world.add_rules(&NAMES).await;
        let (rules, account, actor) = (world.rules(), world.account, world.actor());
        let said = |page: RulesPage| -> Vec<(RuleId, RuleDraft)> {
            page.rules
                .into_iter()
                .map(|row| (row.rule.id, row.rule.draft()))
                .collect()
        };
        let b = world.ids_of(&["B"]).await;
        rules.switch_chosen(account, &b, false, actor).await.unwrap();
        let before = said(world.list().await);
        let chosen = world.ids_of(&["E", "B", "A"]).await;

        let off = rules.switch_chosen(account, &chosen, false, actor).await.unwrap();
        assert_eq!(off.rules, world.ids_of(&["A", "E"]).await, "B was off already");
        rules.switch_chosen(account, &off.rules, true, actor).await.unwrap();
        assert_eq!(said(world.list().await), before);

        let version = world.list().await.list_version;
        let moved = rules.move_chosen(account, &chosen, 3, version, actor).await.unwrap();
        assert_eq!(world.labels().await, ["C", "D", "A", "B", "E", "F"]);
        let change = moved.change.unwrap();
        rules
            .go_back(account, change, ChangeSide::Before, moved.revision, actor)
            .await
            .unwrap();
        assert_eq!(said(world.list().await), before);

        rules.delete_chosen(account, &chosen, actor).await.unwrap();
        assert_eq!(world.labels().await, ["C", "D", "F"]);
        let back = rules.restore_chosen(account, &chosen, actor).await.unwrap();
        assert_eq!(back.sentence, "3 rules were brought back.");
        assert_eq!(said(world.list().await), before);
    })
    .await;
}

#[tokio::test]
async fn what_is_so_already_is_no_change() {
    tell_with(an_owner, async |world| {
        world.add_rules(&NAMES).await;
        let (rules, account, actor) = (world.rules(), world.account, world.actor());
        let (page, lines) = (world.list().await, world.lines().await);
        let first = world.ids_of(&["B", "A"]).await;
        let answers = [
            rules.switch_chosen(account, &first, true, actor).await.unwrap(),
            rules
                .move_chosen(account, &first, 1, page.list_version, actor)
                .await
                .unwrap(),
            rules.restore_chosen(account, &first, actor).await.unwrap(),
        ];
        for answer in answers {
            assert_eq!((answer.rules.len(), answer.change), (0, None));
            assert_eq!(
                (answer.list_version, answer.revision),
                (page.list_version, page.revision)
            );
        }
        assert_eq!((world.list().await, world.lines().await), (page, lines));
        let nothing = rules.delete_chosen(account, &[], actor).await;
        assert!(matches!(nothing, Err(RulesError::Invalid(fields)) if fields[0].field == "chosen"));
    })
    .await;
}

#[tokio::test]
async fn somebody_who_was_faster_is_told_of_and_nothing_is_half_done() {
    tell_with(an_owner, async |world| {
        world.add_rules(&NAMES).await;
        let (rules, account, actor) = (world.rules(), world.account, world.actor());
        let (seen, chosen) = (world.list().await, world.ids_of(&["A", "C"]).await);
        rules.delete(chosen[1], actor).await.unwrap();
        let after = world.list().await;

        let late = [
            rules
                .move_chosen(account, &chosen[..1], 4, seen.list_version, actor)
                .await,
            rules.switch_chosen(account, &chosen, false, actor).await,
            rules.delete_chosen(account, &chosen, actor).await,
        ];
        for answer in late {
            let Err(RulesError::ListChanged(conflict)) = answer else {
                panic!("{answer:?}")
            };
            assert_eq!(conflict.what.as_deref(), Some("C was deleted."));
        }
        assert_eq!(world.list().await, after);
    })
    .await;
}

#[tokio::test]
async fn chosen_rules_are_copied_to_the_end_of_another_account() {
    tell_with(an_owner, async |world| {
        world.add_rules(&NAMES).await;
        let other = account_of(world.tenant, "3003");
        let other = world.registry().add_instagram(&other, world.actor()).await;
        let other = other.unwrap().account;
        let (rules, actor) = (world.rules(), world.actor());
        let chosen = world.ids_of(&["D", "B"]).await;
        rules.add(other, &draft("There"), None, actor).await.unwrap();
        let here = world.list().await;

        let copied = rules.copy_chosen(world.account, &chosen, other, actor).await.unwrap();
        let there = rules.page(other).await.unwrap();
        let labels: Vec<_> = there.rules.iter().map(|row| row.rule.label.as_str()).collect();
        assert_eq!(labels, ["There", "B", "D"]);
        assert_eq!(there.rules[1].rule.draft(), draft("B"));
        assert_eq!(copied.rules, [there.rules[1].rule.id, there.rules[2].rule.id]);
        assert_eq!(world.list().await, here);
        assert_eq!(copied.sentence, "2 rules were copied to the end of @bloomandstem.");
        rules.delete_chosen(other, &copied.rules, actor).await.unwrap();
        assert_eq!(rules.page(other).await.unwrap().rules.len(), 1);

        let same = rules.copy_chosen(world.account, &chosen, world.account, actor).await;
        assert!(matches!(same, Err(RulesError::Invalid(fields)) if fields[0].field == "into"));
    })
    .await;
}

#[tokio::test]
async fn a_copy_that_can_never_answer_there_is_told() {
    tell_with(an_owner, async |world| {
        world.add_rules(&NAMES).await;
        let other = account_of(world.tenant, "3003");
        let other = world.registry().add_instagram(&other, world.actor()).await;
        let other = other.unwrap().account;
        let (rules, actor) = (world.rules(), world.actor());
        let chosen = world.ids_of(&["B"]).await;
        let copied = "B was copied to the end of @bloomandstem.";

        let first = rules.copy_chosen(world.account, &chosen, other, actor).await.unwrap();
        assert_eq!(first.sentence, copied);
        let again = rules.copy_chosen(world.account, &chosen, other, actor).await.unwrap();
        assert_eq!(again.sentence, format!("{copied} See the warnings there."));
        rules.switch_chosen(other, &first.rules, false, actor).await.unwrap();
        rules.delete_chosen(other, &again.rules, actor).await.unwrap();
        let third = rules.copy_chosen(world.account, &chosen, other, actor).await.unwrap();
        assert_eq!(third.sentence, copied, "what is off catches nothing");
    })
    .await;
}

#[tokio::test]
async fn more_rules_than_a_list_holds_are_refused_before_anything_is_read() {
    tell_with(an_owner, async |world| {
        let (rules, actor) = (world.rules(), world.actor());
        let nobodys = AccountId::from_uuid(Uuid::from_u128(7));
        let many: Vec<RuleId> = (0..=MAX_RULES as u128)
            .map(|number| RuleId::from_uuid(Uuid::from_u128(number)))
            .collect();
        let answers = [
            rules.switch_chosen(nobodys, &many, true, actor).await,
            rules.move_chosen(nobodys, &many, 1, 1, actor).await,
            rules.delete_chosen(nobodys, &many, actor).await,
            rules.restore_chosen(nobodys, &many, actor).await,
            rules.copy_chosen(nobodys, &many, nobodys, actor).await,
        ];
        for answer in answers {
            assert!(
                matches!(&answer, Err(RulesError::Invalid(fields)) if fields[0].field == "chosen"),
                "{answer:?}"
            );
        }
        let most = rules.switch_chosen(nobodys, &many[1..], true, actor).await;
        assert!(matches!(most, Err(RulesError::NotFound)), "{most:?}");
    })
    .await;
}

/// 30 acts on rules chosen at random: the page always counts 1, 2, 3 …, as the model says, and no text is lost.
#[tokio::test]
async fn whatever_is_chosen_positions_stay_dense_and_texts_are_kept() {
    tell_with(an_owner, async |world| {
        world.add_rules(&NAMES).await;
        let (rules, account, actor) = (world.rules(), world.account, world.actor());
        let all = world.ids_of(&NAMES).await;
        let mut gone: Vec<RuleId> = Vec::new();
        for _ in 0..30 {
            let page = world.list().await;
            let order: Vec<RuleId> = page.rules.iter().map(|row| row.rule.id).collect();
            let (act, to, chosen) = {
                let mut random = rand::rng();
                let chosen: Vec<RuleId> = order.iter().copied().filter(|_| random.random_bool(0.4)).collect();
                (random.random_range(0..4), random.random_range(0..9), chosen)
            };
            if act == 3 && !gone.is_empty() {
                rules
                    .restore_chosen(account, &std::mem::take(&mut gone), actor)
                    .await
                    .unwrap();
            } else if !chosen.is_empty() {
                match act {
                    0 => {
                        rules
                            .move_chosen(account, &chosen, to, page.list_version, actor)
                            .await
                            .unwrap();
                        let moved: Vec<RuleId> = world.list().await.rules.iter().map(|row| row.rule.id).collect();
                        let to = usize::try_from(to).unwrap();
                        assert_eq!(moved, domain::rules::move_items(&order, &chosen, to));
                    }
                    1 => drop(rules.switch_chosen(account, &chosen, to % 2 == 0, actor).await.unwrap()),
                    _ => {
                        rules.delete_chosen(account, &chosen, actor).await.unwrap();
                        gone.extend(chosen);
                    }
                }
            }
            world.labels().await;
            for row in world.list().await.rules {
                let written = draft(&row.rule.label);
                assert_eq!(
                    (row.rule.matcher, row.rule.response),
                    (written.matcher, written.response)
                );
            }
        }
        if !gone.is_empty() {
            rules.restore_chosen(account, &gone, actor).await.unwrap();
        }
        let mut left: Vec<RuleId> = world.list().await.rules.iter().map(|row| row.rule.id).collect();
        left.sort();
        let mut all = all;
        all.sort();
        assert_eq!(left, all);
    })
    .await;
}
