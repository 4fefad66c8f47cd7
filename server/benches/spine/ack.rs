//! How fast deliveries are acknowledged, next to two bare handlers. Rounds alternate, so that a busy machine is unfair to all of them.

use std::net::SocketAddr;
use std::time::Instant;

use crate::bare::{self, Writes};
use crate::client::{self, Round};
use crate::databases::DatabaseKind;
use crate::deliveries::Deliveries;
use crate::deployment::Deployment;
use crate::machine;
use crate::server_process::free_address;
use crate::site::Site;
use crate::table::Table;

const ROUNDS: usize = 5;
const PER_ROUND: usize = 5_000;
const CONNECTIONS: usize = 64;
/// Against the handler that gathers and writes as many rows.
const PROMISED: f64 = 0.7;

/// What acknowledging is promised to be, against the handler with one commit per delivery.
fn promised_ratio(kind: &DatabaseKind) -> f64 {
    if *kind == DatabaseKind::Sqlite { 1.0 } else { 0.5 }
}

/// Ours, the bare handler, the one that gathers.
type Rounds = [Vec<Round>; 3];

pub async fn measure(kind: &DatabaseKind, table: &mut Table) {
    let (site, gathering) = (Site::with_tenants(kind, 1).await, Site::with_tenants(kind, 1).await);
    let empty = Deployment::new(&kind.create().await, "http://127.0.0.1:9", "");
    let (ours, server) = site.serve_as("web").await;
    let [alone, grouped] = [free_address(), free_address()];
    let bare = [
        bare::start(alone, &empty.database_url, Writes::Alone).await,
        bare::start(grouped, &gathering.deployment.database_url, Writes::Grouped).await,
    ];
    let deliveries = Deliveries::to_first(&site.shops);
    let (rounds, client) = alternate([ours, alone, grouped], &deliveries).await;
    report(kind, table, &rounds, client);
    drop((server, bare));
    kind.drop(&empty.database_url).await;
    site.remove().await;
    gathering.remove().await;
}

/// The rounds of each address, and the processor time per second that this process took.
async fn alternate(addresses: [SocketAddr; 3], deliveries: &Deliveries) -> (Rounds, f64) {
    for address in addresses {
        let warm_up = deliveries.requests(address, PER_ROUND / 5);
        client::as_fast_as_it_goes(address, CONNECTIONS, warm_up).await;
    }
    let mut found = Rounds::default();
    let (mut used, mut took) = (0.0, 0.0);
    for _ in 0..ROUNDS {
        for (address, rounds) in addresses.into_iter().zip(&mut found) {
            let requests = deliveries.requests(address, PER_ROUND);
            let (started, before) = (Instant::now(), machine::processor_time(std::process::id()));
            rounds.push(client::as_fast_as_it_goes(address, CONNECTIONS, requests).await);
            let now = machine::processor_time(std::process::id());
            used += now
                .zip(before)
                .map_or(0.0, |(now, before)| (now - before).as_secs_f64());
            took += started.elapsed().as_secs_f64();
        }
    }
    (found, used / took)
}

fn report(kind: &DatabaseKind, table: &mut Table, [ours, alone, grouped]: &Rounds, client: f64) {
    let place = kind.name();
    let ratio = |theirs: &[Round]| {
        let pairs = ours.iter().zip(theirs);
        median(pairs.map(|(a, b)| a.per_second() / b.per_second()).collect())
    };
    table.note(
        "deliveries acknowledged per second, 64 at a time",
        place,
        described(ours),
    );
    table.note(
        "the same by a bare handler with two rows and a commit per delivery",
        place,
        described(alone),
    );
    table.note(
        "the same by a bare handler that gathers, with six rows per delivery",
        place,
        described(grouped),
    );
    let against = "acknowledging, median of the rounds, against";
    table.at_least(
        &format!("{against} a commit per delivery"),
        place,
        ratio(alone),
        promised_ratio(kind),
        "×",
    );
    table.at_least(
        &format!("{against} gathering and six rows"),
        place,
        ratio(grouped),
        PROMISED,
        "×",
    );
    let share = client / machine::cores() as f64 * 100.0;
    table.note(
        "share of the machine the client took in those rounds",
        place,
        format!("{share:.0} %"),
    );
}

fn described(rounds: &[Round]) -> String {
    let speed = median(rounds.iter().map(Round::per_second).collect());
    let mut latency = client::histogram();
    for round in rounds {
        latency.add(&round.latency).expect("the same bounds");
    }
    let (p50, p99) = (client::millis(&latency, 0.5), client::millis(&latency, 0.99));
    format!("{speed:.0} (p50 {p50:.1} ms, p99 {p99:.1} ms)")
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
