//! What the pipeline needs, gathered once at start, with every duration: configurable, so that drills can run in milliseconds.

use std::sync::Arc;
use std::time::Duration;

use domain::decide::ReplyLimits;
use domain::ids::TenantId;
use domain::replies::{LookupTimetable, RetryTimetable};
use domain::time::Timestamp;
use serde::Deserialize;

use super::breaker::DeploymentBreaker;
use super::composing::Tries;
use super::dispatcher::Dispatcher;
use super::due_times::DueTimes;
use super::facts::ConfigCache;
use super::match_log::MatchLog;
use super::settler::Settler;
use super::unread::UnreadConversations;
use crate::ai::{AiClient, Budget, check_budget};
use crate::channels::Channel;
use crate::clock::SharedClock;
use crate::intents::Intents;
use crate::jobs::wake::WakeUps;
use crate::replies::{Claimant, OpenReply};
use crate::storage::{Database, StorageError, Transaction};
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
    /// Remembers what matched, for the demo.
    pub matches: Option<MatchLog>,
    /// Says what a message means.
    pub intents: Intents,
    /// Writes AI replies; `None` where AI is off.
    pub ai: Option<AiClient>,
    /// Holds all replies while Meta refuses this deployment.
    pub breaker: DeploymentBreaker,
    /// Brings due replies to work.
    pub dispatcher: Dispatcher,
    pub(crate) claimant: Claimant,
    pub(crate) configs: ConfigCache,
    pub(crate) due: DueTimes,
    pub(crate) settler: Settler,
    pub(super) tries: Tries,
    pub(super) unread: UnreadConversations,
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
        dispatcher: Dispatcher,
        worker: String,
    ) -> Self {
        let claimant = Claimant {
            name: worker,
            length: timings.claim(),
        };
        Self {
            settler: Settler::start(database.clone(), vault.clone(), clock.clone()),
            database,
            channel,
            vault,
            clock,
            wake,
            timings,
            limits,
            matches: None,
            intents: Intents::default(),
            ai: None,
            breaker: DeploymentBreaker::default(),
            dispatcher,
            claimant,
            configs: ConfigCache::default(),
            due: DueTimes::default(),
            tries: Tries::default(),
            unread: UnreadConversations::default(),
        }
    }

    /// Whether the tenant may ask the AI once more today.
    pub(super) async fn ai_has_budget(
        &self,
        transaction: &Transaction,
        tenant: TenantId,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let limit = self.ai.as_ref().map_or(0, |ai| ai.settings().tokens_per_tenant_day);
        Ok(check_budget(transaction, tenant, limit, now).await? == Budget::Open)
    }

    /// When the AI is asked again about a reply, counted in calls; `None` to give up.
    pub(super) fn next_question(&self, reply: &OpenReply, now: Timestamp) -> Option<Timestamp> {
        let asked = u32::try_from(reply.compose_attempts).unwrap_or(u32::MAX);
        self.timings
            .retries()
            .next(asked, now, reply.occurred_at, rand::random())
    }

    /// When the AI is asked that had no time for a reply; `None` to give up.
    pub(super) fn next_turn(&self, reply: &OpenReply, now: Timestamp) -> Option<Timestamp> {
        self.timings.retries().next_turn(now, reply.occurred_at, rand::random())
    }

    /// A reply waits until `at`: looked at then, if that is before the sweeper's rounds would find it.
    pub(super) fn due_at(&self, at: Timestamp) {
        if at.since(self.clock.now()) <= self.timings.sweep() * 2 {
            self.due.add(at);
        }
    }
}

/// `[timings]` of `concierge.toml`. All in milliseconds, except `retry_jitter` (a share: 0.2 is ± 20 %).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Timings {
    /// How long a worker owns a reply.
    pub claim_ms: u64,
    /// A worker with less of its claim left does not call the platform.
    pub claim_reserve_ms: u64,
    /// How long one call to the Graph API may take.
    pub graph_timeout_ms: u64,
    /// Delays before the first retries.
    pub retry_delays_ms: Vec<u64>,
    /// The interval after those.
    pub retry_then_every_ms: u64,
    /// How long after the customer's message the retries end.
    pub retry_give_up_ms: u64,
    /// By which share a retry may be earlier or later.
    pub retry_jitter: f64,
    /// When the conversation is read after an unknown outcome.
    pub lookup_delays_ms: Vec<u64>,
    /// The interval after those.
    pub lookup_then_every_ms: u64,
    /// How often the sweeper looks for due replies without a job.
    pub sweep_ms: u64,
}

impl Default for Timings {
    fn default() -> Self {
        Self {
            claim_ms: 45_000,
            claim_reserve_ms: 15_000,
            graph_timeout_ms: 10_000,
            retry_delays_ms: vec![1_000, 5_000, 30_000, 120_000, 600_000],
            retry_then_every_ms: 600_000,
            retry_give_up_ms: 2 * 3_600_000,
            retry_jitter: 0.2,
            lookup_delays_ms: vec![10_000, 30_000, 120_000],
            lookup_then_every_ms: 600_000,
            sweep_ms: 15_000,
        }
    }
}

impl Timings {
    /// How long a worker owns a reply.
    #[must_use]
    pub fn claim(&self) -> Duration {
        Duration::from_millis(self.claim_ms)
    }

    /// How much of a claim may be used up before the call to the platform.
    #[must_use]
    pub fn longest_preparation(&self) -> Duration {
        Duration::from_millis(self.claim_ms.saturating_sub(self.claim_reserve_ms))
    }

    /// How long one call to the Graph API may take.
    #[must_use]
    pub fn graph_timeout(&self) -> Duration {
        Duration::from_millis(self.graph_timeout_ms)
    }

    /// How often the sweeper runs.
    #[must_use]
    pub fn sweep(&self) -> Duration {
        Duration::from_millis(self.sweep_ms)
    }

    /// When a reply is tried again.
    #[must_use]
    pub fn retries(&self) -> RetryTimetable {
        RetryTimetable {
            delays: self
                .retry_delays_ms
                .iter()
                .copied()
                .map(Duration::from_millis)
                .collect(),
            then_every: Duration::from_millis(self.retry_then_every_ms),
            give_up_after: Duration::from_millis(self.retry_give_up_ms),
            jitter: self.retry_jitter,
        }
    }

    /// When a conversation is read.
    #[must_use]
    pub fn lookups(&self) -> LookupTimetable {
        LookupTimetable {
            reads: self
                .lookup_delays_ms
                .iter()
                .copied()
                .map(Duration::from_millis)
                .collect(),
            then_every: Duration::from_millis(self.lookup_then_every_ms),
        }
    }
}
