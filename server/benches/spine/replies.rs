//! From a DM's arrival to the call that answers it, by one process that does everything, with a Graph that answers at once.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use tokio::task::JoinSet;

use crate::client::{self, Connection, Round};
use crate::databases::DatabaseKind;
use crate::deliveries::Deliveries;
use crate::deployment::{APP_ID, Deployment};
use crate::graph::Graph;
use crate::machine;
use crate::server_process::{ServerProcess, free_address};
use crate::table::Table;

const PER_SECOND: u32 = 200;
const STEADY: usize = 4_000;
const WARM_UP: usize = 400;
/// DMs that wait for their answers at a time while the most is asked for.
const WAITING: usize = 256;
const FULL_LOAD: Duration = Duration::from_secs(10);
const PATIENCE: Duration = Duration::from_secs(60);
/// How long a server is left alone before its memory is read.
const REST: Duration = Duration::from_secs(5);

pub async fn measure(kind: &DatabaseKind, table: &mut Table) {
    let graph = Graph::default();
    let deployment = Deployment::new(&kind.create().await, &graph.start().await, "");
    let rules = [("hours", "We are open from 9 to 6."), ("price", "It costs 20 euros.")];
    let shops = deployment
        .create_shops(sandbox::seeded_pages(APP_ID).to_vec(), 1_000_000, &rules)
        .await;
    let address = free_address();
    let mut server = deployment.serve(address, "all");
    server.ready().await;
    memory(kind, table, &server, "memory of the server at rest", true).await;

    let mut deliveries = Deliveries::to(shops[0].page.ig_id.as_deref().expect("shops have Instagram"));
    steady(kind, table, address, &mut deliveries, &graph).await;
    full_load(kind, table, address, &mut deliveries, &graph).await;
    memory(kind, table, &server, "memory of the server after the load", false).await;
    drop(server);
    kind.drop(&deployment.database_url).await;
}

async fn memory(kind: &DatabaseKind, table: &mut Table, server: &ServerProcess, what: &str, promised: bool) {
    tokio::time::sleep(REST).await;
    let megabytes = machine::resident_mb(server.id()).unwrap_or(f64::NAN);
    if promised {
        table.at_most(what, kind.name(), megabytes, 80.0, "MB");
    } else {
        table.note(what, kind.name(), format!("{megabytes:.1} MB"));
    }
}

/// 200 DMs a second, evenly.
async fn steady(
    kind: &DatabaseKind,
    table: &mut Table,
    address: SocketAddr,
    deliveries: &mut Deliveries,
    graph: &Graph,
) {
    client::on_a_beat(address, PER_SECOND, deliveries.requests(address, WARM_UP), |_| {}).await;
    let (round, to_send) = time_to_send(address, PER_SECOND, deliveries, STEADY, graph).await;
    let place = kind.name();
    table.note(
        "acknowledged at 200 deliveries per second, median",
        place,
        format!("{:.2} ms", client::millis(&round.latency, 0.5)),
    );
    table.at_most(
        "acknowledged at 200 deliveries per second, p99",
        place,
        client::millis(&round.latency, 0.99),
        15.0,
        "ms",
    );
    table.at_most(
        "DM received → Send call at 200 DMs per second, median",
        place,
        client::millis(&to_send, 0.5),
        15.0,
        "ms",
    );
    table.at_most(
        "DM received → Send call at 200 DMs per second, p99",
        place,
        client::millis(&to_send, 0.99),
        60.0,
        "ms",
    );
}

/// Delivers DMs evenly; returns how long their acknowledgement took, and how long it took until the call that answers each arrived.
pub async fn time_to_send(
    address: SocketAddr,
    per_second: u32,
    deliveries: &mut Deliveries,
    count: usize,
    graph: &Graph,
) -> (Round, Histogram<u64>) {
    let first = deliveries.made();
    let left = Arc::new(Mutex::new(Vec::with_capacity(count)));
    let note = |_| left.lock().unwrap_or_else(PoisonError::into_inner).push(Instant::now());
    let round = client::on_a_beat(address, per_second, deliveries.requests(address, count), note).await;
    answered(graph, deliveries.made()).await;

    let mut to_send = client::histogram();
    let left = left.lock().unwrap_or_else(PoisonError::into_inner);
    for (number, left) in left.iter().enumerate() {
        let arrived = graph
            .arrived(&Deliveries::customer(first + number as u64))
            .expect("every DM was answered");
        to_send.saturating_record(client::micros(arrived.saturating_duration_since(*left)));
    }
    (round, to_send)
}

/// As many DMs as get answered, never more than [`WAITING`] at a time.
async fn full_load(
    kind: &DatabaseKind,
    table: &mut Table,
    address: SocketAddr,
    deliveries: &mut Deliveries,
    graph: &Graph,
) {
    graph.room().forget_permits(usize::MAX);
    graph.room().add_permits(WAITING);
    let idle = Arc::new(tokio::sync::Mutex::new(Vec::<Connection>::new()));
    let (started, sends_before) = (Instant::now(), graph.sends());
    let client_before = machine::processor_time(std::process::id());
    let mut tasks = JoinSet::new();
    while started.elapsed() < FULL_LOAD {
        graph.room().acquire().await.expect("never closed").forget();
        let request = deliveries.requests(address, 1).remove(0);
        let idle = idle.clone();
        tasks.spawn(async move {
            let free = idle.lock().await.pop();
            let mut connection = match free {
                Some(connection) => connection,
                None => Connection::open(address).await.expect("the server answers"),
            };
            assert_eq!(connection.call(&request).await.expect("the server answers"), 200);
            idle.lock().await.push(connection);
        });
    }
    let (sent, took) = (graph.sends() - sends_before, started.elapsed());
    let used = machine::processor_time(std::process::id())
        .zip(client_before)
        .map_or(0.0, |(now, before)| (now - before).as_secs_f64());
    tasks.join_all().await;
    answered(graph, deliveries.made()).await;
    let per_second = sent as f64 / took.as_secs_f64();
    table.at_least(
        "replies per second, sustained for 10 s",
        kind.name(),
        per_second,
        500.0,
        "/s",
    );
    let share = used / took.as_secs_f64() / machine::cores() as f64 * 100.0;
    table.note(
        "share of the machine client and Graph took meanwhile",
        kind.name(),
        format!("{share:.0} %"),
    );
}

async fn answered(graph: &Graph, dms: u64) {
    let started = Instant::now();
    while graph.sends() < dms {
        assert!(
            started.elapsed() < PATIENCE,
            "only {} of {dms} DMs were answered",
            graph.sends()
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
