//! The page *Health*.

use std::time::Duration;

use domain::accounts::AccountStatus;
use domain::ids::TenantId;
use domain::standing::{ConnectionState, SeenAccount, health_summary};
use domain::time::Timestamp;
use domain::views::{AccountHealth, CheckLine, Checking, HealthPage, Tone};

use super::facts;
use super::stopped::stopped_by;
use crate::accounts::AccountFacts;
use crate::clock::SharedClock;
use crate::connect::Connections;
use crate::connect::daily_checks::TenantRun;
use crate::identity::TenantTime;
use crate::inbox::webhook_health;
use crate::intents::Intents;
use crate::replies::count_waiting_for_deployment;
use crate::safety::Judge;
use crate::storage::{Database, StorageError};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How long the checks of all accounts may take.
const LATE_AFTER: Duration = Duration::from_secs(2 * 60 * 60);

/// The health of one tenant's connections.
#[derive(Debug, Clone)]
pub struct HealthPages {
    database: Database,
    clock: SharedClock,
    connections: Connections,
    judge: Option<Judge>,
    intents: Option<Intents>,
    tenant: TenantId,
}

impl HealthPages {
    /// The health of the connections of `tenant`.
    #[must_use]
    pub fn for_tenant(database: &Database, clock: SharedClock, connections: &Connections, tenant: TenantId) -> Self {
        Self {
            database: database.clone(),
            clock,
            connections: connections.clone(),
            judge: None,
            intents: None,
            tenant,
        }
    }

    /// Tells too how the model stands that checks personas and prompts in this process.
    #[must_use]
    pub fn judged_by(self, judge: Option<&Judge>) -> Self {
        Self {
            judge: judge.cloned(),
            ..self
        }
    }

    /// Tells too where rules with an intent are passed over, because this process has no model for them.
    #[must_use]
    pub fn understood_by(self, intents: &Intents) -> Self {
        Self {
            intents: Some(intents.clone()),
            ..self
        }
    }

    /// How everything stands.
    pub async fn page(&self) -> Result<HealthPage, StorageError> {
        let reader = self.database.reader();
        let time = TenantTime::of(reader, self.tenant, self.clock.now()).await?;
        let mut accounts = AccountFacts::of_all(reader, self.tenant, time.now()).await?;
        accounts.retain(AccountFacts::is_connected);
        let counted = webhook_health(&self.database).await?;
        let run = self.connections.tenant_run(self.tenant).await?;
        let overdue = is_late(run, time.now()) && self.connections.newest_run().await?.overdue;
        let last_dm = accounts.iter().filter_map(AccountFacts::last_dm_at).max();
        let mut facts = facts::all(
            &counted,
            last_dm,
            run.filter(|_| !accounts.is_empty()),
            overdue,
            count_waiting_for_deployment(reader, Some(self.tenant)).await?,
            &time,
        );
        if let Some(judge) = &self.judge {
            let failed = judge.failed_probe();
            facts.extend(failed.map(|(probe, at)| facts::weak_judge(probe, time.moment(at))));
        }
        if let Some(intents) = &self.intents {
            let passed_over = intents.passed_over(reader, self.tenant).await?;
            facts.extend(passed_over.map(facts::passed_over));
        }
        let seen: Vec<_> = accounts.iter().map(|facts| facts.seen(&time)).collect();
        let proven =
            |seen: &SeenAccount| matches!(seen.connection(), ConnectionState::Proven | ConnectionState::Unanswered);
        let stopped = stopped_by(reader, self.tenant, &accounts).await?;
        let stopped = stopped.filter(|_| !seen.is_empty() && seen.iter().all(proven));
        Ok(HealthPage {
            summary: stopped.unwrap_or_else(|| health_summary(&seen)),
            facts,
            checking: run.filter(|run| run.is_under_way()).map(|run| Checking {
                checked: run.checked,
                accounts: run.accounts,
            }),
            accounts: accounts.iter().map(|facts| account(facts, &time)).collect(),
        })
    }
}

/// A run that was made up for, or is nearly through, worries nobody.
fn is_late(run: Option<TenantRun>, now: Timestamp) -> bool {
    run.is_none_or(|run| {
        let patience = if run.is_under_way() {
            LATE_AFTER
        } else {
            DAY + LATE_AFTER
        };
        now.since(run.started_at) > patience
    })
}

fn account(facts: &AccountFacts, time: &TenantTime) -> AccountHealth {
    let connection = facts.connection(time);
    let mut lines = connection.lines;
    lines.sort_by_key(order);
    AccountHealth {
        brief: facts.brief(time),
        pill: facts.seen(time).connection().pill(),
        can_be_checked: matches!(
            facts.status(),
            AccountStatus::NeedsAttention | AccountStatus::Paused { .. }
        ),
        checked_at: connection.checked_at,
        lines,
    }
}

/// The worst first; among these, what can be put right from here.
const fn order(line: &CheckLine) -> (u8, bool) {
    let place = match line.state {
        Tone::Bad => 0,
        Tone::Warn => 1,
        Tone::Ok | Tone::Info | Tone::Idle => return (2, false),
    };
    (place, line.next_step.is_none())
}
