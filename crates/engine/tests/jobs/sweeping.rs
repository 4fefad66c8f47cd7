//! Sweeping: every due reply gets a job sooner or later, and never two at once.

use std::time::Duration;

use domain::ids::ReplyId;
use domain::time::Timestamp;
use engine::jobs::SendReply;
use engine::jobs::queue::enqueue as enqueue_in;
use engine::jobs::stranded::{enqueue_stranded, stranded_replies};
use engine::jobs::{WakeUps, depth};

use super::diary::{Diary, Workers};
use super::rows::{NOW, enqueue};
use crate::support::{TestDatabase, for_each_database, seeds};

async fn stranded(database: &TestDatabase) -> Vec<SendReply> {
    stranded_replies(database.reader(), NOW, NOW, 1000).await.unwrap()
}

async fn sweep(database: &TestDatabase, found: &[SendReply]) -> Vec<SendReply> {
    let tx = database.begin().await.unwrap();
    let enqueued = enqueue_stranded(&tx, found, NOW).await.unwrap();
    tx.commit().await.unwrap();
    enqueued
}

fn first_job(reply: ReplyId) -> SendReply {
    SendReply { reply, job_no: 1 }
}

async fn set(database: &TestDatabase, reply: ReplyId, what: &str) {
    let id = reply.as_uuid().simple();
    let id = if database.is_postgres() {
        format!("'{id}'::uuid")
    } else {
        format!("x'{id}'")
    };
    assert_eq!(
        database
            .execute(&format!("UPDATE replies SET {what} WHERE id = {id}"), [])
            .await,
        1
    );
}

#[tokio::test]
async fn a_due_reply_without_a_job_gets_the_next_number() {
    for_each_database(|database| async move {
        let seed = seeds::tenant(&database, NOW).await;
        let reply = seed.reply(&database, NOW).await;
        assert_eq!(stranded(&database).await, [first_job(reply)], "{}", database.kind);

        let enqueued = sweep(&database, &[first_job(reply)]).await;
        assert_eq!(enqueued, [SendReply { reply, job_no: 2 }], "{}", database.kind);
        assert_eq!(database.status_of(&enqueued[0]).await.as_deref(), Some("Pending"));
        assert!(stranded(&database).await.is_empty(), "{}", database.kind);
    })
    .await;
}

#[tokio::test]
async fn replies_that_are_settled_claimed_or_not_due_are_left_alone() {
    for_each_database(|database| async move {
        let seed = seeds::tenant(&database, NOW).await;
        let later = NOW + Duration::from_secs(1);
        seed.reply(&database, later).await;
        let claimed = seed.reply(&database, NOW).await;
        set(&database, claimed, &format!("claimed_until = {}", later.as_millis())).await;
        let settled = seed.reply(&database, NOW).await;
        set(&database, settled, "state = 'sent', settled_at = 1").await;
        let has_job = seed.reply(&database, NOW).await;
        enqueue(&database, &[first_job(has_job)]).await;
        assert!(stranded(&database).await.is_empty(), "{}", database.kind);

        let expired = seed.reply(&database, NOW).await;
        set(&database, expired, &format!("claimed_until = {}", NOW.as_millis())).await;
        assert_eq!(stranded(&database).await, [first_job(expired)], "{}", database.kind);
    })
    .await;
}

#[tokio::test]
async fn the_longest_due_come_first_and_never_more_than_asked_for() {
    for_each_database(|database| async move {
        let seed = seeds::tenant(&database, NOW).await;
        let mut replies = Vec::new();
        for age in [1, 3, 2] {
            replies.push(seed.reply(&database, NOW - Duration::from_secs(age)).await);
        }
        let found = stranded_replies(database.reader(), NOW, NOW, 2).await.unwrap();
        assert_eq!(
            found,
            [first_job(replies[1]), first_job(replies[2])],
            "{}",
            database.kind
        );
    })
    .await;
}

