//! What an admin does to the rule list.

use std::time::Duration;

use domain::limits::MAX_RULES;
use domain::rules::{Matcher, Response};
use engine::rules::{RulesError, load_reply_config};

use crate::world::{an_owner, draft, tell_with};

#[tokio::test]
async fn rules_are_added_edited_switched_and_read_in_order_by_the_pipeline() {
    tell_with(an_owner, async |world| {
        world.add_rules(&["Hours", "Prices"]).await;
        let first = world
            .rules()
            .add(world.account, &draft("Urgent"), Some(1), world.actor())
            .await
            .unwrap();
        assert_eq!((first.position, first.of), (1, 3));
        assert_eq!(world.labels().await, ["Urgent", "Hours", "Prices"]);

        let before = world.rules().page(world.account).await.unwrap();
        let mut text = draft("Opening hours");
        text.enabled = false;
        let edited = world
            .rules()
            .edit(before.rules[1].rule.id, 1, &text, world.actor())
            .await
            .unwrap();
        assert_eq!(edited.revision, before.revision + 1, "any change grows the revision");
        assert_eq!(
            edited.list_version, before.list_version,
            "a text is no change of the list"
        );
        world
            .rules()
            .set_enabled(before.rules[2].rule.id, false, world.actor())
            .await
            .unwrap();

        let config = load_reply_config(world.database.reader(), world.account)
            .await
            .unwrap()
            .unwrap();
        let seen: Vec<(&str, bool, i64)> = config
            .rules
            .iter()
            .map(|rule| (rule.label.as_str(), rule.enabled, rule.version))
            .collect();
        assert_eq!(
            seen,
            [("Urgent", true, 1), ("Opening hours", true, 2), ("Prices", false, 1)]
        );
        assert!(matches!(config.default_reply, Response::Canned(_)));
        let card = world.accounts().page(world.account).await.unwrap().card;
        assert_eq!(
            (card.rules, card.rules_on),
            (3, 2),
            "of three rules one was switched off"
        );
    })
    .await;
}

#[tokio::test]
async fn a_deleted_rule_is_gone_for_the_pipeline_and_comes_back_within_thirty_days() {
    tell_with(an_owner, async |world| {
        world.add_rules(&["A", "B", "C"]).await;
        let page = world.rules().page(world.account).await.unwrap();
        let b = page.rules[1].rule.id;

        let deleted = world.rules().delete(b, world.actor()).await.unwrap();
        assert_eq!((deleted.position, deleted.of), (2, 2));
        assert_eq!(world.labels().await, ["A", "C"]);
        assert!(matches!(
            world.rules().delete(b, world.actor()).await,
            Err(RulesError::NotFound)
        ));
        assert_eq!(world.rules().page(world.account).await.unwrap().deleted[0].label, "B");

        world.rules().restore(b, world.actor()).await.unwrap();
        assert_eq!(world.labels().await, ["A", "B", "C"]);
        let again = world.rules().restore(b, world.actor()).await.unwrap();
        assert_eq!(
            world.labels().await,
            ["A", "B", "C"],
            "bringing back twice is bringing back once"
        );
        assert_eq!(
            again.list_version,
            world.rules().page(world.account).await.unwrap().list_version
        );

        world.rules().delete(b, world.actor()).await.unwrap();
        world.pass(Duration::from_secs(31 * 24 * 60 * 60));
        assert!(matches!(
            world.rules().restore(b, world.actor()).await,
            Err(RulesError::NotFound)
        ));
        assert!(world.rules().page(world.account).await.unwrap().deleted.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_copy_stands_below_its_original_and_is_off() {
    tell_with(an_owner, async |world| {
        world.add_rules(&["A", "B"]).await;
        let page = world.rules().page(world.account).await.unwrap();
        world
            .rules()
            .duplicate(page.rules[0].rule.id, world.actor())
            .await
            .unwrap();
        assert_eq!(world.labels().await, ["A", "A (copy)", "B"]);
        let copy = world.rules().page(world.account).await.unwrap().rules.remove(1).rule;
        assert!(!copy.enabled);
        assert_eq!(copy.matcher, page.rules[0].rule.matcher);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_used_is_said_beside_its_field_and_nothing_is_saved() {
    tell_with(an_owner, async |world| {
        let mut bad = draft("");
        bad.response = Response::Canned("é".repeat(600));
        bad.matcher = Matcher::Keywords(domain::rules::KeywordMatcher::default());
        let error = world
            .rules()
            .add(world.account, &bad, None, world.actor())
            .await
            .unwrap_err();
        let RulesError::Invalid(fields) = error else {
            panic!("{error:?}")
        };
        let fields: Vec<&str> = fields.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["label", "keywords", "canned"]);
        assert!(world.labels().await.is_empty());
        assert_eq!(
            world
                .count("audit_log WHERE tenant_id = $1 AND action LIKE 'rules.%'")
                .await,
            0
        );
    })
    .await;
}

#[tokio::test]
async fn the_list_takes_two_hundred_rules_and_not_one_more() {
    tell_with(an_owner, async |world| {
        for number in 0..MAX_RULES {
            world
                .rules()
                .add(world.account, &draft(&format!("Rule {number}")), None, world.actor())
                .await
                .unwrap();
        }
        let page = world.rules().page(world.account).await.unwrap();
        let full = |result: Result<_, RulesError>| match result {
            Err(RulesError::Invalid(fields)) => assert_eq!(fields[0].field, "rules"),
            other => panic!("{other:?}"),
        };
        full(
            world
                .rules()
                .add(world.account, &draft("One more"), None, world.actor())
                .await,
        );
        full(world.rules().duplicate(page.rules[0].rule.id, world.actor()).await);
        world
            .rules()
            .move_to(page.rules[199].rule.id, 1, page.list_version, world.actor())
            .await
            .unwrap();
        assert_eq!(world.labels().await[0], "Rule 199");
    })
    .await;
}

#[tokio::test]
async fn every_change_leaves_one_row_in_the_audit_log() {
    tell_with(an_owner, async |world| {
        world.add_rules(&["A", "B"]).await;
        let page = world.rules().page(world.account).await.unwrap();
        let (a, b) = (page.rules[0].rule.id, page.rules[1].rule.id);
        world.rules().edit(a, 1, &draft("A2"), world.actor()).await.unwrap();
        world.rules().set_enabled(a, false, world.actor()).await.unwrap();
        world
            .rules()
            .move_to(b, 1, page.list_version, world.actor())
            .await
            .unwrap();
        world.rules().delete(b, world.actor()).await.unwrap();
        world.rules().restore(b, world.actor()).await.unwrap();
        world.rules().duplicate(a, world.actor()).await.unwrap();
        for action in ["edited", "switched", "moved", "deleted", "restored", "duplicated"] {
            let rows = format!("audit_log WHERE tenant_id = $1 AND action = 'rules.{action}' AND user_id IS NOT NULL");
            assert_eq!(world.count(&rows).await, 1, "{action}");
        }
    })
    .await;
}
