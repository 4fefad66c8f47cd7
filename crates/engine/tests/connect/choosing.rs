//! What is found and what can be chosen: one at once, several by choice, the rest with a reason.

use domain::views::{CandidateStanding as Standing, ConnectProblemKind as Kind, ConnectStep};
use engine::connect::ConnectError;
use sandbox::{Edge, FaultKind, FaultSpec, LifeEvent, LoginDecision};

use crate::support::eventually;
use crate::world::{connected, hours, minutes, problem, tell};

#[tokio::test]
async fn the_only_candidate_is_connected_at_once_and_starts_quietly() {
    tell(async |world| {
        let page = world.facebook_page(1);
        let accounts = connected(world.log_in(&world.admin(), world.only(1)).await);
        assert_eq!(accounts.len(), 1);
        assert_eq!(
            (accounts[0].standing, accounts[0].problem.as_deref()),
            (Standing::New, None)
        );
        assert_eq!(Some(&accounts[0].username), page.username.as_ref());
        let row = world.account_row_of(accounts[0].id).await;
        assert_eq!((row.status.as_str(), row.connected), ("connected", true));
        assert_eq!((row.enabled, row.auto_reply), (true, false));
        assert_eq!(row.page_id, page.page_id);
        assert!(row.subscribed_fields.contains("message_reads"), "{row:?}");
        assert_eq!(row.token_expires_at, None, "a Page token has no end");
        let sealed = "sealed_values WHERE purpose = 'user_token'";
        assert_eq!(
            world.count(sealed).await,
            1,
            "the account's; the login attempt keeps none"
        );
    })
    .await;
}

#[tokio::test]
async fn several_are_offered_and_more_than_one_can_be_chosen() {
    tell(async |world| {
        let admin = world.admin();
        let page = world.log_in(&admin, LoginDecision::everything()).await;
        let attempt = page.attempt.clone().unwrap();
        let ConnectStep::Choose { candidates, dropped } = page.step else {
            panic!("{page:?}")
        };
        let standings: Vec<Standing> = candidates.iter().map(|candidate| candidate.standing).collect();
        assert_eq!(standings, [Standing::Connected, Standing::New, Standing::Impossible]);
        assert!(
            candidates[2].sentence.contains("No Instagram account is linked"),
            "{candidates:?}"
        );
        assert!(dropped.is_empty());
        let connections = world.engine.connections();
        let stranger = world.login(world.tenant, "another browser");
        let chosen: Vec<String> = candidates.iter().map(|candidate| candidate.page_id.clone()).collect();
        let refused = connections.choose(&stranger, &attempt, &chosen).await;
        assert!(matches!(refused, Err(ConnectError::NotFound)), "{refused:?}");
        // Choosing nothing, or what was not offered, changes nothing.
        let unchanged = connections.choose(&admin, &attempt, &["123".into()]).await.unwrap();
        assert!(matches!(unchanged.step, ConnectStep::Choose { .. }), "{unchanged:?}");
        let accounts = connected(connections.choose(&admin, &attempt, &chosen[..2]).await.unwrap());
        assert_eq!(accounts.len(), 2);
        assert_eq!(world.account_rows(world.tenant).await.len(), 2);
        // A second click finds what the first one did.
        let again = connected(connections.choose(&admin, &attempt, &chosen[..2]).await.unwrap());
        assert_eq!(again, accounts);
    })
    .await;
}

#[tokio::test]
async fn a_choice_stays_open_for_an_hour() {
    tell(async |world| {
        let admin = world.admin();
        let page = world.log_in(&admin, LoginDecision::everything()).await;
        let attempt = page.attempt.unwrap();
        world.pass(hours(1));
        let over = problem(world.page_of(&admin, &attempt).await);
        assert_eq!(over.kind, Kind::ChoiceExpired);
        let chosen = [world.facebook_page(1).page_id];
        let late = world
            .engine
            .connections()
            .choose(&admin, &attempt, &chosen)
            .await
            .unwrap();
        assert_eq!(problem(late).kind, Kind::ChoiceExpired);
    })
    .await;
}

