//! Waking: at once when told, within a tick when not, across processes on PostgreSQL.

use std::time::{Duration, Instant};

use engine::jobs::WakeUps;
use engine::storage::Database;
use futures::{FutureExt, StreamExt};
use tokio_util::sync::CancellationToken;

use super::diary::{Diary, Workers};
use super::rows::{enqueue, some_job};
use crate::support::{TestDatabase, eventually, for_each_database};

const ARRIVALS: usize = 20;
/// On its tick alone a worker would need about [`ARRIVALS`] seconds.
const WELL_UNDER_THE_TICK: Duration = Duration::from_secs(8);

async fn let_jobs_arrive(database: &Database, wake: &WakeUps, diary: &Diary) -> Duration {
    let (started, worked) = (Instant::now(), diary.worked());
    for arrived in 1..=ARRIVALS {
        enqueue(database, &[some_job()]).await;
        wake.jobs_added();
        diary.until_worked(worked + arrived).await;
    }
    started.elapsed()
}

#[tokio::test]
async fn a_worker_wakes_as_soon_as_a_job_is_committed() {
    for_each_database(|database| async move {
        let (wake, diary) = (WakeUps::new(), Diary::new());
        let workers = Workers::start(&database, wake.clone(), diary.clone());
        let took = let_jobs_arrive(&database, &wake, &diary).await;
        workers.stop().await;
        assert!(took < WELL_UNDER_THE_TICK, "{}: {took:?}", database.kind);
    })
    .await;
}

#[tokio::test]
async fn a_job_nobody_told_of_is_found_by_the_tick() {
    for_each_database(|database| async move {
        let job = some_job();
        let workers = Workers::start(&database, WakeUps::new(), Diary::new());
        let registered = async || (database.workers().await == 1).then_some(());
        eventually("the worker registers", registered).await;
        enqueue(&database, &[job]).await;
        database.until_all(&[job], "Done").await;
        workers.stop().await;
    })
    .await;
}

#[tokio::test]
async fn a_storm_of_wake_ups_is_one() {
    let wake = WakeUps::new();
    let mut heard = wake.listen();
    heard.next().await.expect("the first tick comes at once");
    for _ in 0..1000 {
        wake.jobs_added();
    }
    assert!(heard.next().now_or_never().is_some(), "the storm is heard at once");
    assert!(heard.next().now_or_never().is_none(), "and only once");
    heard.next().await.expect("the next tick");
}

#[tokio::test]
async fn jobs_of_one_server_wake_the_other_even_after_its_connection_broke() {
    for_each_database(|database| async move {
        if !database.is_postgres() {
            return;
        }
        let other = database.open_again().await;
        let (wake_here, wake_there) = (WakeUps::new(), WakeUps::new());
        let shutdown = CancellationToken::new();
        let relays = [(&wake_here, database.handle()), (&wake_there, other.clone())].map(|(wake, database)| {
            let (wake, shutdown) = (wake.clone(), shutdown.clone());
            tokio::spawn(async move { wake.relay(database, shutdown).await })
        });
        let diary = Diary::new();
        let workers = Workers::start(&database, wake_here.clone(), diary.clone());
        until_listening(&database).await;
        let took = let_jobs_arrive(&other, &wake_there, &diary).await;
        assert!(took < WELL_UNDER_THE_TICK, "{took:?}");

        let cut = format!("SELECT pg_terminate_backend(pid) FROM {LISTENERS}");
        database.execute(&cut, []).await;
        until_listening(&database).await;
        let took = let_jobs_arrive(&other, &wake_there, &diary).await;
        assert!(took < WELL_UNDER_THE_TICK, "{took:?}");

        workers.stop().await;
        shutdown.cancel();
        for relay in relays {
            relay.await.unwrap();
        }
        other.close().await;
    })
    .await;
}

const LISTENERS: &str = "pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN %'";

async fn until_listening(database: &TestDatabase) {
    let both = async || (database.count(LISTENERS).await == 2).then_some(());
    eventually("both servers listen", both).await;
}