#[tokio::test]
async fn a_reply_whose_job_ended_without_settling_it_gets_another() {
    for_each_database(|database| async move {
        let seed = seeds::tenant(&database, NOW).await;
        let reply = seed.reply(&database, NOW).await;
        enqueue(&database, &[first_job(reply)]).await;
        let diary = Diary::new();
        let workers = Workers::start(&database, WakeUps::new(), diary.clone());
        database.until_all(&[first_job(reply)], "Done").await;
        let enqueued = sweep(&database, &stranded(&database).await).await;
        assert_eq!(enqueued, [SendReply { reply, job_no: 2 }]);
        database.until_all(&enqueued, "Done").await;
        workers.stop().await;
        assert_eq!(diary.begun(reply), 2, "{}", database.kind);
    })
    .await;
}

#[tokio::test]
async fn a_job_that_was_taken_up_holds_a_new_one_back_only_for_a_while() {
    for_each_database(|database| async move {
        let seed = seeds::tenant(&database, NOW).await;
        let reply = seed.reply(&database, NOW).await;
        enqueue(&database, &[first_job(reply)]).await;
        for status in ["Queued", "Running"] {
            for (seconds, expected) in [(10, 0), (600, 1)] {
                let (table, taken) = (database.jobs_table(), database.ago(seconds));
                database
                    .execute(
                        &format!("UPDATE {table} SET status = '{status}', lock_at = {taken}"),
                        [],
                    )
                    .await;
                let found = stranded(&database).await;
                assert_eq!(found.len(), expected, "{}: {status} {seconds} s ago", database.kind);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn of_two_sweepers_one_enqueues() {
    for_each_database(|database| async move {
        let seed = seeds::tenant(&database, NOW).await;
        for _ in 0..70 {
            seed.reply(&database, NOW).await;
        }
        let (first, second) = (stranded(&database).await, stranded(&database).await);
        assert_eq!((first.len(), second.len()), (70, 70));
        assert_eq!(sweep(&database, &first).await.len(), 70, "{}", database.kind);
        assert!(sweep(&database, &second).await.is_empty(), "{}", database.kind);
        assert_eq!(database.count(database.jobs_table()).await, 70, "{}", database.kind);
    })
    .await;
}

#[tokio::test]
async fn a_sweep_that_rolls_back_changes_nothing() {
    for_each_database(|database| async move {
        let seed = seeds::tenant(&database, NOW).await;
        let reply = seed.reply(&database, NOW).await;
        let tx = database.begin().await.unwrap();
        enqueue_stranded(&tx, &[first_job(reply)], NOW).await.unwrap();
        enqueue_in(&tx, &[first_job(reply)], NOW).await.unwrap();
        drop(tx);
        assert_eq!(stranded(&database).await, [first_job(reply)], "{}", database.kind);
    })
    .await;
}

#[tokio::test]
async fn depth_counts_what_could_be_worked_on_now() {
    for_each_database(|database| async move {
        let measure = async |now: Timestamp| {
            let depth = depth(database.reader(), now).await.unwrap();
            (depth.waiting, depth.oldest_seconds)
        };
        assert_eq!(measure(NOW).await, (0, 0), "{}", database.kind);
        let seed = seeds::tenant(&database, NOW).await;
        seed.reply(&database, NOW - Duration::from_secs(90)).await;
        seed.reply(&database, NOW).await;
        seed.reply(&database, NOW + Duration::from_secs(60)).await;
        let claimed = seed.reply(&database, NOW - Duration::from_secs(300)).await;
        set(&database, claimed, &format!("claimed_until = {}", NOW.as_millis() + 1)).await;
        assert_eq!(measure(NOW).await, (2, 90), "{}", database.kind);
        assert_eq!(
            measure(NOW + Duration::from_secs(60)).await,
            (4, 360),
            "{}",
            database.kind
        );
    })
    .await;
}
