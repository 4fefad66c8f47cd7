//! Restarting: after a kill, after the tables were away.

use engine::jobs::{self, Job, WakeUps};

use super::diary::{Diary, Workers};
use super::rows::{enqueue, some_job};
use crate::support::{eventually, for_each_database};

#[tokio::test]
async fn jobs_of_a_killed_process_run_again() {
    for_each_database(|database| async move {
        let job = some_job();
        enqueue(&database, &[job]).await;
        let diary = Diary::closed();
        let workers = Workers::start(&database, WakeUps::new(), diary.clone());
        diary.until_begun(job.reply, 1).await;
        workers.kill().await;
        assert_eq!(
            database.status_of(&job).await.as_deref(),
            Some("Queued"),
            "{}",
            database.kind
        );

        let released = jobs::release_orphans_at_start(&database).await.unwrap();
        if database.is_postgres() {
            assert_eq!(released, 0, "another server may be at work on it");
            database
                .execute("UPDATE apalis.workers SET last_seen = now() - interval '1 minute'", [])
                .await;
        } else {
            assert_eq!(released, 1);
        }
        diary.open();
        let workers = Workers::start(&database, WakeUps::new(), diary.clone());
        database.until_all(&[job], "Done").await;
        workers.stop().await;
        assert_eq!(diary.begun(job.reply), 2, "{}", database.kind);
    })
    .await;
}

#[tokio::test]
async fn a_start_on_sqlite_frees_running_rows_and_forgets_old_workers() {
    for_each_database(|database| async move {
        if database.is_postgres() {
            return;
        }
        let (done, running) = (some_job(), some_job());
        enqueue(&database, &[done]).await;
        let workers = Workers::start(&database, WakeUps::new(), Diary::new());
        database.until_all(&[done], "Done").await;
        workers.stop().await;
        enqueue(&database, &[running]).await;
        let key = running.key();
        let text = format!(
            "UPDATE Jobs SET status = 'Running', lock_by = (SELECT id FROM Workers) WHERE idempotency_key = '{key}'"
        );
        database.execute(&text, []).await;

        assert_eq!(jobs::release_orphans_at_start(&database).await.unwrap(), 1);
        assert_eq!(database.status_of(&running).await.as_deref(), Some("Pending"));
        assert_eq!(database.status_of(&done).await.as_deref(), Some("Done"));
        assert_eq!(database.workers().await, 0);
    })
    .await;
}

#[tokio::test]
async fn workers_come_back_when_their_tables_were_away() {
    for_each_database(|database| async move {
        let diary = Diary::new();
        let wake = WakeUps::new();
        let workers = Workers::start(&database, wake.clone(), diary.clone());
        let (before, after) = (some_job(), some_job());
        enqueue(&database, &[before]).await;
        wake.jobs_added();
        database.until_all(&[before], "Done").await;

        database
            .execute(&format!("ALTER TABLE {} RENAME TO away", database.jobs_table()), [])
            .await;
        wake.jobs_added();
        let started_again = async || (database.workers().await > 1).then_some(());
        eventually("a second worker registers", started_again).await;
        let (back, name) = if database.is_postgres() {
            ("apalis.away", "jobs")
        } else {
            ("away", "Jobs")
        };
        database
            .execute(&format!("ALTER TABLE {back} RENAME TO {name}"), [])
            .await;

        enqueue(&database, &[after]).await;
        wake.jobs_added();
        database.until_all(&[after], "Done").await;
        workers.stop().await;
        assert_eq!(
            (diary.begun(before.reply), diary.begun(after.reply)),
            (1, 1),
            "{}",
            database.kind
        );
    })
    .await;
}
