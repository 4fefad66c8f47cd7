//! Time passes only when a story says so, and work is done only when it asks for it.

use std::sync::atomic::Ordering;
use std::time::Duration;

use domain::time::Timestamp;
use engine::clock::{Clock, SharedClock};
use engine::storage::sql;
use tokio::task::JoinHandle;

use super::World;

impl World {
    pub fn shared_clock(&self) -> SharedClock {
        self.engine.clock().clone()
    }

    pub fn now(&self) -> Timestamp {
        self.engine.clock().now()
    }

    /// Time passes for us and for Meta.
    pub fn pass(&self, time: Duration) {
        self.clock.advance(time);
        self.set_metas_clock();
    }

    /// From now on Meta's clock is ahead of ours, or behind by a negative number of milliseconds.
    pub fn metas_clock_is_ahead_by(&self, millis: i64) {
        self.metas_lead.store(millis, Ordering::SeqCst);
        self.set_metas_clock();
    }

    fn set_metas_clock(&self) {
        let lead = self.metas_lead.load(Ordering::SeqCst);
        self.meta().freeze_clock(self.clock.now().as_millis() + lead);
    }

    /// Works on everything that is due, all at the same time; echoes wait.
    pub async fn run_due(&self) {
        self.engine.pipeline().run_due().await.unwrap();
    }

    /// Works on everything that is due, one reply after the other; echoes wait.
    pub async fn run_due_in_turn(&self) {
        let text = "SELECT id FROM replies WHERE settled_at IS NULL AND not_before <= $1 ORDER BY occurred_at, id";
        let due = sql::values(self.database.reader(), text, [self.now().into()])
            .await
            .unwrap();
        for reply in due {
            self.engine.pipeline().work(reply).await.unwrap();
        }
    }

    /// Works on everything that is due, and lets the echoes in.
    pub async fn work(&self) {
        self.engine.pipeline().sweep().await.unwrap();
        self.run_due().await;
        self.deliver().await;
    }

    /// Works in a task of its own, so that the story goes on meanwhile.
    pub fn work_meanwhile(&self) -> JoinHandle<()> {
        let world = self.clone();
        tokio::spawn(async move { world.run_due().await })
    }

    /// Time passes; what became due is worked on.
    pub async fn wait(&self, time: Duration) {
        self.pass(time);
        self.work().await;
    }

    /// Lets `time` pass in steps, and works after each.
    pub async fn wait_in_steps(&self, time: Duration, step: Duration) {
        let end = self.now() + time;
        while self.now() < end {
            self.wait(step.min(end.since(self.now()))).await;
        }
    }
}

pub const fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

pub const fn minutes(count: u64) -> Duration {
    Duration::from_secs(60 * count)
}

pub const fn hours(count: u64) -> Duration {
    Duration::from_secs(3_600 * count)
}

pub const fn days(count: u64) -> Duration {
    hours(24 * count)
}
