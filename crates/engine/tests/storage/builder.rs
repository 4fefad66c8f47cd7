//! What the rest of the code relies on when it uses SeaORM's builder, on both databases.

use domain::accounts::{AccountCause, AccountStatusKind};
use domain::ids::{AccountId, TenantId};
use domain::time::Timestamp;
use engine::channels::event::CountedKind;
use engine::storage::entity::{accounts, inbound_events, messages, webhook_health};
use engine::storage::{JobPool, StorageError, bulk, sql};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{DerivePartialModel, ExprTrait, FromQueryResult, QuerySelect, TransactionTrait, TryInsertResult};
use sqlx::Connection;

use crate::support::seeds::{self, Seed};
use crate::support::{TestDatabase, for_each_database};

const NOW: Timestamp = Timestamp::from_millis(1_795_000_000_000);

fn event(account: AccountId, key: &str) -> inbound_events::ActiveModel {
    inbound_events::ActiveModel {
        account_id: Set(account),
        event_key: Set(key.into()),
        received_at: Set(NOW),
    }
}

async fn seeded(database: &TestDatabase) -> Seed {
    seeds::tenant(database, NOW).await
}

#[tokio::test]
async fn a_conflict_inserts_nothing_and_leaves_the_transaction_usable() {
    for_each_database(|database| async move {
        let account = seeded(&database).await.account;
        let tx = database.begin().await.unwrap();
        let insert = || {
            inbound_events::Entity::insert(event(account, "mid:1"))
                .on_conflict(OnConflict::new().do_nothing().to_owned())
                .exec_without_returning(&tx)
        };
        assert_eq!(
            (insert().await.unwrap(), insert().await.unwrap()),
            (1, 0),
            "{}",
            database.kind
        );
        tx.commit().await.unwrap();
        let again = inbound_events::Entity::insert(event(account, "mid:1")).on_conflict_do_nothing();
        let again = again.exec_without_returning(database.writer()).await.unwrap();
        assert!(
            matches!(again, TryInsertResult::Inserted(0) | TryInsertResult::Conflicted),
            "{again:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn an_upsert_adds_to_what_is_there() {
    for_each_database(|database| async move {
        for _ in 0..2 {
            let row = webhook_health::Model {
                kind: CountedKind::Read,
                count: 2,
                last_at: NOW,
            };
            let column = |column| Expr::col((webhook_health::Entity, column));
            let sum = column(webhook_health::Column::Count).add(Expr::cust("excluded.count"));
            let add = OnConflict::column(webhook_health::Column::Kind)
                .value(webhook_health::Column::Count, sum)
                .update_column(webhook_health::Column::LastAt)
                .to_owned();
            let insert = webhook_health::Entity::insert(webhook_health::ActiveModel::from(row)).on_conflict(add);
            insert.exec_without_returning(database.writer()).await.unwrap();
        }
        let row = webhook_health::Entity::find_by_id(CountedKind::Read)
            .one(database.reader())
            .await
            .unwrap();
        assert_eq!(row.map(|row| row.count), Some(4), "{}", database.kind);
    })
    .await;
}

#[tokio::test]
async fn a_compare_and_set_says_whether_it_applied() {
    for_each_database(|database| async move {
        let account = seeded(&database).await.account;
        let tx = database.begin().await.unwrap();
        let pause = |from: AccountStatusKind| {
            let paused = accounts::ActiveModel {
                status: Set(AccountStatusKind::Paused),
                status_cause: Set(Some(AccountCause::RateLimited)),
                paused_until: Set(Some(NOW)),
                ..Default::default()
            };
            accounts::Entity::update_many()
                .set(paused)
                .col_expr(
                    accounts::Column::PauseStep,
                    Expr::col(accounts::Column::PauseStep).add(1),
                )
                .filter(accounts::Column::Id.eq(account))
                .filter(accounts::Column::Status.eq(from))
                .exec(&tx)
        };
        assert_eq!(pause(AccountStatusKind::Connected).await.unwrap().rows_affected, 1);
        assert_eq!(pause(AccountStatusKind::Connected).await.unwrap().rows_affected, 0);
        tx.commit().await.unwrap();
        let row = accounts::Entity::find_by_id(account)
            .one(database.reader())
            .await
            .unwrap()
            .unwrap();
        assert_eq!((row.pause_step, row.paused_until), (1, Some(NOW)), "{}", database.kind);
    })
    .await;
}

#[derive(Debug, PartialEq, DerivePartialModel)]
#[sea_orm(entity = "accounts::Entity")]
struct Switches {
    id: AccountId,
    enabled: bool,
    status: AccountStatusKind,
    paused_until: Option<Timestamp>,
}

#[derive(Debug, PartialEq, FromQueryResult)]
struct StatusRow {
    id: AccountId,
    status: AccountStatusKind,
    status_cause: Option<AccountCause>,
}

#[tokio::test]
async fn parts_of_a_row_have_the_types_of_their_columns() {
    for_each_database(|database| async move {
        let Seed { tenant, account, .. } = seeded(&database).await;
        let found = || accounts::find_for(tenant).filter(accounts::Column::Id.eq(account));
        let status = AccountStatusKind::Connected;
        let part = found()
            .into_partial_model::<Switches>()
            .one(database.reader())
            .await
            .unwrap();
        assert_eq!(
            part,
            Some(Switches {
                id: account,
                enabled: true,
                status,
                paused_until: None
            })
        );
        let row = found().into_model::<StatusRow>().one(database.reader()).await.unwrap();
        assert_eq!(
            row,
            Some(StatusRow {
                id: account,
                status,
                status_cause: None
            })
        );
        let columns = found()
            .select_only()
            .columns([accounts::Column::Status, accounts::Column::StatusSince]);
        let tuple: Option<(AccountStatusKind, Timestamp)> = columns.into_tuple().one(database.reader()).await.unwrap();
        assert_eq!(tuple, Some((status, NOW)), "{}", database.kind);
        let other = TenantId::from_uuid(Uuid::now_v7());
        assert!(!accounts::find_for(other).exists(database.reader()).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_raw_statement_reads_typed_rows_inside_a_transaction() {
    for_each_database(|database| async move {
        let account = seeded(&database).await.account;
        let tx = database.begin().await.unwrap();
        let text = "SELECT id, status, status_cause FROM accounts WHERE id = $1";
        let row = sql::optional::<StatusRow, _>(&tx, text, [account.into()])
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (row.id, row.status),
            (account, AccountStatusKind::Connected),
            "{}",
            database.kind
        );
        tx.rollback().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_unknown_name_says_which_enum_it_is_not() {
    for_each_database(|database| async move {
        let seed = seeded(&database).await;
        let message = seed.message(&database, NOW).await;
        let text = "UPDATE messages SET kind = 'telepathy'";
        sql::execute(database.writer(), text, []).await.unwrap();
        let error = messages::Entity::find_by_id(message)
            .one(database.writer())
            .await
            .unwrap_err();
        assert!(error.to_string().contains("unknown MessageKind: telepathy"), "{error}");
        let error = StorageError::from(error);
        assert!(
            matches!(error, StorageError::Corrupt("MessageKind")),
            "{}: {error:?}",
            database.kind
        );
    })
    .await;
}

#[tokio::test]
async fn many_rows_go_in_by_powers_of_two() {
    for_each_database(|database| async move {
        let account = seeded(&database).await.account;
        let rows: Vec<_> = (0..150)
            .map(|number| event(account, &format!("mid:{number}")))
            .collect();
        let sizes: Vec<usize> = bulk::chunks(rows.clone()).map(|chunk| chunk.len()).collect();
        assert_eq!(sizes, [64, 64, 16, 4, 2]);
        for chunk in bulk::chunks(rows) {
            inbound_events::Entity::insert_many(chunk)
                .exec_without_returning(database.writer())
                .await
                .unwrap();
        }
        let count = inbound_events::Entity::find().count(database.reader()).await.unwrap();
        assert_eq!(count, 150, "{}", database.kind);
        let few =
            inbound_events::Entity::delete_many().filter(inbound_events::Column::EventKey.is_in(["mid:1", "mid:2"]));
        assert_eq!(few.exec(database.writer()).await.unwrap().rows_affected, 2);
    })
    .await;
}

#[tokio::test]
async fn a_builders_statement_is_prepared_once() {
    for_each_database(|database| async move {
        let account = seeded(&database).await.account;
        let before = cached(&database).await;
        let Some(before) = before else { return };
        for id in [account, AccountId::from_uuid(Uuid::now_v7()), account] {
            accounts::Entity::find_by_id(id).one(database.writer()).await.unwrap();
        }
        assert_eq!(cached(&database).await, Some(before + 1));
    })
    .await;
}

/// The prepared statements of the one connection that SQLite writes with.
async fn cached(database: &TestDatabase) -> Option<usize> {
    match database.job_pool() {
        JobPool::Sqlite(pool) => Some(pool.acquire().await.unwrap().cached_statements_size()),
        JobPool::Postgres(_) => None,
    }
}

#[tokio::test]
async fn a_nested_transaction_rolls_back_alone() {
    for_each_database(|database| async move {
        let account = seeded(&database).await.account;
        let tx = database.begin().await.unwrap();
        inbound_events::Entity::insert(event(account, "kept"))
            .exec_without_returning(&tx)
            .await
            .unwrap();
        let nested = tx.begin().await.unwrap();
        inbound_events::Entity::insert(event(account, "lost"))
            .exec_without_returning(&nested)
            .await
            .unwrap();
        nested.rollback().await.unwrap();
        tx.commit().await.unwrap();
        let keys = inbound_events::Entity::find()
            .select_only()
            .column(inbound_events::Column::EventKey);
        let keys: Vec<String> = keys.into_tuple().all(database.reader()).await.unwrap();
        assert_eq!(keys, ["kept"], "{}", database.kind);
    })
    .await;
}
