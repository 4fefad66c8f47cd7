//! What keeps tables small and figures fresh: purges, write-offs, gauges, webhook counts.

use std::time::Duration;

use domain::ids::TenantId;
use domain::time::Timestamp;
use sea_orm::FromQueryResult;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::Engine;
use super::erasing::Erasing;
use crate::connect;
use crate::credits::write_off_expired;
use crate::jobs;
use crate::storage::{StorageError, sql};

const TICK: Duration = Duration::from_secs(10);
/// Rows of one DELETE: small, so that nobody waits long for SQLite's one writer.
const BATCH: u32 = 500;
/// Ticks between two rounds of purging: ten minutes.
const PURGE_EVERY: u64 = 60;
/// How long the keys of events are kept.
const EVENT_KEYS: Duration = Duration::from_secs(14 * 24 * 60 * 60);
/// How long deleted rules can be restored.
const DELETED_RULES: Duration = Duration::from_secs(30 * 24 * 60 * 60);

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
        write_off_everywhere(engine, now).await?;
        purge(engine, now).await?;
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct StatusRow {
    status: String,
    accounts: i64,
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
    let text = "SELECT status, COUNT(*) AS accounts FROM accounts GROUP BY status";
    let counted = sql::all::<StatusRow, _>(reader, text, []).await?;
    for status in [
        "connected",
        "needs_reconnect",
        "needs_attention",
        "paused",
        "disconnected",
    ] {
        let accounts = counted
            .iter()
            .find(|row| row.status == status)
            .map_or(0, |row| row.accounts);
        metrics::gauge!("concierge_accounts", "status" => status).set(accounts as f64);
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct TenantRow {
    tenant_id: Uuid,
}

async fn write_off_everywhere(engine: &Engine, now: Timestamp) -> Result<(), StorageError> {
    let text = "SELECT DISTINCT tenant_id FROM credit_batches WHERE remaining > 0 AND expires_at <= $1";
    let tenants = sql::all::<TenantRow, _>(engine.database().reader(), text, [now.as_millis().into()]).await?;
    for row in tenants {
        let transaction = engine.database().begin().await?;
        write_off_expired(&transaction, TenantId::from_uuid(row.tenant_id), now).await?;
        transaction.commit().await?;
    }
    Ok(())
}

async fn purge(engine: &Engine, now: Timestamp) -> Result<(), StorageError> {
    let database = engine.database();
    connect::purge(database, now).await?;
    while jobs::purge(database.writer(), BATCH).await? >= u64::from(BATCH) {}
    let purges = [
        (
            "DELETE FROM inbound_events WHERE (account_id, event_key) IN
                (SELECT account_id, event_key FROM inbound_events WHERE received_at < $1 LIMIT 500)",
            now - EVENT_KEYS,
        ),
        (
            "DELETE FROM messages WHERE id IN (SELECT m.id FROM messages m WHERE m.created_at < $1 AND NOT EXISTS
                (SELECT 1 FROM replies r WHERE r.message_id = m.id AND r.settled_at IS NULL) LIMIT 500)",
            now - engine.retention,
        ),
        (
            "DELETE FROM rules WHERE id IN (SELECT id FROM rules WHERE deleted_at < $1 LIMIT 500)",
            now - DELETED_RULES,
        ),
        (
            "DELETE FROM sessions WHERE id_hash IN (SELECT id_hash FROM sessions WHERE expires_at < $1 LIMIT 500)",
            now,
        ),
        (
            "DELETE FROM sign_in_throttle WHERE key IN (SELECT key FROM sign_in_throttle WHERE last_at < $1 LIMIT 500)",
            now - EVENT_KEYS,
        ),
    ];
    for (text, before) in purges {
        while sql::execute(database.writer(), text, [before.as_millis().into()]).await? >= u64::from(BATCH) {}
    }
    Ok(())
}
