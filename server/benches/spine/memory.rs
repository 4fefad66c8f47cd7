//! How much memory a server takes at rest, and whether replies make it grow.

use std::time::Duration;

use crate::database_processes::DatabaseProcesses;
use crate::databases::DatabaseKind;
use crate::deliveries::Deliveries;
use crate::load::{Load, Until};
use crate::machine;
use crate::server_process::ServerProcess;
use crate::site::Site;
use crate::table::Table;

/// How long a server is left alone before its memory is read.
const REST: Duration = Duration::from_secs(5);
/// Set: as many replies as show a slow rise.
const LONG: &str = "CONCIERGE_BENCH_LONG";
const AT_REST_MB: f64 = 60.0;

pub async fn measure(kind: &DatabaseKind, table: &mut Table) {
    let long = std::env::var_os(LONG).is_some_and(|value| !value.is_empty());
    let replies = if long { 100_000 } else { 20_000 };
    let site = Site::with_tenants(kind, 1).await;
    let servers = [site.serve().await];
    let server = &servers[0].1;
    let place = kind.name();
    table.at_most(
        "memory of the server at rest",
        place,
        rested(server).await,
        AT_REST_MB,
        "MB",
    );

    let accounts = [Deliveries::to_first(&site.shops)];
    let mut loaded = [0.0; 2];
    for (memory, count) in loaded.iter_mut().zip([2_000, replies]) {
        let load = Load {
            servers: &servers,
            accounts: accounts.to_vec(),
            graph: &site.graph,
            database: DatabaseProcesses::of(kind).await,
        };
        load.sustain(Until::Replies(count)).await;
        *memory = rested(server).await;
    }
    let [before, after] = loaded;
    table.note(
        "memory of the server after 2,000 replies",
        place,
        format!("{before:.1} MB"),
    );
    let what = format!("memory of the server after {replies} replies more");
    table.note(&what, place, format!("{after:.1} MB"));
    drop(servers);
    site.remove().await;
}

async fn rested(server: &ServerProcess) -> f64 {
    tokio::time::sleep(REST).await;
    machine::resident_mb(server.id()).unwrap_or(f64::NAN)
}
