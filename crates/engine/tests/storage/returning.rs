//! `RETURNING` through the builder, on both databases.

use domain::accounts::AccountStatusKind;
use domain::ids::AccountId;
use domain::time::Timestamp;
use engine::storage::entity::{accounts, inbound_events};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{OnConflict, Query};
use sea_orm::{ConnectionTrait, ExprTrait, QueryTrait};

use crate::support::{for_each_database, seeds};

const NOW: Timestamp = Timestamp::from_millis(1_795_000_000_000);

fn event(account: AccountId, key: &str) -> inbound_events::ActiveModel {
    inbound_events::ActiveModel {
        account_id: Set(account),
        event_key: Set(key.into()),
        received_at: Set(NOW),
    }
}

#[tokio::test]
async fn an_update_returns_the_rows_it_changed() {
    for_each_database(|database| async move {
        let account = seeds::tenant(&database, NOW).await.account;
        let tx = database.begin().await.unwrap();
        let off = accounts::ActiveModel {
            auto_reply: Set(false),
            ..Default::default()
        };
        let update = accounts::Entity::update_many()
            .set(off)
            .filter(accounts::Column::Id.eq(account));
        let rows = update.exec_with_returning(&tx).await.unwrap();
        let rows: Vec<_> = rows.iter().map(|row| (row.id, row.auto_reply, row.status)).collect();
        assert_eq!(
            rows,
            [(account, false, AccountStatusKind::Connected)],
            "{}",
            database.kind
        );
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn one_column_can_be_returned_through_the_query_below() {
    for_each_database(|database| async move {
        let account = seeds::tenant(&database, NOW).await.account;
        let step = accounts::Column::PauseStep;
        let mut update = accounts::Entity::update_many()
            .col_expr(step, Expr::col(step).add(1))
            .filter(accounts::Column::Id.eq(account))
            .into_query();
        update.returning(Query::returning().column(step));
        let row = database.writer().query_one(&update).await.unwrap().unwrap();
        assert_eq!(row.try_get_by_index::<i64>(0).unwrap(), 1, "{}", database.kind);
    })
    .await;
}

#[tokio::test]
async fn an_insert_returns_the_keys_that_were_new() {
    for_each_database(|database| async move {
        let account = seeds::tenant(&database, NOW).await.account;
        inbound_events::Entity::insert(event(account, "known"))
            .exec_without_returning(database.writer())
            .await
            .unwrap();
        let rows = ["known", "new"].map(|key| event(account, key));
        let insert = inbound_events::Entity::insert_many(rows).on_conflict(OnConflict::new().do_nothing().to_owned());
        let keys = insert.exec_with_returning_keys(database.writer()).await.unwrap();
        assert_eq!(keys, [(account, "new".to_owned())], "{}", database.kind);
    })
    .await;
}

#[tokio::test]
async fn a_delete_returns_what_it_took() {
    for_each_database(|database| async move {
        let account = seeds::tenant(&database, NOW).await.account;
        inbound_events::Entity::insert(event(account, "old"))
            .exec_without_returning(database.writer())
            .await
            .unwrap();
        let delete = inbound_events::Entity::delete_many().filter(inbound_events::Column::AccountId.eq(account));
        let gone = delete.exec_with_returning(database.writer()).await.unwrap();
        assert_eq!(gone.len(), 1, "{}", database.kind);
        assert_eq!(gone[0].event_key, "old");
    })
    .await;
}
