//! Purging: finished and old, in small steps.

use engine::jobs::{self, Job};

use super::rows::{enqueue, some_job};
use crate::support::for_each_database;

#[tokio::test]
async fn only_jobs_that_finished_long_ago_are_deleted() {
    for_each_database(|database| async move {
        let [old, fresh, live] = [some_job(), some_job(), some_job()];
        enqueue(&database, &[old, fresh, live]).await;
        for (job, seconds) in [(old, 3700), (fresh, 3500)] {
            let (table, done, key) = (database.jobs_table(), database.ago(seconds), job.key());
            let text = format!("UPDATE {table} SET status = 'Done', done_at = {done} WHERE idempotency_key = '{key}'");
            database.execute(&text, []).await;
        }
        assert_eq!(
            jobs::purge(database.writer(), 100).await.unwrap(),
            1,
            "{}",
            database.kind
        );
        assert_eq!(database.status_of(&old).await, None, "{}", database.kind);
        assert_eq!(
            database.status_of(&fresh).await.as_deref(),
            Some("Done"),
            "{}",
            database.kind
        );
        assert_eq!(
            database.status_of(&live).await.as_deref(),
            Some("Pending"),
            "{}",
            database.kind
        );
    })
    .await;
}

#[tokio::test]
async fn one_call_deletes_no_more_than_its_limit() {
    for_each_database(|database| async move {
        let jobs: Vec<_> = (0..25).map(|_| some_job()).collect();
        enqueue(&database, &jobs).await;
        let text = format!(
            "UPDATE {} SET status = 'Done', done_at = {}",
            database.jobs_table(),
            database.ago(7200)
        );
        database.execute(&text, []).await;
        let mut deleted = Vec::new();
        for _ in 0..4 {
            deleted.push(jobs::purge(database.writer(), 10).await.unwrap());
        }
        assert_eq!(deleted, [10, 10, 5, 0], "{}", database.kind);
    })
    .await;
}
