//! How a connection ends: by the admin, by the person at Facebook, by a request to delete.

use domain::credits::LedgerKind;
use domain::views::{AccountData, ConnectStep};
use engine::clock::Clock;
use engine::connect::{DisconnectError, SignedRequest};
use engine::identity::Actor;
use engine::storage::{Transaction, sql};
use sandbox::{FaultKind, FaultSpec, LifeEvent, LoginDecision, USER_ID};
use sea_orm::DatabaseBackend;

use crate::support::eventually;
use crate::world::{World, connected, days, minutes, on_postgres, tell, tell_with};

const TOKENS: &str = "sealed_values WHERE purpose IN ('page_token', 'user_token')";
const DEAUTHORIZED: &str = "audit_log WHERE action = 'account.deauthorized'";
const ACCOUNTS: &str = "accounts";

async fn disconnect(world: &World, data: AccountData) {
    let connections = world.engine.connections();
    connections
        .disconnect(world.tenant, world.account, data, Actor::Command)
        .await
        .unwrap();
}

/// A DM whose answer waits with its credit reserved.
async fn one_waits(world: &World) {
    world.meta().fault(FaultKind::MessagesAccessOff);
    world.customer_asks("hello").await;
    assert_eq!(world.balance().await, 9, "reserved");
}

#[tokio::test]
async fn a_disconnect_ends_waiting_replies_destroys_tokens_and_unsubscribes() {
    tell(async |world| {
        one_waits(world).await;
        disconnect(world, AccountData::Keep).await;
        let reply = world.reply().await;
        assert_eq!(
            (reply.state.as_str(), reply.reason.as_deref()),
            ("skipped", Some("account_disconnected"))
        );
        assert_eq!(
            (world.balance().await, world.ledger(LedgerKind::Restore).await),
            (10, 1)
        );
        assert_eq!(world.count(TOKENS).await, 0);
        let calls = world.meta().calls();
        assert!(
            calls
                .iter()
                .any(|call| call.method == "DELETE" && call.status == Some(200)),
            "{calls:?}"
        );
        assert_eq!(world.status_and_cause().await, ("disconnected".into(), None));
        // What is still delivered finds nobody.
        world.meta().clear_faults();
        world.customer_asks("anybody there?").await;
        assert!(world.replies().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_dead_token_or_a_silent_meta_keeps_nobody_from_disconnecting() {
    tell(async |world| {
        world.meta().fault(FaultKind::ServerError { http_status: 503 });
        world.meta().life(&LifeEvent::ChangePassword { user: None }).unwrap();
        disconnect(world, AccountData::Keep).await;
        assert_eq!(
            (world.status_and_cause().await.0.as_str(), world.count(TOKENS).await),
            ("disconnected", 0)
        );
    })
    .await;
}

#[tokio::test]
async fn data_is_deleted_at_once_or_after_thirty_days() {
    tell(async |world| {
        one_waits(world).await;
        disconnect(world, AccountData::Keep).await;
        assert_eq!(world.count(ACCOUNTS).await, 1);
        // Deleting what was kept is still possible; another tenant's is not there.
        let connections = world.engine.connections();
        let other = world.another_tenant().await;
        let refused = connections
            .disconnect(other, world.account, AccountData::Delete, Actor::Command)
            .await;
        assert!(matches!(refused, Err(DisconnectError::NotFound)), "{refused:?}");
        disconnect(world, AccountData::Delete).await;
        for table in [
            "accounts",
            "messages",
            "replies",
            "conversations",
            "reply_configs",
            "sealed_values",
        ] {
            assert_eq!(world.count(table).await, 0, "{table}");
        }
        assert_eq!(world.balance().await, 10, "the ledger stays");
    })
    .await;
    tell(async |world| {
        disconnect(world, AccountData::Keep).await;
        world.pass(days(29));
        world.engine.connections().purge().await.unwrap();
        assert_eq!(world.count(ACCOUNTS).await, 1);
        world.pass(days(2));
        world.engine.connections().purge().await.unwrap();
        assert_eq!(world.count(ACCOUNTS).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_person_who_removes_the_app_ends_their_connections_and_replies_wait() {
    tell(async |world| {
        connected(world.log_in(&world.admin(), world.only(0)).await);
        world.customer_writes("hello");
        world.deliver().await;
        let connections = world.engine.connections();
        let stranger = asked_by(world, "404");
        assert_eq!(connections.deauthorize(&stranger).await.unwrap(), 0);
        let removal = asked_by(world, USER_ID);
        assert_eq!(connections.deauthorize(&removal).await.unwrap(), 1);
        assert_eq!(
            connections.deauthorize(&removal).await.unwrap(),
            0,
            "once more, there is nothing to change"
        );
        assert_eq!(world.count(DEAUTHORIZED).await, 1);
        assert_eq!(
            world.status_and_cause().await,
            ("needs_reconnect".into(), Some("app_removed".into()))
        );
        assert_eq!(world.count(TOKENS).await, 0);
        world.work().await;
        assert!(world.replies().is_empty());
        connected(world.log_in(&world.admin(), world.only(0)).await);
        world.work().await;
        assert_eq!(world.replies().len(), 1, "still inside the window");
    })
    .await;
}

#[tokio::test]
async fn a_removal_that_is_told_late_or_again_leaves_the_connection_made_since_alone() {
    tell(async |world| {
        connected(world.log_in(&world.admin(), world.only(0)).await);
        let removal = asked_by(world, USER_ID);
        let connections = world.engine.connections();
        connections.deauthorize(&removal).await.unwrap();
        world.pass(minutes(1));
        connected(world.log_in(&world.admin(), world.only(0)).await);
        assert_eq!(connections.deauthorize(&removal).await.unwrap(), 0);
        assert_eq!(world.status_and_cause().await, ("connected".into(), None));
        assert_eq!((world.count(TOKENS).await, world.count(DEAUTHORIZED).await), (2, 1));
        let undated = SignedRequest {
            issued_at: None,
            ..removal
        };
        assert_eq!(connections.deauthorize(&undated).await.unwrap(), 1);
    })
    .await;
}

/// What Meta tells when a person removes the app, or asks for the deletion of their data, now.
fn asked_by(world: &World, person: &str) -> SignedRequest {
    SignedRequest {
        person: person.into(),
        issued_at: Some(world.now()),
    }
}

#[tokio::test]
async fn a_request_for_deletion_that_is_repeated_later_leaves_the_connection_made_since_alone() {
    tell(async |world| {
        connected(world.log_in(&world.admin(), world.only(0)).await);
        let request = asked_by(world, USER_ID);
        let connections = world.engine.connections();
        let receipt = connections.delete_data_of(&request).await.unwrap();
        world.pass(minutes(1));
        connected(world.log_in(&world.admin(), world.only(0)).await);
        world.customer_writes("hello");
        world.deliver().await;
        let open = world.log_in(&world.admin(), LoginDecision::everything()).await;
        assert_eq!(connections.delete_data_of(&request).await.unwrap(), receipt);
        assert_eq!(world.status_and_cause().await, ("connected".into(), None));
        assert_eq!((world.count("messages").await, world.count(TOKENS).await), (1, 3));
        let page = world.page_of(&world.admin(), &open.attempt.unwrap()).await;
        assert!(matches!(page.step, ConnectStep::Choose { .. }), "{page:?}");
        let newer = asked_by(world, USER_ID);
        connections.delete_data_of(&newer).await.unwrap();
        assert_eq!((world.count("messages").await, world.count(TOKENS).await), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn data_deleted_while_a_reply_is_on_its_way_costs_no_credit() {
    for by_request in [false, true] {
        tell(async |world| {
            connected(world.log_in(&world.admin(), world.only(0)).await);
            world.meta().fault(FaultSpec::from(FaultKind::NotThreadOwner).times(1));
            world.channel.hold_answers();
            world.customer_writes("hello");
            world.deliver().await;
            let worker = world.work_meanwhile();
            world.channel.answer_held().await;
            assert_eq!(world.balance().await, 9, "reserved");
            if by_request {
                world
                    .engine
                    .connections()
                    .delete_data_of(&asked_by(world, USER_ID))
                    .await
                    .unwrap();
            } else {
                disconnect(world, AccountData::Delete).await;
            }
            assert_eq!(world.balance().await, 10, "whatever becomes of it");
            world.channel.release_answers();
            worker.await.unwrap();
            assert_eq!((world.balance().await, world.replies().len()), (10, 0));
        })
        .await;
    }
}

/// On SQLite it waits for the one writer, from its first statement on.
async fn deletion_waits(world: &World) {
    if world.database.backend() == DatabaseBackend::Postgres {
        let waiting = "pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";
        eventually("the deletion waits for the row", async || {
            (world.count(waiting).await > 0).then_some(())
        })
        .await;
    }
}

#[tokio::test]
async fn a_request_for_deletion_and_a_disconnect_take_their_locks_in_one_order() {
    tell_with(on_postgres, async |world| {
        connected(world.log_in(&world.admin(), world.only(0)).await);
        world.customer_writes("hello");
        world.deliver().await;
        // What a disconnect that deletes the data locks first, and what next.
        let ending = world.database.begin().await.unwrap();
        let account = || [world.account.as_uuid().into()];
        // Who waits in vain is told first; the deletion would be carried out anew.
        sql::execute(&ending, "SET LOCAL deadlock_timeout = '1ms'", [])
            .await
            .unwrap();
        let first = "UPDATE accounts SET updated_at = updated_at WHERE id = $1";
        sql::execute(&ending, first, account()).await.unwrap();
        let (connections, request) = (world.engine.connections().clone(), asked_by(world, USER_ID));
        let deletion = tokio::spawn(async move { connections.delete_data_of(&request).await });
        deletion_waits(world).await;
        let next = "UPDATE conversations SET customer_id = customer_id WHERE account_id = $1";
        sql::execute(&ending, next, account()).await.unwrap();
        ending.commit().await.unwrap();
        deletion.await.unwrap().unwrap();
        assert_eq!(world.count("messages").await, 0);
    })
    .await;
}

#[tokio::test]
async fn an_account_that_is_connected_again_while_old_ones_are_deleted_stays() {
    tell(async |world| {
        disconnect(world, AccountData::Keep).await;
        world.pass(days(31));
        let tx = world.database.begin().await.unwrap();
        let text = "UPDATE accounts SET status = 'connected' WHERE id = $1";
        sql::execute(&tx, text, [world.account.as_uuid().into()]).await.unwrap();
        let connections = world.engine.connections().clone();
        let purge = tokio::spawn(async move { connections.purge().await });
        deletion_waits(world).await;
        tx.commit().await.unwrap();
        purge.await.unwrap().unwrap();
        assert_eq!(world.count(ACCOUNTS).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_request_for_deletion_ends_sign_ins_that_are_not_finished() {
    tell(async |world| {
        let page = world.log_in(&world.admin(), LoginDecision::everything()).await;
        assert!(matches!(page.step, ConnectStep::Choose { .. }), "{page:?}");
        let tokens = "sealed_values WHERE purpose = 'user_token'";
        assert_eq!((world.count("connect_visits").await, world.count(tokens).await), (1, 1));
        let connections = world.engine.connections();
        connections.delete_data_of(&asked_by(world, "404")).await.unwrap();
        assert_eq!(world.count("connect_visits").await, 1, "somebody else's");
        connections.delete_data_of(&asked_by(world, USER_ID)).await.unwrap();
        assert_eq!((world.count("connect_visits").await, world.count(tokens).await), (0, 0));
        let visit = page.attempt.unwrap();
        let page = world.page_of(&world.admin(), &visit).await;
        assert!(matches!(page.step, ConnectStep::Start { .. }), "{page:?}");
    })
    .await;
}

/// A step of the only login attempt, as it is being saved: the row is locked, its token is there and not committed.
async fn save_a_step(world: &World) -> Transaction {
    let tx = world.database.begin().await.unwrap();
    let later = (world.clock.now() + minutes(60)).as_millis();
    sql::execute(&tx, "UPDATE connect_visits SET expires_at = $1", [later.into()])
        .await
        .unwrap();
    let token = "INSERT INTO sealed_values (owner_id, purpose, tenant_id, key_id, ciphertext, created_at)
        SELECT id, 'user_token', tenant_id, 'k', $1, begun_at FROM connect_visits";
    sql::execute(&tx, token, [vec![7_u8; 40].into()]).await.unwrap();
    tx
}

/// A finished attempt: it is known whose it is, and nothing is sealed for it.
async fn an_attempt_without_a_token(world: &World) {
    world.log_in(&world.admin(), LoginDecision::everything()).await;
    let text = "DELETE FROM sealed_values WHERE purpose = 'user_token' AND owner_id IN (SELECT id FROM connect_visits)";
    world.execute(text, []).await;
}

#[tokio::test]
async fn a_token_that_is_saved_while_its_attempt_is_deleted_goes_too() {
    tell(async |world| {
        an_attempt_without_a_token(world).await;
        let tx = save_a_step(world).await;
        let connections = world.engine.connections().clone();
        let request = asked_by(world, USER_ID);
        let deletion = tokio::spawn(async move { connections.delete_data_of(&request).await });
        deletion_waits(world).await;
        tx.commit().await.unwrap();
        deletion.await.unwrap().unwrap();
        let tokens = "sealed_values WHERE purpose = 'user_token'";
        assert_eq!((world.count("connect_visits").await, world.count(tokens).await), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn an_attempt_that_goes_on_while_old_ones_are_purged_keeps_its_token() {
    tell(async |world| {
        an_attempt_without_a_token(world).await;
        world.pass(minutes(61));
        let tx = save_a_step(world).await;
        let connections = world.engine.connections().clone();
        let purge = tokio::spawn(async move { connections.purge().await });
        deletion_waits(world).await;
        tx.commit().await.unwrap();
        purge.await.unwrap().unwrap();
        let tokens = "sealed_values WHERE purpose = 'user_token'";
        assert_eq!((world.count("connect_visits").await, world.count(tokens).await), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn a_request_for_deletion_is_carried_out_once_and_answered_always() {
    tell(async |world| {
        connected(world.log_in(&world.admin(), world.only(0)).await);
        world.customer_writes("hello");
        world.deliver().await;
        let connections = world.engine.connections();
        let stranger = connections.delete_data_of(&asked_by(world, "404")).await.unwrap();
        let status = connections.deletion_status(&stranger.code).await.unwrap().unwrap();
        assert_eq!(status.accounts, 0);
        let receipt = connections.delete_data_of(&asked_by(world, USER_ID)).await.unwrap();
        let again = connections.delete_data_of(&asked_by(world, USER_ID)).await.unwrap();
        assert_eq!(receipt, again);
        let status = connections.deletion_status(&receipt.code).await.unwrap().unwrap();
        assert_eq!(status.accounts, 1);
        assert_eq!(connections.deletion_status("NEVERGIVENOUT").await.unwrap(), None);
        let page = connections.deletion_page(&receipt.code).await.unwrap();
        assert!(page.found && page.sentences[1].contains("were deleted"), "{page:?}");
        assert!(!connections.deletion_page("NEVERGIVENOUT").await.unwrap().found);
        assert_eq!(
            world.status_and_cause().await,
            ("disconnected".into(), Some("data_deleted".into()))
        );
        let left = "messages";
        assert_eq!((world.count(TOKENS).await, world.count(left).await), (0, 0));
        let person = "instagram_accounts WHERE connected_by IS NOT NULL";
        assert_eq!(world.count(person).await, 0);
    })
    .await;
}
