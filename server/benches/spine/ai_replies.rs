//! What an AI reply takes beyond the time of its provider, beside a canned reply of the same server.

use std::net::SocketAddr;

use hdrhistogram::Histogram;
use sandbox::{AiFault, Sandbox, SandboxConfig};

use crate::client;
use crate::databases::DatabaseKind;
use crate::deliveries::Deliveries;
use crate::deployment::{APP_ID, APP_SECRET, Deployment};
use crate::graph::Graph;
use crate::latency::time_to_send;
use crate::server_process::free_address;
use crate::table::Table;

/// Few, so that no reply waits for a turn at the provider.
const PER_SECOND: u32 = 20;
const DMS: usize = 300;
const WARM_UP: usize = 40;
const PROVIDER_MS: u64 = 150;
/// What Concierge may add to the provider's own time.
const ADDED_MS: f64 = 5.0;

pub async fn measure(kind: &DatabaseKind, table: &mut Table) {
    let graph = Graph::default();
    let provider = Sandbox::start(SandboxConfig::new(APP_ID, APP_SECRET))
        .await
        .expect("the sandbox starts");
    let url = provider.base_url();
    let deployment = Deployment::new(&kind.create().await, &graph.start().await, "").with_ai_at(&url);
    let pages = sandbox::seeded_pages(APP_ID).to_vec();
    let shops = deployment
        .create_shops(pages, 1_000_000, &[("price", "It costs 20 euros.")])
        .await;
    let prompt = "Answer in one sentence.";
    deployment
        .answer_by_ai(&shops, "wrap", "We wrap presents.", prompt)
        .await;
    provider.handle().ai().fault(AiFault::Slow { ms: PROVIDER_MS });
    let address = free_address();
    let mut server = deployment.serve(address, "all");
    server.ready().await;

    let mut deliveries = Deliveries::to_first(&shops);
    let canned = median_to_send(address, &deliveries, &graph).await;
    deliveries.ask("Hello! Do you wrap presents?");
    let composed = median_to_send(address, &deliveries, &graph).await;
    let place = kind.name();
    table.note(
        "DM received → Send call of a canned reply at 20 DMs per second, median",
        place,
        format!("{canned:.2} ms"),
    );
    table.note(
        "the same of an AI reply, its provider answers after 150 ms",
        place,
        format!("{composed:.2} ms"),
    );
    let added = composed - canned - PROVIDER_MS as f64;
    table.at_most(
        "what an AI reply adds to its provider's time and a canned reply's",
        place,
        added,
        ADDED_MS,
        "ms",
    );
    drop(server);
    kind.drop(&deployment.database_url).await;
    provider.shutdown().await;
}

async fn median_to_send(address: SocketAddr, deliveries: &Deliveries, graph: &Graph) -> f64 {
    time_to_send(address, PER_SECOND, deliveries, WARM_UP, graph).await;
    let (_, to_send): (_, Histogram<u64>) = time_to_send(address, PER_SECOND, deliveries, DMS, graph).await;
    client::millis(&to_send, 0.5)
}
