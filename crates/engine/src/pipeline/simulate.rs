//! Trying a message against an account as it stands now. Reads only, on connections that cannot write to SQLite at all.

use domain::decide::{IntentScores, PromptApprovals};
use domain::ids::{AccountId, TenantId};
use domain::matching::CompiledConfig;
use domain::simulate::{Simulation, SimulatorFacts, TriedMessage, simulate};

use super::facts::NO_AI;
use super::sql::{AccountRow, SIMULATOR_FACTS};
use super::worker::Pipeline;
use crate::rules::load_reply_config;
use crate::storage::{StorageError, sql};

impl Pipeline {
    /// What a simulation depends on besides rules and message; none for another tenant's account.
    pub async fn simulator_facts(
        &self,
        tenant: TenantId,
        account: AccountId,
    ) -> Result<Option<SimulatorFacts>, StorageError> {
        let values = [account.into(), tenant.into()];
        let row = sql::optional(self.context.database.reader(), SIMULATOR_FACTS, values).await?;
        row.map(|row| self.facts_of(row)).transpose()
    }

    fn facts_of(&self, row: AccountRow) -> Result<SimulatorFacts, StorageError> {
        Ok(SimulatorFacts {
            account: row.facts()?,
            ai: NO_AI,
            prompts: PromptApprovals::default(),
            credits_available: row.has_credits(),
            quiet_hours: row.quiet_hours(),
            disclosure: row.disclosure,
            limits: self.context.limits,
            now: self.context.clock.now(),
        })
    }

    /// What would become of a message; none for another tenant's account. Nothing is stored, sent or charged.
    pub async fn simulate(
        &self,
        tenant: TenantId,
        account: AccountId,
        message: &TriedMessage,
    ) -> Result<Option<Simulation>, StorageError> {
        let Some(facts) = self.simulator_facts(tenant, account).await? else {
            return Ok(None);
        };
        let config = load_reply_config(self.context.database.reader(), account).await?;
        let config = config.ok_or(StorageError::Corrupt("reply config of an account"))?;
        let compiled = CompiledConfig::compile(&config);
        Ok(Some(simulate(&compiled, &facts, message, &IntentScores::Unavailable)))
    }
}
