//! Trying a message against an account as it stands now. Reads only, on connections that cannot write to SQLite at all.

use domain::decide::{IntentModel, IntentScores, PromptApprovals};
use domain::ids::{AccountId, TenantId};
use domain::matching::CompiledConfig;
use domain::rules::{Matcher, ReplyConfig};
use domain::simulate::{ExampleOutcome, Simulation, SimulatorFacts, TriedMessage, simulate};
use domain::views::{ExampleRow, SimulatorData};
use domain::warnings::warnings;

use super::composing::AiTexts;
use super::facts::NO_AI;
use super::sql::{AccountRow, SIMULATOR_FACTS, SimulatorRow};
use super::worker::Pipeline;
use crate::rules::{Rules, RulesError};
use crate::storage::{StorageError, sql};
use crate::vault::Content;

impl Pipeline {
    /// What a simulation depends on besides rules and message; none for another tenant's account.
    pub async fn simulator_facts(
        &self,
        tenant: TenantId,
        account: AccountId,
    ) -> Result<Option<SimulatorFacts>, StorageError> {
        let simulated = self.simulated(tenant, account).await?;
        Ok(simulated.map(|(_, facts)| facts))
    }

    /// The rules as they are, and what else counts.
    pub(super) async fn simulated(
        &self,
        tenant: TenantId,
        account: AccountId,
    ) -> Result<Option<(CompiledConfig, SimulatorFacts)>, StorageError> {
        let (context, reader) = (&self.context, self.context.database.reader());
        let row = sql::optional(reader, SIMULATOR_FACTS, [account.into(), tenant.into()]).await?;
        let Some(SimulatorRow { account: row, revision }) = row else {
            return Ok(None);
        };
        let config = context.configs.compiled(reader, account, revision).await?;
        let now = context.clock.now();
        // Also without an AI reply: the pages offer one only where there is an AI.
        let ai = match context.ai.is_some() {
            true => Some(AiTexts::load(reader, tenant, account, config.config(), now).await?),
            false => None,
        };
        let intents = context.intents.model().await;
        let facts = self.facts_of(row, ai, intents)?;
        Ok(Some((config, facts)))
    }

    fn facts_of(
        &self,
        row: AccountRow,
        ai: Option<AiTexts>,
        intents: IntentModel,
    ) -> Result<SimulatorFacts, StorageError> {
        Ok(SimulatorFacts {
            account: row.facts()?,
            ai: ai.as_ref().map_or(NO_AI, AiTexts::facts),
            intents,
            prompts: ai.map_or_else(PromptApprovals::default, |texts| texts.prompts),
            credits_available: row.has_credits(),
            quiet_hours: row.quiet_hours(),
            disclosure: row.disclosure,
            default_frequency: row.default_reply_frequency,
            limits: self.context.limits,
            now: self.context.clock.now(),
        })
    }

    /// What the browser needs to warn and to simulate by itself. Examples that reach a Prompt rule are scored.
    ///
    /// # Errors
    /// [`RulesError::NotFound`].
    pub async fn simulator_data(
        &self,
        rules: &Rules,
        tenant: TenantId,
        account: AccountId,
    ) -> Result<SimulatorData, RulesError> {
        let stored = rules.examples(account).await?;
        let simulated = self.simulated(tenant, account).await?;
        let (compiled, facts) = simulated.ok_or(RulesError::NotFound)?;
        let config = compiled.config();
        let mut examples = Vec::with_capacity(stored.len());
        for (id, message) in stored {
            let unscored = ExampleOutcome::of(&compiled, &facts, &message, &facts.unscored());
            let outcome = match unscored.response {
                Some(_) => unscored,
                None => {
                    let scores = self.scores(tenant, account, config, &message).await?;
                    ExampleOutcome::of(&compiled, &facts, &message, &scores)
                }
            };
            examples.push(ExampleRow {
                id,
                message,
                who: outcome.who(),
                outcome,
            });
        }
        Ok(SimulatorData {
            examples,
            intents: self.context.intents.view(tenant, account, config).await?,
            prompts: Vec::new(),
            warnings: warnings(config, &facts.for_warnings()).in_words(),
            facts,
        })
    }

    /// How well a message fits the Prompt rules of an account, as the pipeline would find it. The words may leave this process where a
    /// provider embeds them.
    pub async fn scores(
        &self,
        tenant: TenantId,
        account: AccountId,
        config: &ReplyConfig,
        message: &TriedMessage,
    ) -> Result<IntentScores, StorageError> {
        let words = Content::new(message.text.clone());
        if !message.kind.carries_text() || message.text.trim().is_empty() || !has_intents(config) {
            return Ok(IntentScores::Unavailable);
        }
        self.context.intents.scores(tenant, account, config, &words).await
    }

    /// What would become of a message; none for another tenant's account. Nothing is stored, sent or charged.
    pub async fn simulate(
        &self,
        tenant: TenantId,
        account: AccountId,
        message: &TriedMessage,
    ) -> Result<Option<Simulation>, StorageError> {
        let Some((compiled, facts)) = self.simulated(tenant, account).await? else {
            return Ok(None);
        };
        let scores = self.scores(tenant, account, compiled.config(), message).await?;
        Ok(Some(simulate(&compiled, &facts, message, &scores)))
    }
}

fn has_intents(config: &ReplyConfig) -> bool {
    let mut rules = config.rules.iter().filter(|rule| rule.enabled);
    rules.any(|rule| matches!(rule.matcher, Matcher::Prompt(_)))
}
