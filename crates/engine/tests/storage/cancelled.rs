//! A caller that is given up while its transaction begins (a browser that goes away) leaves no connection in that transaction: the next
//! statement on it would never be committed, and hold its locks for good.

use std::future::Future;
use std::pin::pin;
use std::task::Poll;

use engine::storage::{Database, sql};
use futures::future::join_all;
use sea_orm::DatabaseBackend;

use crate::support::{eventually, for_each_database};

/// Polls so often, then drops.
async fn give_up_after<F: Future>(future: F, polls: usize) {
    let mut future = pin!(future);
    let mut left = polls;
    std::future::poll_fn(|context| {
        if left == 0 || future.as_mut().poll(context).is_ready() {
            return Poll::Ready(());
        }
        left -= 1;
        Poll::Pending
    })
    .await;
}

#[tokio::test]
async fn a_transaction_that_nobody_waits_for_any_more_is_rolled_back() {
    for_each_database(|database| async move {
        let observer = database.open_again().await;
        for polls in 0..12 {
            join_all((0..4).map(|_| give_up_after(database.begin(), polls))).await;
            eventually("no connection is left in a transaction", || async {
                (connections_in_a_transaction(&observer).await == 0).then_some(())
            })
            .await;
            observer.begin().await.unwrap().rollback().await.unwrap();
        }
        observer.close().await;
    })
    .await;
}

async fn connections_in_a_transaction(observer: &Database) -> i64 {
    if observer.backend() == DatabaseBackend::Sqlite {
        // One writer: were it still in a transaction, the observer could not begin.
        return 0;
    }
    let text = "SELECT COUNT(*) FROM pg_stat_activity
        WHERE datname = current_database() AND state LIKE 'idle in transaction%'";
    sql::value(observer.reader(), text, []).await.unwrap().unwrap()
}
