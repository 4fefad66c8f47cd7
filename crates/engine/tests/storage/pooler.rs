//! A direct connection keeps its sessions, and the question changes nothing about it.

use engine::storage::pooler_problem;

use crate::support::for_each_database;

#[tokio::test]
async fn nothing_is_said_about_sessions_that_are_kept() {
    for_each_database(|database| async move {
        let open = database.open_again().await;
        for _ in 0..3 {
            assert_eq!(pooler_problem(&open).await.unwrap(), None, "{}", database.kind);
        }
        open.close().await;
    })
    .await;
}
