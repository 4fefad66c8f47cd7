//! What the pipeline needs, gathered once at start.

use std::sync::Arc;

use domain::decide::ReplyLimits;
use domain::time::Timestamp;

use super::due_times::DueTimes;
use super::facts::ConfigCache;
use super::match_log::MatchLog;
use super::settler::Settler;
use super::timings::Timings;
use crate::channels::Channel;
use crate::clock::SharedClock;
use crate::jobs::wake::WakeUps;
use crate::replies::Claimant;
use crate::storage::Database;
use crate::vault::Vault;

/// Shared by all workers of a process.
#[derive(Debug, Clone)]
pub struct PipelineContext {
    /// Where replies live.
    pub database: Database,
    /// Where they are sent.
    pub channel: Arc<dyn Channel>,
    /// Opens and seals content and tokens.
    pub vault: Vault,
    /// Says when.
    pub clock: SharedClock,
    /// Told when jobs were enqueued.
    pub wake: WakeUps,
    /// How long everything takes.
    pub timings: Timings,
    /// How many replies a conversation gets.
    pub limits: ReplyLimits,
    /// Remembers which keyword matched, for the demo.
    pub matches: Option<MatchLog>,
    pub(crate) claimant: Claimant,
    pub(crate) configs: ConfigCache,
    pub(crate) due: DueTimes,
    pub(crate) settler: Settler,
}

impl PipelineContext {
    /// A context whose claims carry `worker`, a name unique per process start.
    #[expect(
        clippy::too_many_arguments,
        reason = "each is a part of the deployment; a builder would only rename them"
    )]
    #[must_use]
    pub fn new(
        database: Database,
        channel: Arc<dyn Channel>,
        vault: Vault,
        clock: SharedClock,
        wake: WakeUps,
        timings: Timings,
        limits: ReplyLimits,
        worker: String,
    ) -> Self {
        let claimant = Claimant {
            name: worker,
            length: timings.claim(),
        };
        Self {
            settler: Settler::start(database.clone(), clock.clone()),
            database,
            channel,
            vault,
            clock,
            wake,
            timings,
            limits,
            matches: None,
            claimant,
            configs: ConfigCache::default(),
            due: DueTimes::default(),
        }
    }

    /// A reply waits until `at`: looked at then, if that is before the sweeper's beats would find it.
    pub(super) fn due_at(&self, at: Timestamp) {
        if at.since(self.clock.now()) <= self.timings.sweep() * 2 {
            self.due.add(at);
        }
    }
}
