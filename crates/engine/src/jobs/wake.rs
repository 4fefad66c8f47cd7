//! Wakes the workers as soon as a job is committed, in this process and, on PostgreSQL, in all others.
//!
//! A wake-up is a hint: any number of them melt into one, and a tick every second makes up for a lost one.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures::stream::{self, BoxStream, StreamExt};
use sqlx::PgPool;
use sqlx::postgres::PgListener;
use tokio::sync::{Notify, watch};
use tokio::time::MissedTickBehavior;
use tokio_stream::wrappers::{IntervalStream, WatchStream};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::storage::{Database, JobPool};

const CHANNEL: &str = "concierge_jobs";
/// What a lost wake-up costs at most.
const TICK: Duration = Duration::from_secs(1);
/// Other processes hear of our jobs at most this often: notifications of PostgreSQL serialise the commits that carry them.
const ANNOUNCE_GAP: Duration = Duration::from_millis(10);
const RECONNECT_AFTER: Duration = Duration::from_secs(1);

/// Where those who commit jobs meet those who run them. Clones share everything.
#[derive(Debug, Clone)]
pub struct WakeUps(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    /// Names this process on the channel, so that it does not wake itself twice.
    origin: String,
    here: watch::Sender<()>,
    elsewhere: Notify,
}

impl Default for WakeUps {
    fn default() -> Self {
        Self::new()
    }
}

impl WakeUps {
    /// Wakes nobody until a worker listens.
    #[must_use]
    pub fn new() -> Self {
        Self(Arc::new(Shared {
            origin: Uuid::new_v4().simple().to_string(),
            here: watch::Sender::new(()),
            elsewhere: Notify::new(),
        }))
    }

    /// Call after the commit of a transaction that enqueued jobs. Costs nothing when nobody sleeps.
    pub fn jobs_added(&self) {
        self.0.here.send_replace(());
        self.0.elsewhere.notify_one();
    }

    /// One item per wake-up or tick; what happens between two polls is one item.
    #[must_use]
    pub fn listen(&self) -> BoxStream<'static, ()> {
        let woken = WatchStream::from_changes(self.0.here.subscribe());
        let mut tick = tokio::time::interval(TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        stream::select(woken, IntervalStream::new(tick).map(|_| ())).boxed()
    }

    /// Carries wake-ups between the processes of a PostgreSQL deployment until `shutdown`; on SQLite there is one process.
    /// While the connection is away, workers live on their tick.
    pub async fn relay(&self, database: Database, shutdown: CancellationToken) {
        let JobPool::Postgres(pool) = database.job_pool().clone() else {
            return shutdown.cancelled().await;
        };
        let both = futures::future::join(self.notify_others(&pool), self.listen_to_others(&pool));
        futures::future::select(pin!(both), pin!(shutdown.cancelled())).await;
    }

    async fn notify_others(&self, pool: &PgPool) {
        loop {
            self.0.elsewhere.notified().await;
            let notify = sqlx::query("SELECT pg_notify($1, $2)")
                .bind(CHANNEL)
                .bind(&self.0.origin);
            if let Err(error) = notify.execute(pool).await {
                tracing::debug!(%error, "other processes were not told of new jobs: their tick finds them");
            }
            tokio::time::sleep(ANNOUNCE_GAP).await;
        }
    }

    async fn listen_to_others(&self, pool: &PgPool) {
        loop {
            let Err(error) = self.listen_until_lost(pool).await;
            tracing::warn!(%error, "wake-ups of other processes are lost until the database is back: workers poll every second");
            tokio::time::sleep(RECONNECT_AFTER).await;
        }
    }

    async fn listen_until_lost(&self, pool: &PgPool) -> Result<std::convert::Infallible, sqlx::Error> {
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen(CHANNEL).await?;
        loop {
            // `None` is a connection that was lost and is back: what was said meanwhile is unknown, so look.
            let heard = listener.try_recv().await?;
            if heard.is_none_or(|notification| notification.payload() != self.0.origin) {
                self.0.here.send_replace(());
            }
        }
    }
}