#[tokio::test]
async fn the_list_of_pages_is_read_to_its_end_and_unlisted_ones_are_found() {
    tell(async |world| {
        world.meta().page_accounts(1, true);
        let unlist = LifeEvent::Unlist {
            page: world.facebook_page(1).page_id,
            unlisted: true,
        };
        world.meta().life(&unlist).unwrap();
        let page = world.log_in(&world.admin(), LoginDecision::everything()).await;
        let ConnectStep::Choose { candidates, .. } = page.step else {
            panic!("{page:?}")
        };
        assert_eq!(candidates.len(), 3, "{candidates:?}");
    })
    .await;
}

#[tokio::test]
async fn no_page_and_no_linked_account_have_their_own_words_and_looking_again_needs_no_sign_in() {
    tell(async |world| {
        let admin = world.admin();
        let nothing = LoginDecision::everything().only(&[]);
        assert_eq!(problem(world.log_in(&admin, nothing).await).kind, Kind::NoPages);
        let page = world.log_in(&admin, world.only(2)).await;
        let attempt = page.attempt.clone().unwrap();
        let unlinked = problem(page);
        assert_eq!(unlinked.kind, Kind::NothingLinked);
        assert_eq!(unlinked.pages.len(), 1);
        let link = LifeEvent::MoveAccount {
            account: world.facebook_page(1).username.unwrap(),
            to: world.facebook_page(2).page_id,
        };
        world.meta().life(&link).unwrap();
        let found = world.engine.connections().look_again(&admin, &attempt).await.unwrap();
        assert_eq!(connected(found).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_page_one_may_not_write_for_is_shown_with_the_reason() {
    tell(async |world| {
        let tasks = LifeEvent::SetTasks {
            page: world.facebook_page(1).page_id,
            tasks: vec!["ANALYZE".into()],
        };
        world.meta().life(&tasks).unwrap();
        let refused = problem(world.log_in(&world.admin(), world.only(1)).await);
        assert_eq!(refused.kind, Kind::NothingLinked);
        assert!(
            refused.pages[0].sentence.contains("may not write messages"),
            "{refused:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn another_workspace_is_told_and_nothing_changes_for_the_first() {
    tell(async |world| {
        let other = world.login(world.another_tenant().await, "their browser");
        let before = world.account_row().await;
        let refused = problem(world.log_in(&other, world.only(0)).await);
        assert_eq!(refused.kind, Kind::ConnectedElsewhere);
        assert_eq!(world.account_row().await, before);
        assert!(world.account_rows(other.tenant).await.is_empty());
        // After the first one disconnected it, their kept data blocks nobody.
        let connections = world.engine.connections();
        let keep = domain::views::AccountData::Keep;
        connections
            .disconnect(world.tenant, world.account, keep, engine::identity::Actor::Command)
            .await
            .unwrap();
        assert_eq!(connected(world.log_in(&other, world.only(0)).await).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_chosen_page_that_cannot_be_read_is_named_and_the_others_are_connected() {
    tell(async |world| {
        let admin = world.admin();
        let page = world.log_in(&admin, LoginDecision::everything()).await;
        let attempt = page.attempt.unwrap();
        let silent = world.facebook_page(1);
        let away = FaultSpec::from(FaultKind::ServerError { http_status: 503 }).page(&silent.page_id);
        world.meta().fault(away.edge(Edge::Page).times(1));
        let chosen = [world.facebook_page(0).page_id, silent.page_id.clone()];
        let connections = world.engine.connections();
        let done = connections.choose(&admin, &attempt, &chosen).await.unwrap();
        let ConnectStep::Done { accounts, failed, .. } = done.step else {
            panic!("{done:?}")
        };
        assert_eq!((accounts.len(), failed.len()), (1, 1));
        assert_eq!(
            (&failed[0].page_id, &failed[0].page_name),
            (&silent.page_id, &silent.name)
        );
        assert!(failed[0].sentence.contains("did not answer"), "{failed:?}");
    })
    .await;
}

#[tokio::test]
async fn more_than_a_hundred_are_refused_and_a_hundred_are_connected_and_subscribed() {
    tell(async |world| {
        world.meta().add_pages(0, 120);
        let admin = world.admin();
        let page = world.log_in(&admin, LoginDecision::everything()).await;
        let attempt = page.attempt.unwrap();
        let chosen: Vec<String> = world.meta().pages().into_iter().map(|page| page.page_id).collect();
        let connections = world.engine.connections();
        let refused = connections.choose(&admin, &attempt, &chosen).await;
        assert!(matches!(refused, Err(ConnectError::TooMany(100))), "{refused:?}");
        assert_eq!(
            world.account_rows(world.tenant).await.len(),
            1,
            "nothing was cut off in silence"
        );
        let seeded = [0, 1, 2].map(|index| world.facebook_page(index).page_id);
        let chosen: Vec<String> = chosen.into_iter().filter(|page| !seeded.contains(page)).collect();
        let linked = &chosen[..100];
        let accounts = connected(connections.choose(&admin, &attempt, linked).await.unwrap());
        assert_eq!(accounts.len(), 100);
        assert!(accounts.iter().all(|account| account.problem.is_none()), "{accounts:?}");
    })
    .await;
}

#[tokio::test]
async fn a_closed_tab_keeps_no_account_from_being_subscribed() {
    tell(async |world| {
        let admin = world.admin();
        let page = world.log_in(&admin, LoginDecision::everything()).await;
        let attempt = page.attempt.unwrap();
        let slow = FaultSpec::from(FaultKind::Slow { ms: 300, before: true }).edge(Edge::SubscribedApps);
        world.meta().fault(slow);
        let chosen = [world.facebook_page(0).page_id, world.facebook_page(1).page_id];
        let connections = world.engine.connections().clone();
        let request = {
            let (admin, attempt) = (admin.clone(), attempt.clone());
            tokio::spawn(async move { connections.choose(&admin, &attempt, &chosen).await })
        };
        let done = eventually("both are connected", async || {
            match world.page_of(&admin, &attempt).await.step {
                ConnectStep::Done { accounts, .. } => Some(accounts),
                _ => None,
            }
        })
        .await;
        assert!(
            done.iter().all(|account| account
                .problem
                .as_ref()
                .is_some_and(|it| it.contains("still being checked"))),
            "{done:?}"
        );
        request.abort();
        eventually("both are subscribed", async || {
            let rows = world.account_rows(world.tenant).await;
            let all = rows.len() == 2 && rows.iter().all(|row| row.subscribed_fields.contains("messages"));
            all.then_some(())
        })
        .await;
        eventually("the page says so", async || {
            let accounts = connected(world.page_of(&admin, &attempt).await);
            accounts.iter().all(|account| account.problem.is_none()).then_some(())
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn an_account_whose_first_check_never_came_is_checked_within_minutes() {
    tell(async |world| {
        let connections = world.engine.connections();
        let never = "accounts WHERE token_checked_at IS NULL";
        let waiting = "token_checks WHERE checked_at IS NULL";
        connections.tick().await.unwrap();
        let through = "UPDATE token_checks SET checked_at = not_before, result = 'working'";
        world.execute(through, []).await;
        connections.tick().await.unwrap();
        assert_eq!(
            (world.count(never).await, world.count(waiting).await),
            (1, 0),
            "just connected"
        );
        world.pass(minutes(6));
        connections.tick().await.unwrap();
        assert_eq!((world.count(never).await, world.count(waiting).await), (1, 1));
        connections
            .check(world.tenant, world.account, engine::identity::Actor::Command)
            .await
            .unwrap();
        world.execute(through, []).await;
        connections.tick().await.unwrap();
        assert_eq!((world.count(never).await, world.count(waiting).await), (0, 0));
    })
    .await;
}
