//! Enqueueing: part of the caller's transaction, at most once per key, in order.

use engine::jobs::queue::enqueue as enqueue_in;
use engine::jobs::{Job, SendReply};
use engine::storage::sql;
use sea_orm::FromQueryResult;

use super::rows::{NOW, enqueue, some_job};
use crate::support::{TestDatabase, for_each_database};

#[derive(Debug, FromQueryResult)]
struct JobRow {
    id: String,
    job: Vec<u8>,
    job_type: String,
    status: String,
    attempts: i32,
    max_attempts: i32,
    priority: i32,
    idempotency_key: String,
    due: bool,
}

async fn jobs(database: &TestDatabase) -> Vec<JobRow> {
    let (table, due) = if database.is_postgres() {
        ("apalis.jobs", "run_at <= now()")
    } else {
        ("Jobs", "run_at <= CAST(strftime('%s', 'now') AS INTEGER)")
    };
    let text = format!(
        "SELECT id, job, job_type, status, attempts, max_attempts, priority, idempotency_key, {due} AS due
        FROM {table} ORDER BY id"
    );
    sql::all(database.reader(), text, []).await.unwrap()
}

fn job(job_no: i64) -> SendReply {
    SendReply { job_no, ..some_job() }
}

#[tokio::test]
async fn a_job_carries_the_id_of_its_reply_and_is_due_at_once() {
    for_each_database(|database| async move {
        let wanted = job(7);
        enqueue(&database, &[wanted]).await;
        let rows = jobs(&database).await;
        let [row] = rows.as_slice() else {
            panic!("{}: {rows:?}", database.kind)
        };
        assert_eq!(
            String::from_utf8(row.job.clone()).unwrap(),
            format!("{{\"reply_id\":\"{}\"}}", wanted.reply)
        );
        assert_eq!((row.job_type.as_str(), row.status.as_str()), ("replies", "Pending"));
        assert_eq!((row.attempts, row.max_attempts, row.priority), (0, 1, 0));
        assert_eq!(
            row.idempotency_key,
            format!("reply:{}:7", wanted.reply.as_uuid().simple())
        );
        assert!(row.due, "{}", database.kind);
        assert_eq!(row.id.len(), 26);
        assert!(row.id.starts_with("01M7"), "a ULID begins with its instant: {}", row.id);
    })
    .await;
}

#[tokio::test]
async fn jobs_of_one_call_keep_their_order() {
    for_each_database(|database| async move {
        let wanted: Vec<SendReply> = (0..150).map(job).collect();
        enqueue(&database, &wanted).await;
        let keys: Vec<String> = jobs(&database)
            .await
            .into_iter()
            .map(|row| row.idempotency_key)
            .collect();
        let expected: Vec<String> = wanted.iter().map(Job::key).collect();
        assert_eq!(keys, expected, "{}", database.kind);
    })
    .await;
}

#[tokio::test]
async fn a_duplicate_key_is_skipped_and_leaves_the_transaction_usable() {
    for_each_database(|database| async move {
        let (first, second) = (job(1), job(1));
        enqueue(&database, &[first]).await;
        let tx = database.begin().await.unwrap();
        enqueue_in(&tx, &[first, second], NOW).await.unwrap();
        enqueue_in(&tx, &[second], NOW).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(jobs(&database).await.len(), 2, "{}", database.kind);
    })
    .await;
}

#[tokio::test]
async fn a_transaction_that_rolls_back_leaves_no_job() {
    for_each_database(|database| async move {
        let tx = database.begin().await.unwrap();
        enqueue_in(&tx, &[job(1), job(1), job(1)], NOW).await.unwrap();
        drop(tx);
        assert!(jobs(&database).await.is_empty(), "{}", database.kind);
    })
    .await;
}

#[tokio::test]
async fn nothing_due_is_no_statement() {
    for_each_database(|database| async move {
        enqueue(&database, &[]).await;
        assert!(jobs(&database).await.is_empty());
    })
    .await;
}
