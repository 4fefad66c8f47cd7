//! How many replies one process sends per second, and what each costs: for one tenant and for many, with a Graph that answers at
//! once and one that takes as long as Meta.

use std::time::Duration;

use crate::database_processes::DatabaseProcesses;
use crate::databases::DatabaseKind;
use crate::deliveries::Deliveries;
use crate::graph::LIKE_META;
use crate::load::{Load, Sustained, Until};
use crate::site::Site;
use crate::table::Table;

const TENANTS: usize = 50;
const LONG_ENOUGH: Until = Until::After(Duration::from_secs(8));
const DATABASE_MICROS: f64 = 1_100.0;

/// Replies per second that are promised, and microseconds of the server's processor time for each.
fn promised(kind: &DatabaseKind, graph: Duration) -> (f64, f64) {
    match (kind, graph.is_zero()) {
        (DatabaseKind::Sqlite, true) => (2_000.0, 400.0),
        (DatabaseKind::Sqlite, false) => (1_500.0, 400.0),
        (DatabaseKind::Postgres { .. }, true) => (1_500.0, 350.0),
        (DatabaseKind::Postgres { .. }, false) => (1_200.0, 350.0),
    }
}

pub async fn measure(kind: &DatabaseKind, table: &mut Table) {
    let site = Site::with_tenants(kind, TENANTS).await;
    let server = [site.serve().await];
    let accounts = Deliveries::to_all(&site.shops);
    for (graph, called) in [(Duration::ZERO, "Graph at once"), (LIKE_META, "Graph after 150 ms")] {
        site.graph.answer_after(graph);
        for (who, accounts) in [("1 tenant", &accounts[..1]), ("50 tenants", &accounts[..])] {
            let load = Load {
                servers: &server,
                accounts: accounts.to_vec(),
                graph: &site.graph,
                database: DatabaseProcesses::of(kind).await,
            };
            let sustained = load.sustain(LONG_ENOUGH).await;
            report(
                kind,
                table,
                &format!("{who}, {called}"),
                &sustained,
                promised(kind, graph),
            );
        }
    }
    drop(server);
    site.remove().await;
}

fn report(kind: &DatabaseKind, table: &mut Table, load: &str, sustained: &Sustained, promised: (f64, f64)) {
    let place = kind.name();
    let (speed, micros) = promised;
    table.at_least(
        &format!("replies per second: {load}"),
        place,
        sustained.per_second(),
        speed,
        "/s",
    );
    let what = format!("processor time per reply, server: {load}");
    table.at_most(&what, place, sustained.server_micros(), micros, "µs");
    if let Some(used) = sustained.database_micros() {
        let what = format!("processor time per reply, database: {load}");
        table.at_most(&what, place, used, DATABASE_MICROS, "µs");
    }
    let share = format!("{:.0} %", sustained.client_share());
    table.note(&format!("share of the machine, client and Graph: {load}"), place, share);
}
