//! Whether replies become slower when a million messages are stored.

use std::time::Duration;

use crate::database_processes::DatabaseProcesses;
use crate::databases::DatabaseKind;
use crate::deliveries::{Deliveries, now_ms};
use crate::load::{Load, Until};
use crate::site::Site;
use crate::stock::Stock;
use crate::table::Table;

const LONG_ENOUGH: Until = Until::After(Duration::from_secs(8));
/// With a million against with none.
const PROMISED: f64 = 0.9;

pub async fn measure(kind: &DatabaseKind, table: &mut Table) {
    let site = Site::with_tenants(kind, 1).await;
    let accounts = [Deliveries::to_first(&site.shops)];
    let mut speeds = Vec::new();
    for called in ["no message", "1,000,000 messages"] {
        if !speeds.is_empty() {
            fill(&site).await;
        }
        let servers = [site.serve().await];
        let load = Load {
            servers: &servers,
            accounts: accounts.to_vec(),
            graph: &site.graph,
            database: DatabaseProcesses::of(kind).await,
        };
        let sustained = load.sustain(LONG_ENOUGH).await;
        let what = format!("replies per second: {called} stored before, 1 tenant, Graph at once");
        let (speed, cost) = (sustained.per_second(), sustained.server_micros());
        table.note(&what, kind.name(), format!("{speed:.0} /s, {cost:.0} µs each"));
        speeds.push(speed);
    }
    table.at_least(
        "1,000,000 messages stored against none",
        kind.name(),
        speeds[1] / speeds[0],
        PROMISED,
        "×",
    );
    site.remove().await;
}

/// While no server has the database open.
async fn fill(site: &Site) {
    let database = site.deployment.open().await;
    let stock = Stock {
        messages: 500_000,
        conversations: 100_000,
        until: now_ms() - 3_600_000,
    };
    stock.fill(&database).await;
    database.close().await;
}
