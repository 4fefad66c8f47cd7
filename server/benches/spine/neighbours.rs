//! What a small tenant feels of a large one that gets a thousand DMs a second on the same server.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::Mutex;
use tokio::task::JoinSet;

use crate::client::{self, Connection};
use crate::databases::DatabaseKind;
use crate::deliveries::Deliveries;
use crate::latency::time_to_send;
use crate::site::Site;
use crate::table::Table;

const SMALL_PER_SECOND: u32 = 5;
const SMALL_DMS: usize = 125;
const LARGE_PER_SECOND: u32 = 1_000;
const CONNECTIONS: usize = 64;
/// How much longer the small tenant's slowest DMs may take, against alone.
const PROMISED: f64 = 2.0;

pub async fn measure(kind: &DatabaseKind, table: &mut Table) {
    let site = Site::with_tenants(kind, 2).await;
    let (address, server) = site.serve().await;
    let mut accounts = Deliveries::to_all(&site.shops).into_iter();
    let (small, large) = accounts.next().zip(accounts.next()).expect("two shops");
    time_to_send(address, SMALL_PER_SECOND, &small, 10, &site.graph).await;
    let (_, alone) = time_to_send(address, SMALL_PER_SECOND, &small, SMALL_DMS, &site.graph).await;

    let flood = Arc::new(Flood::of(large, address));
    let (started, mut senders) = (Instant::now(), JoinSet::new());
    for _ in 0..CONNECTIONS {
        senders.spawn(flood.clone().send());
    }
    let (_, beside) = time_to_send(address, SMALL_PER_SECOND, &small, SMALL_DMS, &site.graph).await;
    flood.stop.store(true, Ordering::Relaxed);
    senders.join_all().await;
    let acknowledged = flood.acknowledged.load(Ordering::Relaxed) as f64 / started.elapsed().as_secs_f64();

    let place = kind.name();
    let described = |latency| {
        let (median, p99) = (client::millis(latency, 0.5), client::millis(latency, 0.99));
        format!("{median:.1} ms, p99 {p99:.1} ms")
    };
    let what = "DM received → Send call of a tenant with 5 DMs per second";
    table.note(&format!("{what}, alone, median"), place, described(&alone));
    table.note(
        &format!("{what}, beside a large one, median"),
        place,
        described(&beside),
    );
    table.note(
        "DMs acknowledged per second for the large one",
        place,
        format!("{acknowledged:.0}"),
    );
    let ratio = client::millis(&beside, 0.99) / client::millis(&alone, 0.99);
    table.at_most(
        "p99 of the small tenant, beside against alone",
        place,
        ratio,
        PROMISED,
        "×",
    );
    drop(server);
    site.remove().await;
}

/// DMs that leave on their beat, unless all connections wait for an acknowledgement.
struct Flood {
    large: Deliveries,
    address: SocketAddr,
    ticks: Mutex<tokio::time::Interval>,
    acknowledged: AtomicU64,
    stop: AtomicBool,
}

impl Flood {
    fn of(large: Deliveries, address: SocketAddr) -> Self {
        Self {
            large,
            address,
            ticks: Mutex::new(tokio::time::interval(Duration::from_secs(1) / LARGE_PER_SECOND)),
            acknowledged: AtomicU64::new(0),
            stop: AtomicBool::new(false),
        }
    }

    async fn send(self: Arc<Self>) {
        let mut connection = Connection::open(self.address).await.expect("the server answers");
        while !self.stop.load(Ordering::Relaxed) {
            self.ticks.lock().await.tick().await;
            let delivery = self.large.next(self.address);
            connection.deliver(&delivery.request).await;
            self.acknowledged.fetch_add(1, Ordering::Relaxed);
        }
    }
}
