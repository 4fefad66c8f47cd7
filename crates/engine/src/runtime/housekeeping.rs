//! What keeps tables small and figures fresh: purges, write-offs, gauges, webhook counts.

use std::time::Duration;

use domain::accounts::AccountStatusKind;
use domain::time::Timestamp;
use tokio_util::sync::CancellationToken;

use super::Engine;
use super::erasing::Erasing;
use super::sql::ACCOUNTS_BY_STATUS;
use crate::connect;
use crate::credits::write_off_everywhere;
use crate::jobs;
use crate::memory;
use crate::safety::purge_checks;
use crate::storage::{StorageError, sql};

const TICK: Duration = Duration::from_secs(10);
/// Rows of one DELETE, as its text says.
const BATCH: u32 = 500;
/// Ticks between two rounds of purging: ten minutes.
const PURGE_EVERY: u64 = 60;
pub(super) async fn run_housekeeping(engine: &Engine, shutdown: CancellationToken) {
    let mut ticks: u64 = 0;
    let mut erasing = Erasing::new(engine.database());
    while !shutdown.is_cancelled() {
        if let Err(error) = housekeeping_tick(engine, ticks).await {
            tracing::error!(error = &error as &dyn std::error::Error, "housekeeping was cut short");
        }
        erasing.tick(engine.database(), ticks).await;
        ticks += 1;
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = tokio::time::sleep(TICK) => {}
        }
    }
    if let Err(error) = engine.inbox().flush_health().await {
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "webhook counts of the last seconds are lost"
        );
    }
}

#[tracing::instrument(name = "housekeeping", skip_all, fields(tick = ticks))]
async fn housekeeping_tick(engine: &Engine, ticks: u64) -> Result<(), StorageError> {
    engine.inbox().flush_health().await?;
    show_gauges(engine).await?;
    if ticks.is_multiple_of(PURGE_EVERY) {
        let now = engine.clock.now();
        write_off_everywhere(engine.database(), now).await?;
        purge(engine, now).await?;
    }
    Ok(())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "gauges are floating point; counts stay far below 2^52"
)]
async fn show_gauges(engine: &Engine) -> Result<(), StorageError> {
    let reader = engine.database().reader();
    let depth = jobs::depth(reader, engine.clock.now()).await?;
    metrics::gauge!("concierge_queue_depth").set(depth.waiting as f64);
    metrics::gauge!("concierge_queue_oldest_seconds").set(depth.oldest_seconds as f64);
    let counted = sql::values::<(AccountStatusKind, i64), _>(reader, ACCOUNTS_BY_STATUS, []).await?;
    for status in AccountStatusKind::all() {
        let accounts = counted.iter().find(|(kind, _)| kind == status);
        let accounts = accounts.map_or(0, |(_, accounts)| *accounts);
        metrics::gauge!("concierge_accounts", "status" => status.as_str()).set(accounts as f64);
    }
    Ok(())
}

async fn purge(engine: &Engine, now: Timestamp) -> Result<(), StorageError> {
    let database = engine.database();
    connect::purge(database, now).await?;
    purge_checks(database, now).await?;
    memory::wipe_old(database, now).await?;
    while jobs::purge(database.writer(), BATCH).await? >= u64::from(BATCH) {}
    engine.purge_old(now).await
}
