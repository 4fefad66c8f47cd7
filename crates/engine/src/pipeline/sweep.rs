//! The net under every lost wake-up: due replies without a live job get one.

use domain::time::Timestamp;
use tokio_util::sync::CancellationToken;

use super::refused::make_waiting_due;
use super::worker::Pipeline;
use crate::accounts::state;
use crate::jobs::stranded::{enqueue_stranded, stranded_replies};
use crate::storage::{JobPool, StorageError, commit};

/// Replies that one sweep takes up; what is left is taken up by the next, at once.
const LARGEST_SWEEP: u32 = 500;

impl Pipeline {
    /// Ends pauses that are over and enqueues what is due; returns how many replies that were.
    #[tracing::instrument(name = "pipeline.sweep", skip_all)]
    pub async fn sweep(&self) -> Result<usize, StorageError> {
        let context = &self.context;
        let now = context.clock.now();
        context.due.forget_until(now);
        let writer = context.database.writer();
        state::end_pauses(writer, now).await?;
        state::reset_pauses(writer, now).await?;
        if context.breaker.owes() {
            make_waiting_due(context).await;
        }
        let mut stranded = stranded_replies(
            context.database.reader(),
            now,
            self.handed_over_since(now),
            LARGEST_SWEEP,
        )
        .await?;
        stranded.retain(|job| !context.dispatcher.holds(job.reply));
        if stranded.is_empty() {
            return Ok(0);
        }
        let transaction = context.database.begin().await?;
        let enqueued = enqueue_stranded(&transaction, &stranded, now).await?;
        commit(transaction).await?;
        context.wake.jobs_added();
        tracing::debug!(replies = enqueued.len(), "due replies have a job again");
        Ok(enqueued.len())
    }

    /// On PostgreSQL a reply that was recorded a moment ago may be in the hands of another process.
    fn handed_over_since(&self, now: Timestamp) -> Timestamp {
        let context = &self.context;
        match context.database.job_pool() {
            JobPool::Postgres(_) if context.dispatcher.is_running() => now - context.timings.sweep(),
            _ => now,
        }
    }

    /// Sweeps at an interval, and earlier when this process knows of a reply that is due before.
    pub async fn sweep_until(&self, shutdown: CancellationToken) {
        while !shutdown.is_cancelled() {
            match self.sweep().await {
                Ok(swept) if swept >= LARGEST_SWEEP as usize => continue,
                Ok(_) => {}
                Err(error) => {
                    tracing::error!(
                        error = &error as &dyn std::error::Error,
                        "the sweeper could not look for due replies"
                    );
                }
            }
            tokio::select! {
                () = shutdown.cancelled() => {}
                () = self.next_sweep() => {}
            }
        }
    }

    async fn next_sweep(&self) {
        let context = &self.context;
        let tick = context.clock.now() + context.timings.sweep();
        loop {
            let next = context.due.earliest().map_or(tick, |due| due.min(tick));
            tokio::select! {
                () = tokio::time::sleep(next.since(context.clock.now())) => return,
                () = context.due.changed() => {}
            }
        }
    }
}
