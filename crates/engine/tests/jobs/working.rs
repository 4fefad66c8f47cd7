//! Working: once per job, panics stay at our boundary, shutdown finishes what is in hand.

use std::time::Duration;

use engine::jobs::queue::enqueue as enqueue_in;
use engine::jobs::{WakeUps, WorkerSettings};

use super::diary::{Diary, Workers};
use super::rows::{NOW, enqueue, some_job};
use crate::support::for_each_database;

#[tokio::test]
async fn a_committed_job_is_worked_once_and_a_rolled_back_one_never() {
    for_each_database(|database| async move {
        let committed: Vec<_> = (0..200).map(|_| some_job()).collect();
        let rolled_back = some_job();
        enqueue(&database, &committed).await;
        let tx = database.begin().await.unwrap();
        enqueue_in(&tx, &[rolled_back], NOW).await.unwrap();
        drop(tx);

        let diary = Diary::new();
        let workers = Workers::start(&database, WakeUps::new(), diary.clone());
        database.until_all(&committed, "Done").await;
        workers.stop().await;

        assert!(
            committed.iter().all(|job| diary.begun(job.reply) == 1),
            "{}",
            database.kind
        );
        assert_eq!(diary.begun(rolled_back.reply), 0, "{}", database.kind);
    })
    .await;
}

#[tokio::test]
async fn two_servers_share_the_jobs() {
    for_each_database(|database| async move {
        if !database.is_postgres() {
            return;
        }
        let jobs: Vec<_> = (0..300).map(|_| some_job()).collect();
        enqueue(&database, &jobs).await;
        let diary = Diary::new();
        let both = [
            Workers::start(&database, WakeUps::new(), diary.clone()),
            Workers::start(&database, WakeUps::new(), diary.clone()),
        ];
        database.until_all(&jobs, "Done").await;
        for workers in both {
            workers.stop().await;
        }
        assert!(jobs.iter().all(|job| diary.begun(job.reply) == 1));
    })
    .await;
}

#[tokio::test]
async fn a_panic_ends_only_its_own_job() {
    for_each_database(|database| async move {
        let jobs = [some_job(), some_job(), some_job()];
        let diary = Diary::new();
        diary.panic_on(jobs[1].reply);
        enqueue(&database, &jobs).await;
        let workers = Workers::start(&database, WakeUps::new(), diary.clone());
        database.until_all(&jobs, "Done").await;
        workers.stop().await;
        assert_eq!(diary.worked(), 2, "{}", database.kind);
        assert_eq!(
            database.workers().await,
            1,
            "{}: the worker itself lived on",
            database.kind
        );
    })
    .await;
}

#[tokio::test]
async fn no_more_is_taken_up_than_can_be_worked_on() {
    for_each_database(|database| async move {
        let jobs: Vec<_> = (0..10).map(|_| some_job()).collect();
        enqueue(&database, &jobs).await;
        let diary = Diary::closed();
        let settings = WorkerSettings {
            concurrency: 3,
            ..WorkerSettings::default()
        };
        let workers = Workers::start_with(&database, WakeUps::new(), diary.clone(), settings);
        database.until_all(&jobs[..3], "Queued").await;
        let waiting = format!("{} WHERE status = 'Pending'", database.jobs_table());
        assert_eq!(
            database.count(&waiting).await,
            7,
            "{}: others may take them",
            database.kind
        );
        diary.open();
        database.until_all(&jobs, "Done").await;
        workers.stop().await;
    })
    .await;
}

#[tokio::test]
async fn shutdown_finishes_what_is_in_hand_and_leaves_the_rest() {
    for_each_database(|database| async move {
        let jobs = [some_job(), some_job()];
        enqueue(&database, &jobs).await;
        let diary = Diary::closed();
        let settings = WorkerSettings {
            concurrency: 1,
            ..WorkerSettings::default()
        };
        let workers = Workers::start_with(&database, WakeUps::new(), diary.clone(), settings);
        diary.until_begun(jobs[0].reply, 1).await;
        workers.ask_to_stop();
        diary.open();
        workers.stop().await;
        assert_eq!(
            database.status_of(&jobs[0]).await.as_deref(),
            Some("Done"),
            "{}",
            database.kind
        );
        assert_eq!(
            database.status_of(&jobs[1]).await.as_deref(),
            Some("Pending"),
            "{}",
            database.kind
        );
        assert_eq!(diary.worked(), 1, "{}", database.kind);
    })
    .await;
}

#[tokio::test]
async fn work_that_outlasts_the_shutdown_is_dropped_and_its_job_is_free_again() {
    for_each_database(|database| async move {
        let job = some_job();
        enqueue(&database, &[job]).await;
        let diary = Diary::closed();
        let settings = WorkerSettings {
            finish_within: Duration::from_millis(50),
            ..WorkerSettings::default()
        };
        let workers = Workers::start_with(&database, WakeUps::new(), diary.clone(), settings);
        diary.until_begun(job.reply, 1).await;
        workers.stop().await;
        assert_eq!(
            database.status_of(&job).await.as_deref(),
            Some("Pending"),
            "{}",
            database.kind
        );

        diary.open();
        assert_eq!(diary.worked(), 0, "{}: nothing works on after the end", database.kind);
        let workers = Workers::start(&database, WakeUps::new(), diary.clone());
        database.until_all(&[job], "Done").await;
        workers.stop().await;
    })
    .await;
}
