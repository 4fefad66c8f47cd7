//! What a second process brings on PostgreSQL: both have all duties, and deliveries go to both in turn.

use std::time::Duration;

use crate::database_processes::DatabaseProcesses;
use crate::databases::DatabaseKind;
use crate::deliveries::Deliveries;
use crate::graph::LIKE_META;
use crate::load::{Load, Until};
use crate::site::Site;
use crate::table::Table;

const TENANTS: usize = 10;
const LONG_ENOUGH: Until = Until::After(Duration::from_secs(8));
/// Two against one.
const PROMISED: f64 = 1.5;

pub async fn measure(kind: &DatabaseKind, table: &mut Table) {
    if *kind == DatabaseKind::Sqlite {
        return;
    }
    let site = Site::with_tenants(kind, TENANTS).await;
    site.graph.answer_after(LIKE_META);
    let accounts = Deliveries::to_all(&site.shops);
    let mut servers = vec![site.serve().await];
    let mut speeds = Vec::new();
    for called in ["one process", "two processes"] {
        let load = Load {
            servers: &servers,
            accounts: accounts.clone(),
            graph: &site.graph,
            database: DatabaseProcesses::of(kind).await,
        };
        let sustained = load.sustain(LONG_ENOUGH).await;
        let what = format!("replies per second: {called}, 10 tenants, Graph after 150 ms");
        let (speed, cost) = (sustained.per_second(), sustained.server_micros());
        table.note(&what, kind.name(), format!("{speed:.0} /s, {cost:.0} µs each"));
        speeds.push(speed);
        if servers.len() == 1 {
            servers.push(site.serve().await);
        }
    }
    table.at_least(
        "two processes against one",
        kind.name(),
        speeds[1] / speeds[0],
        PROMISED,
        "×",
    );
    drop(servers);
    site.remove().await;
}
