//! Messages that an admin typed and kept, to see what becomes of them after every change.

use domain::ids::{AccountId, ExampleId};
use domain::limits::{FieldError, LimitError, MAX_EXAMPLES};
use domain::simulate::TriedMessage;
use uuid::Uuid;

use super::sql::ADD_EXAMPLE;
use super::{Rules, RulesError, store};
use crate::identity::{self, Actor, Entry};
use crate::storage::{Connection, StorageError, commit, sql};

impl Rules {
    /// The examples of an account, the oldest first.
    ///
    /// # Errors
    /// [`RulesError::NotFound`].
    pub async fn examples(&self, account: AccountId) -> Result<Vec<(ExampleId, TriedMessage)>, RulesError> {
        self.present(account).await?;
        Ok(self.stored_examples(account).await?)
    }

    /// Keeps a message.
    ///
    /// # Errors
    /// [`RulesError::Invalid`] under `text`, or under `examples` when there are too many; [`RulesError::NotFound`].
    pub async fn add_example(
        &self,
        account: AccountId,
        message: &TriedMessage,
        actor: Actor,
    ) -> Result<ExampleId, RulesError> {
        message.check().map_err(|error| RulesError::Invalid(vec![error]))?;
        self.present(account).await?;
        let id = ExampleId::from_uuid(Uuid::now_v7());
        let values = [
            id.into(),
            account.into(),
            message.clone().into(),
            self.clock.now().into(),
            self.tenant.into(),
            i64::try_from(MAX_EXAMPLES).unwrap_or(i64::MAX).into(),
        ];
        let tx = self.database.begin().await?;
        if sql::execute(&tx, ADD_EXAMPLE, values).await? == 0 {
            let error = FieldError::new("examples", &LimitError::TooManyExamples);
            return Err(RulesError::Invalid(vec![error]));
        }
        self.note(&tx, actor, "examples.added", id, "An example was added.")
            .await?;
        commit(tx).await?;
        Ok(id)
    }

    /// Forgets one.
    ///
    /// # Errors
    /// [`RulesError::NotFound`].
    pub async fn delete_example(&self, example: ExampleId, actor: Actor) -> Result<(), RulesError> {
        let tx = self.database.begin().await?;
        if !store::delete_example(&tx, self.tenant, example).await? {
            return Err(RulesError::NotFound);
        }
        self.note(&tx, actor, "examples.deleted", example, "An example was deleted.")
            .await?;
        Ok(commit(tx).await?)
    }

    /// What an example says stays out of the log: it may be a customer's words.
    async fn note<C: Connection>(
        &self,
        tx: &C,
        actor: Actor,
        action: &'static str,
        example: ExampleId,
        detail: &str,
    ) -> Result<(), StorageError> {
        let entry = Entry {
            tenant: self.tenant,
            actor,
            action,
            subject: example.as_uuid(),
            detail,
        };
        identity::record(tx, entry, self.clock.now()).await.map(drop)
    }

    pub(super) async fn stored_examples(
        &self,
        account: AccountId,
    ) -> Result<Vec<(ExampleId, TriedMessage)>, StorageError> {
        store::examples(self.database.reader(), self.tenant, account).await
    }
}
