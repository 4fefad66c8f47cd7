//! Prints what the machine does; run it with `cargo test --release -p engine --test it -- --ignored --nocapture throughput`.

use std::time::{Duration, Instant};

use engine::jobs::{WakeUps, WorkerSettings};

use super::diary::{Diary, Workers};
use super::rows::{enqueue, some_job};
use crate::support::{TestDatabase, for_each_database};

const JOBS: usize = 20_000;
const ARRIVALS: usize = 400;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement, not a test"]
async fn throughput_and_latency() {
    for_each_database(|database| async move {
        for concurrency in [32, 64, 128, 256] {
            drain_a_backlog(&database, concurrency).await;
        }
        answer_arrivals(&database).await;
        rest(&database).await;
    })
    .await;
}

async fn drain_a_backlog(database: &TestDatabase, concurrency: usize) {
    let jobs: Vec<_> = (0..JOBS).map(|_| some_job()).collect();
    let started = Instant::now();
    enqueue(database, &jobs).await;
    let enqueued = JOBS as f64 / started.elapsed().as_secs_f64();
    let diary = Diary::new();
    let settings = WorkerSettings {
        concurrency,
        batch_size: concurrency,
        ..WorkerSettings::default()
    };
    let started = Instant::now();
    let workers = Workers::start_with(database, WakeUps::new(), diary.clone(), settings);
    diary.until_worked(JOBS).await;
    let worked = JOBS as f64 / started.elapsed().as_secs_f64();
    workers.stop().await;
    println!(
        "{}: {enqueued:.0} jobs/s enqueued in one transaction, {worked:.0} jobs/s worked, {concurrency} at once",
        database.kind
    );
}

async fn answer_arrivals(database: &TestDatabase) {
    let diary = Diary::new();
    let wake = WakeUps::new();
    let workers = Workers::start(database, wake.clone(), diary.clone());
    let mut waits = Vec::new();
    for arrived in 1..=ARRIVALS {
        enqueue(database, &[some_job()]).await;
        let committed = Instant::now();
        wake.jobs_added();
        diary.until_worked(arrived).await;
        waits.push(committed.elapsed());
        tokio::time::sleep(Duration::from_millis((arrived % 7) as u64)).await;
    }
    workers.stop().await;
    waits.sort();
    let [middle, high, worst] = [ARRIVALS / 2, ARRIVALS * 99 / 100, ARRIVALS - 1].map(|at| waits[at]);
    println!(
        "{}: commit to handler: p50 {middle:?}, p99 {high:?}, max {worst:?}",
        database.kind
    );
}

async fn rest(database: &TestDatabase) {
    let wake = WakeUps::new();
    let workers = Workers::start(database, wake.clone(), Diary::new());
    tokio::time::sleep(Duration::from_secs(1)).await;
    let before = processor_time();
    tokio::time::sleep(Duration::from_secs(5)).await;
    let share = (processor_time() - before) / 5.0 * 100.0;
    workers.stop().await;
    println!(
        "{}: at rest this process uses {share:.2} % of a processor",
        database.kind
    );
}

/// Seconds of processor time of this process (Linux).
fn processor_time() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| {
        fields
            .get(at)
            .and_then(|field| field.parse::<f64>().ok())
            .unwrap_or_default()
    };
    (ticks(11) + ticks(12)) / 100.0
}
