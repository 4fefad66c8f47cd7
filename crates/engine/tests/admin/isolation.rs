//! Another tenant's id is as good as none, everywhere.

use domain::rules::Response;
use domain::views::{Cursor, LedgerFilter, MessageFilter, Outlook};
use engine::accounts::AccountsError;
use engine::rules::RulesError;

use crate::world::{NOON, an_owner, draft, tell_with};

#[tokio::test]
async fn rules_of_a_neighbour_cannot_be_read_or_changed() {
    tell_with(an_owner, async |ours| {
        let theirs = ours.neighbour().await;
        theirs.add_rules(&["A", "B"]).await;
        let page = theirs.rules().page(theirs.account).await.unwrap();
        let (rule, actor, rules) = (page.rules[0].rule.id, ours.actor(), ours.rules());

        assert!(matches!(rules.page(theirs.account).await, Err(RulesError::NotFound)));
        let refused = [
            rules.add(theirs.account, &draft("X"), None, actor).await,
            rules.edit(rule, 1, &draft("X"), actor).await,
            rules.set_enabled(rule, false, actor).await,
            rules.move_to(rule, 2, page.list_version, actor).await,
            rules.duplicate(rule, actor).await,
            rules.delete(rule, actor).await,
            rules.restore(rule, actor).await,
        ];
        for result in refused {
            assert!(matches!(result, Err(RulesError::NotFound)), "{result:?}");
        }
        assert_eq!(theirs.rules().page(theirs.account).await.unwrap(), page);
    })
    .await;
}

#[tokio::test]
async fn accounts_of_a_neighbour_cannot_be_read_or_changed() {
    tell_with(an_owner, async |ours| {
        let theirs = ours.neighbour().await;
        let (accounts, actor) = (ours.accounts(), ours.actor());
        let before = theirs.accounts().page(theirs.account).await.unwrap();
        let reply = Response::Canned("Ours now".into());

        assert!(matches!(
            accounts.page(theirs.account).await,
            Err(AccountsError::NotFound)
        ));
        assert!(matches!(
            accounts.set_enabled(theirs.account, false, actor).await,
            Err(AccountsError::NotFound)
        ));
        assert!(matches!(
            accounts.set_auto_reply(theirs.account, false, actor).await,
            Err(AccountsError::NotFound)
        ));
        let edited = accounts.edit_default_reply(theirs.account, 1, &reply, actor).await;
        assert!(matches!(edited, Err(AccountsError::NotFound)));
        assert_eq!(theirs.accounts().page(theirs.account).await.unwrap(), before);
        assert_eq!(accounts.list().await.unwrap().accounts.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn log_and_credits_of_a_neighbour_stay_with_them() {
    tell_with(an_owner, async |ours| {
        let theirs = ours.neighbour().await;
        theirs.log_message(NOON, Some("sent"), None).await;
        theirs.grant_credits(99).await;

        let filter = MessageFilter {
            account: Some(theirs.account),
            ..MessageFilter::default()
        };
        for filter in [filter, MessageFilter::default()] {
            let page = ours.messages().page(&filter, &Cursor::Newest).await.unwrap();
            assert_eq!(
                (page.rows.len(), page.matching.value, page.in_these_days.value),
                (0, 0, 0)
            );
            let mut export = ours.messages().export(&filter).await.unwrap();
            export.next_piece().await.unwrap().expect("the header");
            assert_eq!(export.next_piece().await.unwrap(), None);
        }
        assert!(ours.messages().recent(theirs.account, 5).await.unwrap().is_empty());
        let credits = ours.credits().page(LedgerFilter::All, &Cursor::Newest).await.unwrap();
        assert_eq!((credits.balance, credits.outlook), (0, Outlook::Unused));
        let overview = ours.overview().page().await.unwrap();
        assert_eq!((overview.status.last_dm, overview.accounts.len()), (None, 1));
    })
    .await;
}
