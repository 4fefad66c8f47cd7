//! Whole reply configs: their history and the way back, files, copies, and what is counted beside them.

use domain::ids::RuleId;
use domain::limits::FieldError;
use domain::reply_config::RuleDiff;
use domain::rules::{Response, RuleDraft};
use domain::views::{ChangeSide, ConfigChange, WarningFix};
use engine::accounts::AccountsError;
use engine::identity::TenantsError;
use engine::rules::RulesError;

use crate::world::{NOON, World, account_of, an_owner, draft, tell_with};

impl World {
    async fn history(&self) -> Vec<ConfigChange> {
        self.rules().history(self.account).await.unwrap()
    }

    async fn told(&self) -> Vec<String> {
        self.history().await.into_iter().map(|change| change.what).collect()
    }

    async fn rule_named(&self, label: &str) -> domain::rules::ReplyRule {
        let page = self.rules().page(self.account).await.unwrap();
        let mut rows = page.rules.into_iter();
        rows.find(|row| row.rule.label == label).unwrap().rule
    }

    async fn revision(&self) -> i64 {
        self.rules().page(self.account).await.unwrap().revision
    }
}

fn fields(error: RulesError) -> Vec<FieldError> {
    match error {
        RulesError::Invalid(fields) => fields,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn every_change_is_kept_with_who_when_before_and_after() {
    tell_with(an_owner, async |world| {
        world.add_rules(&["A", "B", "C"]).await;
        let (a, c) = (world.rule_named("A").await, world.rule_named("C").await);
        let version = world.rules().page(world.account).await.unwrap().list_version;
        let moved = world.rules().move_to(c.id, 1, version, world.actor()).await.unwrap();
        assert_eq!(
            (moved.position, moved.was),
            (1, Some(3)),
            "moving it back to 3 undoes it"
        );
        let edited = RuleDraft {
            response: Response::Canned("New.".into()),
            leave_to_person: true,
            ..draft("A")
        };
        world
            .rules()
            .edit(a.id, a.version, &edited, world.actor())
            .await
            .unwrap();
        assert!(world.rule_named("A").await.leave_to_person);
        world.rules().set_enabled(a.id, false, world.actor()).await.unwrap();
        let default = world.accounts().page(world.account).await.unwrap();
        let reply = Response::Canned("Soon.".into());
        world
            .accounts()
            .edit_default_reply(world.account, default.default_version, &reply, world.actor())
            .await
            .unwrap();
        world.rules().delete(c.id, world.actor()).await.unwrap();

        assert_eq!(
            world.told().await,
            [
                "C was deleted.",
                "The default reply was edited.",
                "A was switched off.",
                "A was edited.",
                "C moved to 1 of 3.",
                "C was added as rule 3 of 3.",
                "B was added as rule 2 of 2.",
                "A was added as rule 1 of 1.",
            ]
        );
        let history = world.history().await;
        assert!(
            history
                .iter()
                .all(|change| change.by.as_deref() == Some("owner@bloom.example"))
        );
        assert_eq!(history[1].diff.default_reply, Some((default.default_reply, reply)));
        let RuleDiff::Changed { before, after, .. } = &history[3].diff.rules[0] else {
            panic!("{:?}", history[3].diff)
        };
        assert_eq!((before, after), (&draft("A"), &edited));
        assert!(matches!(
            &history[4].diff.rules[..],
            [RuleDiff::Moved { from: 3, to: 1, .. }]
        ));
        assert!(matches!(
            &history[0].diff.rules[..],
            [RuleDiff::Removed { position: 1, .. }]
        ));
    })
    .await;
}

#[tokio::test]
async fn any_earlier_state_comes_back_and_going_back_can_be_undone() {
    tell_with(an_owner, async |world| {
        world.add_rules(&["A", "B", "C"]).await;
        let kept = world.history().await[0].id;
        let a = world.rule_named("A").await;
        world
            .rules()
            .edit(a.id, a.version, &draft("Renamed"), world.actor())
            .await
            .unwrap();
        world
            .rules()
            .delete(world.rule_named("B").await.id, world.actor())
            .await
            .unwrap();
        world.add_rules(&["D"]).await;

        let preview = world
            .rules()
            .preview_going_back(world.account, kept, ChangeSide::After)
            .await
            .unwrap();
        assert_eq!(
            preview.sentence,
            "1 rule is added, 1 rule is changed, 1 rule is deleted."
        );
        assert_eq!(world.labels().await, ["Renamed", "C", "D"], "looking changes nothing");
        world
            .rules()
            .go_back(world.account, kept, ChangeSide::After, preview.revision, world.actor())
            .await
            .unwrap();
        assert_eq!(world.labels().await, ["A", "B", "C"]);
        assert_eq!(world.rule_named("A").await.id, a.id, "it is the same rule");

        let back = world.history().await.remove(0);
        assert!(
            back.what.starts_with("Went back to an earlier state: 1 rule is added"),
            "{}",
            back.what
        );
        world
            .rules()
            .go_back(
                world.account,
                back.id,
                ChangeSide::Before,
                world.revision().await,
                world.actor(),
            )
            .await
            .unwrap();
        assert_eq!(world.labels().await, ["Renamed", "C", "D"]);
        let first = world.history().await.pop().unwrap().id;
        world
            .rules()
            .go_back(
                world.account,
                first,
                ChangeSide::Before,
                world.revision().await,
                world.actor(),
            )
            .await
            .unwrap();
        assert_eq!(world.labels().await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn going_back_over_somebody_elses_change_is_a_conflict() {
    tell_with(an_owner, async |world| {
        world.add_rules(&["A"]).await;
        let (change, revision) = (world.history().await[0].id, world.revision().await);
        world.add_rules(&["B"]).await;
        let error = world
            .rules()
            .go_back(world.account, change, ChangeSide::Before, revision, world.actor())
            .await
            .unwrap_err();
        let RulesError::ListChanged(conflict) = error else {
            panic!("{error:?}")
        };
        assert_eq!(conflict.what.as_deref(), Some("B was added as rule 2 of 2."));
        assert_eq!(world.labels().await, ["A", "B"]);
    })
    .await;
}

#[tokio::test]
async fn a_file_goes_out_and_comes_in_whole_or_not_at_all() {
    tell_with(an_owner, async |world| {
        world.add_rules(&["A", "B", "C"]).await;
        let file = world.rules().export(world.account).await.unwrap();
        assert_eq!(file.name, "bloomandstem.rules.json");
        let same = world.rules().preview_import(world.account, &file.text).await.unwrap();
        assert_eq!(same.sentence, "Nothing changes.");

        let b = world.rule_named("B").await;
        let text = file
            .text
            .replace("About B.", "New.")
            .replace("\"label\": \"C\"", "\"label\": \"D\"");
        let preview = world.rules().preview_import(world.account, &text).await.unwrap();
        assert_eq!(
            preview.sentence,
            "1 rule is added, 1 rule is changed, 1 rule is deleted."
        );
        let bad = text.replace("\"About A.\"", "\"\"");
        let error = world
            .rules()
            .import(world.account, &bad, preview.revision, world.actor())
            .await;
        assert_eq!(fields(error.unwrap_err())[0].field, "rules[0].response.canned");
        assert_eq!(world.labels().await, ["A", "B", "C"], "nothing was imported");

        world
            .rules()
            .import(world.account, &text, preview.revision, world.actor())
            .await
            .unwrap();
        assert_eq!(world.labels().await, ["A", "B", "D"]);
        let after = world.rule_named("B").await;
        assert_eq!(
            (after.id, after.version),
            (b.id, b.version + 1),
            "the same rule with its counts"
        );
        assert_eq!(after.response, Response::Canned("New.".into()));
        assert_eq!(
            world.told().await[0],
            "A file was imported: 1 rule is added, 1 rule is changed, 1 rule is deleted."
        );
        let again = world
            .rules()
            .import(world.account, &text, preview.revision, world.actor())
            .await;
        assert!(
            matches!(again.unwrap_err(), RulesError::ListChanged(_)),
            "somebody imported meanwhile"
        );
        let deleted = world.rules().page(world.account).await.unwrap().deleted;
        assert_eq!(deleted[0].label, "C", "it can be brought back");
    })
    .await;
}

#[tokio::test]
async fn rules_are_copied_to_another_account_of_the_tenant() {
    tell_with(an_owner, async |world| {
        world.add_rules(&["A", "B"]).await;
        let other = world
            .registry()
            .add_instagram(&account_of(world.tenant, "3003"), world.actor())
            .await;
        let other = other.unwrap().account;
        world
            .rules()
            .add(other, &draft("B"), None, world.actor())
            .await
            .unwrap();
        let preview = world.rules().preview_copy(world.account, other).await.unwrap();
        assert_eq!(preview.sentence, "1 rule is added.");
        world
            .rules()
            .copy(world.account, other, preview.revision, world.actor())
            .await
            .unwrap();
        let copied = world.rules().page(other).await.unwrap();
        let labels: Vec<&str> = copied.rules.iter().map(|row| row.rule.label.as_str()).collect();
        assert_eq!(labels, ["A", "B"]);
        let own: Vec<RuleId> = copied.rules.iter().map(|row| row.rule.id).collect();
        let originals = world.rules().page(world.account).await.unwrap();
        assert!(
            originals.rules.iter().all(|row| !own.contains(&row.rule.id)),
            "copies are rules of their own"
        );
        assert!(originals.deleted.is_empty());
    })
    .await;
}

#[tokio::test]
async fn another_tenant_sees_and_changes_nothing_of_it() {
    tell_with(an_owner, async |world| {
        world.add_rules(&["A"]).await;
        let change = world.history().await[0].id;
        let example = world
            .rules()
            .add_example(
                world.account,
                &domain::simulate::TriedMessage::text("hi"),
                world.actor(),
            )
            .await
            .unwrap();
        let neighbour = world.neighbour().await;
        let (rules, actor, theirs) = (neighbour.rules(), neighbour.actor(), world.account);
        let file = world.rules().export(world.account).await.unwrap().text;
        let side = ChangeSide::Before;
        let refused = [
            rules.history(theirs).await.map(drop),
            rules.export(theirs).await.map(drop),
            rules.preview_import(theirs, &file).await.map(drop),
            rules.import(theirs, &file, 1, actor).await.map(drop),
            rules.preview_copy(theirs, neighbour.account).await.map(drop),
            rules.copy(theirs, neighbour.account, 1, actor).await.map(drop),
            rules.copy(neighbour.account, theirs, 1, actor).await.map(drop),
            rules.go_back(theirs, change, side, 1, actor).await.map(drop),
            rules.go_back(neighbour.account, change, side, 1, actor).await.map(drop),
            rules.examples(theirs).await.map(drop),
            rules.delete_example(example, actor).await,
        ];
        for (number, refused) in refused.into_iter().enumerate() {
            assert!(matches!(refused, Err(RulesError::NotFound)), "{number}: {refused:?}");
        }
        let quiet = neighbour.accounts().set_quiet_hours(theirs, 1, actor).await;
        assert!(matches!(quiet, Err(AccountsError::NotFound)));
        assert_eq!(world.labels().await, ["A"]);
    })
    .await;
}

#[tokio::test]
async fn the_page_is_told_which_saved_rules_never_answer() {
    tell_with(an_owner, async |world| {
        world.rule("Prices", &["price"], "From 9 euros.").await;
        world.rule("Offers", &["price"], "None today.").await;
        let data = world
            .engine
            .pipeline()
            .simulator_data(&world.rules(), world.tenant, world.account)
            .await
            .unwrap();
        let told: Vec<&str> = data.warnings.iter().map(|warning| warning.sentence.as_str()).collect();
        assert_eq!(
            told,
            ["Rule 1, Prices, already catches all its keywords, so this rule never answers."]
        );
        assert_eq!(data.warnings[0].fix, Some(WarningFix::MoveAbove(1)));
    })
    .await;
}

#[tokio::test]
async fn examples_are_kept_and_show_who_answers() {
    tell_with(an_owner, async |world| {
        world.add_rules(&["A"]).await;
        let rules = world.rules();
        let message = domain::simulate::TriedMessage::text;
        let one = rules
            .add_example(world.account, &message("a word A?"), world.actor())
            .await
            .unwrap();
        rules
            .add_example(world.account, &message("hello"), world.actor())
            .await
            .unwrap();
        let empty = rules
            .add_example(world.account, &message(" "), world.actor())
            .await
            .unwrap_err();
        assert_eq!(fields(empty)[0].field, "text");

        let pipeline = world.engine.pipeline();
        let data = pipeline
            .simulator_data(&rules, world.tenant, world.account)
            .await
            .unwrap();
        let who: Vec<&str> = data.examples.iter().map(|example| example.who.as_str()).collect();
        assert_eq!(who, ["Rule 1, A", "Default reply"]);
        assert_eq!(data.warnings, []);

        let file = rules
            .export(world.account)
            .await
            .unwrap()
            .text
            .replace("About A.", "New.");
        let preview = rules.preview_import(world.account, &file).await.unwrap();
        assert_eq!(
            preview.examples.sentence().as_deref(),
            Some("This change alters 1 of 2 examples.")
        );
        rules.delete_example(one, world.actor()).await.unwrap();
        let noted = "audit_log WHERE tenant_id = $1 AND user_id IS NOT NULL AND action IN ('examples.added', 'examples.deleted')";
        assert_eq!(world.count(noted).await, 3);
        assert_eq!(rules.examples(world.account).await.unwrap().len(), 1);
        for number in 0..99 {
            rules
                .add_example(world.account, &message(&format!("{number}")), world.actor())
                .await
                .unwrap();
        }
        let full = rules
            .add_example(world.account, &message("one more"), world.actor())
            .await
            .unwrap_err();
        assert_eq!(fields(full)[0].field, "examples");
    })
    .await;
}

#[tokio::test]
async fn replies_are_counted_by_rule_and_the_default_has_its_share() {
    tell_with(an_owner, async |world| {
        world.add_rules(&["A", "B"]).await;
        let a = world.rule_named("A").await.id;
        let day = |days: u64| NOON - std::time::Duration::from_secs(days * 86_400);
        for (days, rule) in [(1, true), (6, true), (20, true), (40, true), (2, false), (50, false)] {
            let message = world.log_message(day(days), Some("sent"), None).await;
            if rule {
                let text = "UPDATE messages SET rule_id = $2 WHERE id = $1";
                world
                    .execute(text, vec![message.as_uuid().into(), a.as_uuid().into()])
                    .await;
            }
        }
        world.log_message(day(1), Some("skipped"), Some("no_credits")).await;
        let page = world.rules().page(world.account).await.unwrap();
        let counts = |index: usize| (page.rules[index].hits, page.rules[index].hits_30);
        assert_eq!((counts(0), counts(1)), ((2, 3), (0, 0)));
        assert_eq!(page.rules[0].last_hit.as_ref().map(|moment| moment.at), Some(day(1)));
        assert_eq!(page.rules[1].last_hit, None);
        assert_eq!((page.default_share.by_default, page.default_share.replies), (1, 4));
        assert_eq!(page.default_share.percent(), Some(25));
    })
    .await;
}

#[tokio::test]
async fn no_reply_is_saved_that_would_not_fit_behind_the_disclosure_line() {
    tell_with(an_owner, async |world| {
        let tenants = world.tenants();
        let long = RuleDraft {
            response: Response::Canned("x".repeat(990)),
            ..draft("Long")
        };
        world
            .rules()
            .add(world.account, &long, None, world.actor())
            .await
            .unwrap();
        let set = |line: &'static str| tenants.set_disclosure(world.tenant, line, world.actor());
        let TenantsError::Invalid(errors) = set("Automated.").await.unwrap_err() else {
            panic!()
        };
        assert_eq!(errors[0].field, "disclosure");
        assert_eq!(
            errors[0].message,
            "Long: with the line that says it is automated, this reply is 1,002 of 1,000 bytes; take out 2."
        );
        set("Robot.").await.unwrap();
        let longer = RuleDraft {
            response: Response::Canned("x".repeat(993)),
            ..draft("Longer")
        };
        let error = world
            .rules()
            .add(world.account, &longer, None, world.actor())
            .await
            .unwrap_err();
        assert_eq!(fields(error)[0].field, "canned");
        let default = Response::Canned("x".repeat(993));
        let error = world
            .accounts()
            .edit_default_reply(world.account, 1, &default, world.actor())
            .await;
        assert!(matches!(error, Err(AccountsError::Invalid(_))));
        assert_eq!(world.labels().await, ["Long"]);
        set("").await.unwrap();
        world
            .rules()
            .add(world.account, &longer, None, world.actor())
            .await
            .unwrap();
    })
    .await;
}
