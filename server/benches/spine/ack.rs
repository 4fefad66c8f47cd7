//! How fast deliveries are acknowledged, next to the bare handler. Rounds alternate, so that a busy machine is unfair to both.

use std::time::Instant;

use crate::bare;
use crate::client::{self, Round};
use crate::databases::DatabaseKind;
use crate::deliveries::Deliveries;
use crate::deployment::Deployment;
use crate::machine;
use crate::server_process::free_address;
use crate::table::Table;

const ROUNDS: usize = 5;
const PER_ROUND: usize = 5_000;
const CONNECTIONS: usize = 64;

/// What acknowledging is promised to be, against the bare handler.
fn promised_ratio(kind: &DatabaseKind) -> f64 {
    if *kind == DatabaseKind::Sqlite { 1.0 } else { 0.5 }
}

pub async fn measure(kind: &DatabaseKind, table: &mut Table) {
    let deployment = Deployment::new(&kind.create().await, "http://127.0.0.1:9", "");
    let shops = deployment
        .create_shops(sandbox::seeded_pages(crate::deployment::APP_ID).to_vec(), 1_000, &[])
        .await;
    let ours = free_address();
    let mut server = deployment.serve(ours, "web");
    server.ready().await;
    let theirs = free_address();
    let bare_deployment = Deployment::new(&kind.create().await, "http://127.0.0.1:9", "");
    let bare = bare::start(theirs, &bare_deployment.database_url).await;

    let mut deliveries = Deliveries::to(shops[0].page.ig_id.as_deref().expect("shops have Instagram"));
    let warm_up = deliveries.requests(ours, PER_ROUND / 5);
    client::as_fast_as_it_goes(ours, CONNECTIONS, warm_up).await;
    let warm_up = deliveries.requests(theirs, PER_ROUND / 5);
    client::as_fast_as_it_goes(theirs, CONNECTIONS, warm_up).await;

    let (mut a, mut b) = (Vec::new(), Vec::new());
    let mut busy = (0.0, 0.0);
    for _ in 0..ROUNDS {
        for (address, rounds) in [(ours, &mut a), (theirs, &mut b)] {
            let requests = deliveries.requests(address, PER_ROUND);
            let (started, before) = (Instant::now(), machine::processor_time(std::process::id()));
            rounds.push(client::as_fast_as_it_goes(address, CONNECTIONS, requests).await);
            let used = machine::processor_time(std::process::id())
                .zip(before)
                .map_or(0.0, |(now, before)| (now - before).as_secs_f64());
            busy = (busy.0 + used, busy.1 + started.elapsed().as_secs_f64());
        }
    }
    report(kind, table, &a, &b, busy.0 / busy.1);
    drop((server, bare));
    kind.drop(&deployment.database_url).await;
    kind.drop(&bare_deployment.database_url).await;
}

fn report(kind: &DatabaseKind, table: &mut Table, a: &[Round], b: &[Round], client: f64) {
    let place = kind.name();
    let ratios: Vec<f64> = a.iter().zip(b).map(|(a, b)| a.per_second() / b.per_second()).collect();
    table.note("deliveries acknowledged per second, 64 at a time", place, described(a));
    table.note(
        "the same by a bare handler with two rows per delivery",
        place,
        described(b),
    );
    table.at_least(
        "ratio of the two, median of the rounds",
        place,
        median(ratios),
        promised_ratio(kind),
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

pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
