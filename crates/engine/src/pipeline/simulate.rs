//! Trying a message against an account as it stands now. Reads only, on connections that cannot write to SQLite at all.

use domain::accounts::AccountFacts;
use domain::decide::IntentScores;
use domain::ids::{AccountId, TenantId};
use domain::matching::CompiledConfig;
use domain::simulate::{Simulation, SimulatorFacts, TriedMessage, simulate};
use sea_orm::FromQueryResult;

use super::facts::NO_AI;
use super::worker::Pipeline;
use crate::accounts::state;
use crate::rules::load_reply_config;
use crate::storage::{StorageError, sql};

#[derive(FromQueryResult)]
struct Row {
    status: String,
    paused_until: Option<i64>,
    enabled: bool,
    auto_reply: bool,
    human_quiet_hours: i64,
    disclosure: Option<String>,
    balance: i64,
}

impl Pipeline {
    /// What a simulation depends on besides rules and message; none for another tenant's account.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn simulator_facts(
        &self,
        tenant: TenantId,
        account: AccountId,
    ) -> Result<Option<SimulatorFacts>, StorageError> {
        let text = "SELECT a.status, a.paused_until, a.enabled, a.auto_reply, a.human_quiet_hours, t.disclosure,
                COALESCE(b.balance, 0) AS balance
            FROM accounts a JOIN tenants t ON t.id = a.tenant_id LEFT JOIN credit_balances b ON b.tenant_id = t.id
            WHERE a.id = $1 AND a.tenant_id = $2";
        let values = [account.as_uuid().into(), tenant.as_uuid().into()];
        let row = sql::optional::<Row, _>(self.context.database.reader(), text, values).await?;
        row.map(|row| self.facts_of(row)).transpose()
    }

    fn facts_of(&self, row: Row) -> Result<SimulatorFacts, StorageError> {
        Ok(SimulatorFacts {
            account: AccountFacts {
                status: state::account_status(&row.status, row.paused_until)?,
                enabled: row.enabled,
                auto_reply: row.auto_reply,
            },
            ai: NO_AI,
            credits_available: row.balance > 0,
            quiet_hours: u32::try_from(row.human_quiet_hours).unwrap_or(u32::MAX),
            disclosure: row.disclosure,
            limits: self.context.limits,
            now: self.context.clock.now(),
        })
    }

    /// What would become of a message; none for another tenant's account. Nothing is stored, sent or charged.
    ///
    /// # Errors
    /// What the database answers.
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
