//! Somebody else was faster: both texts are kept, and the page says who did what.

use domain::rules::Response;
use engine::accounts::AccountsError;
use engine::rules::RulesError;

use crate::world::{an_owner, draft, tell_with};

#[tokio::test]
async fn an_edit_of_an_older_text_is_answered_with_both() {
    tell_with(an_owner, async |world| {
        world.add_rules(&["Prices"]).await;
        let rule = world.rules().page(world.account).await.unwrap().rules.remove(0).rule;
        world
            .rules()
            .edit(rule.id, rule.version, &draft("Theirs"), world.actor())
            .await
            .unwrap();

        let error = world
            .rules()
            .edit(rule.id, rule.version, &draft("Mine"), world.actor())
            .await
            .unwrap_err();
        let RulesError::RuleChanged(conflict) = error else {
            panic!("{error:?}")
        };
        assert_eq!(
            (conflict.theirs.label.as_str(), conflict.mine.label.as_str()),
            ("Theirs", "Mine")
        );
        assert_eq!(conflict.changed_by.as_deref(), Some("owner@bloom.example"));

        let mine = conflict.theirs.version;
        world
            .rules()
            .edit(rule.id, mine, &draft("Mine"), world.actor())
            .await
            .unwrap();
        world
            .rules()
            .edit(rule.id, rule.version, &draft("Mine"), world.actor())
            .await
            .expect("saved twice is saved");
        assert_eq!(world.labels().await, ["Mine"]);
    })
    .await;
}

#[tokio::test]
async fn a_move_in_an_older_list_is_answered_with_the_present_one() {
    tell_with(an_owner, async |world| {
        world.add_rules(&["A", "B", "C"]).await;
        let page = world.rules().page(world.account).await.unwrap();
        let (a, c) = (page.rules[0].rule.id, page.rules[2].rule.id);
        world
            .rules()
            .move_to(c, 1, page.list_version, world.actor())
            .await
            .unwrap();

        let error = world
            .rules()
            .move_to(a, 3, page.list_version, world.actor())
            .await
            .unwrap_err();
        let RulesError::ListChanged(conflict) = error else {
            panic!("{error:?}")
        };
        assert_eq!(conflict.what.as_deref(), Some("C moved to 1 of 3."));
        assert_eq!(conflict.changed_by.as_deref(), Some("owner@bloom.example"));
        assert_eq!(world.labels().await, ["C", "A", "B"], "nothing moved");

        world
            .rules()
            .move_to(a, 3, conflict.current.list_version, world.actor())
            .await
            .unwrap();
        assert_eq!(world.labels().await, ["C", "B", "A"], "both changes are kept");
    })
    .await;
}

#[tokio::test]
async fn the_default_reply_is_edited_in_place_and_never_overwritten_unseen() {
    tell_with(an_owner, async |world| {
        let accounts = world.accounts();
        let canned = |text: &str| Response::Canned(text.into());
        let before = accounts.page(world.account).await.unwrap();
        let version = before.default_version;
        let next = accounts
            .edit_default_reply(world.account, version, &canned("Theirs"), world.actor())
            .await
            .unwrap();

        let error = accounts
            .edit_default_reply(world.account, version, &canned("Mine"), world.actor())
            .await
            .unwrap_err();
        let AccountsError::DefaultReplyChanged(conflict) = error else {
            panic!("{error:?}")
        };
        assert_eq!((conflict.theirs, conflict.mine), (canned("Theirs"), canned("Mine")));
        assert_eq!(conflict.current_version, next);
        assert_eq!(conflict.changed_by.as_deref(), Some("owner@bloom.example"));

        accounts
            .edit_default_reply(world.account, next, &canned("Mine"), world.actor())
            .await
            .unwrap();
        let after = accounts.page(world.account).await.unwrap();
        assert_eq!(after.default_reply, canned("Mine"));

        let error = accounts
            .edit_default_reply(world.account, 3, &canned(" "), world.actor())
            .await
            .unwrap_err();
        let AccountsError::Invalid(fields) = error else {
            panic!("{error:?}")
        };
        assert_eq!(fields[0].field, "canned");
    })
    .await;
}
