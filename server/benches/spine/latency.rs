//! How long a DM takes to its acknowledgement and to the call that answers it, at a steady 200 DMs a second.

use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;

use crate::client::{self, Round};
use crate::databases::DatabaseKind;
use crate::deliveries::Deliveries;
use crate::graph::Graph;
use crate::site::Site;
use crate::table::Table;

const PER_SECOND: u32 = 200;
const DMS: usize = 4_000;
const WARM_UP: usize = 400;
const PATIENCE: Duration = Duration::from_secs(60);

/// Milliseconds until the Send call that are promised: the median, and of all but one in a hundred.
fn promised(kind: &DatabaseKind) -> (f64, f64) {
    if *kind == DatabaseKind::Sqlite {
        (4.0, 20.0)
    } else {
        (8.0, 30.0)
    }
}

pub async fn measure(kind: &DatabaseKind, table: &mut Table) {
    let site = Site::with_tenants(kind, 1).await;
    let (address, server) = site.serve().await;
    let deliveries = Deliveries::to_first(&site.shops);
    time_to_send(address, PER_SECOND, &deliveries, WARM_UP, &site.graph).await;
    let (round, to_send) = time_to_send(address, PER_SECOND, &deliveries, DMS, &site.graph).await;
    drop(server);
    site.remove().await;

    let place = kind.name();
    let acknowledged = |quantile| client::millis(&round.latency, quantile);
    table.note(
        "acknowledged at 200 deliveries per second, median",
        place,
        format!("{:.2} ms", acknowledged(0.5)),
    );
    table.at_most(
        "acknowledged at 200 deliveries per second, p99",
        place,
        acknowledged(0.99),
        15.0,
        "ms",
    );
    let (median, p99) = promised(kind);
    let sent = |quantile| client::millis(&to_send, quantile);
    let what = "DM received → Send call at 200 DMs per second";
    table.at_most(&format!("{what}, median"), place, sent(0.5), median, "ms");
    table.at_most(&format!("{what}, p99"), place, sent(0.99), p99, "ms");
}

/// Delivers DMs evenly; returns how long their acknowledgement took, and how long it took until the call that answers each arrived.
/// One that is not answered within a minute counts with the time it has waited.
pub async fn time_to_send(
    address: SocketAddr,
    per_second: u32,
    deliveries: &Deliveries,
    count: usize,
    graph: &Graph,
) -> (Round, Histogram<u64>) {
    let dms = deliveries.several(address, count);
    let customers: Vec<String> = dms.iter().map(|dm| dm.customer.clone()).collect();
    let requests = dms.into_iter().map(|dm| dm.request).collect();
    let left = Mutex::new(Vec::with_capacity(count));
    let note = |_| left.lock().unwrap_or_else(PoisonError::into_inner).push(Instant::now());
    let round = client::on_a_beat(address, per_second, requests, note).await;
    until_answered(graph, &customers).await;

    let mut to_send = client::histogram();
    let left = left.into_inner().unwrap_or_else(PoisonError::into_inner);
    for (customer, left) in customers.iter().zip(left) {
        let arrived = graph.arrived(customer).unwrap_or_else(Instant::now);
        to_send.saturating_record(client::micros(arrived.saturating_duration_since(left)));
    }
    (round, to_send)
}

async fn until_answered(graph: &Graph, customers: &[String]) {
    let started = Instant::now();
    for customer in customers {
        while graph.arrived(customer).is_none() && started.elapsed() < PATIENCE {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}
