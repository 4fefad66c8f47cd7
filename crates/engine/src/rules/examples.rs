//! Messages that an admin typed and kept, to see what becomes of them after every change.

use domain::decide::IntentScores;
use domain::ids::{AccountId, ExampleId};
use domain::limits::{FieldError, LimitError, MAX_EXAMPLES};
use domain::matching::CompiledConfig;
use domain::simulate::{ExampleOutcome, SimulatorFacts, TriedMessage};
use domain::views::{ExampleRow, SimulatorData};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{Rules, RulesError, store};
use crate::storage::{StorageError, sql};

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    message: String,
}

impl Rules {
    /// The examples of an account, the oldest first.
    ///
    /// # Errors
    /// [`RulesError::NotFound`].
    pub async fn examples(&self, account: AccountId) -> Result<Vec<(ExampleId, TriedMessage)>, RulesError> {
        self.present(account).await?;
        Ok(self.stored_examples(account).await?)
    }

    /// What the browser needs to warn and to simulate by itself.
    ///
    /// # Errors
    /// [`RulesError::NotFound`].
    pub async fn simulator_data(&self, account: AccountId, facts: SimulatorFacts) -> Result<SimulatorData, RulesError> {
        let (config, _) = self.present(account).await?;
        let compiled = CompiledConfig::compile(&config);
        let rows = self.stored_examples(account).await?.into_iter().map(|(id, message)| {
            let outcome = ExampleOutcome::of(&compiled, &facts, &message, &IntentScores::Unavailable);
            ExampleRow {
                id,
                message,
                who: outcome.who(),
                outcome,
            }
        });
        Ok(SimulatorData {
            examples: rows.collect(),
            facts,
        })
    }

    /// Keeps a message.
    ///
    /// # Errors
    /// [`RulesError::Invalid`] under `text`, or under `examples` when there are too many; [`RulesError::NotFound`].
    pub async fn add_example(&self, account: AccountId, message: &TriedMessage) -> Result<ExampleId, RulesError> {
        message.check().map_err(|error| RulesError::Invalid(vec![error]))?;
        self.present(account).await?;
        let id = ExampleId::from_uuid(Uuid::now_v7());
        let text = "INSERT INTO examples (id, tenant_id, account_id, message, created_at)
            SELECT $1, tenant_id, id, $3, $4 FROM accounts
            WHERE id = $2 AND tenant_id = $5 AND (SELECT COUNT(*) FROM examples e WHERE e.account_id = $2) < $6";
        let values = [
            id.as_uuid().into(),
            account.as_uuid().into(),
            store::to_json(message)?.into(),
            self.clock.now().as_millis().into(),
            self.tenant.as_uuid().into(),
            i64::try_from(MAX_EXAMPLES).unwrap_or(i64::MAX).into(),
        ];
        if sql::execute(self.database.writer(), text, values).await? == 0 {
            let error = FieldError::new("examples", &LimitError::TooManyExamples);
            return Err(RulesError::Invalid(vec![error]));
        }
        Ok(id)
    }

    /// Forgets one.
    ///
    /// # Errors
    /// [`RulesError::NotFound`].
    pub async fn delete_example(&self, example: ExampleId) -> Result<(), RulesError> {
        let text = "DELETE FROM examples WHERE id = $1 AND tenant_id = $2";
        let values = [example.as_uuid().into(), self.tenant.as_uuid().into()];
        match sql::execute(self.database.writer(), text, values).await? {
            0 => Err(RulesError::NotFound),
            _ => Ok(()),
        }
    }

    pub(super) async fn stored_examples(
        &self,
        account: AccountId,
    ) -> Result<Vec<(ExampleId, TriedMessage)>, StorageError> {
        let text = "SELECT id, message FROM examples WHERE tenant_id = $1 AND account_id = $2 ORDER BY created_at, id";
        let values = [self.tenant.as_uuid().into(), account.as_uuid().into()];
        let rows = sql::all::<Row, _>(self.database.reader(), text, values).await?;
        let read = |row: Row| {
            let message = serde_json::from_str(&row.message).map_err(|_| StorageError::Corrupt("example"))?;
            Ok((ExampleId::from_uuid(row.id), message))
        };
        rows.into_iter().map(read).collect()
    }
}
