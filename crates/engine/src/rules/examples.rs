//! Messages that an admin typed and kept, to see what becomes of them after every change.

use domain::ids::{AccountId, ExampleId};
use domain::limits::{FieldError, LimitError, MAX_EXAMPLES};
use domain::simulate::TriedMessage;
use uuid::Uuid;

use super::sql::ADD_EXAMPLE;
use super::{Rules, RulesError, store};
use crate::storage::{StorageError, sql};

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
    pub async fn add_example(&self, account: AccountId, message: &TriedMessage) -> Result<ExampleId, RulesError> {
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
        if sql::execute(self.database.writer(), ADD_EXAMPLE, values).await? == 0 {
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
        match store::delete_example(self.database.writer(), self.tenant, example).await? {
            true => Ok(()),
            false => Err(RulesError::NotFound),
        }
    }

    pub(super) async fn stored_examples(
        &self,
        account: AccountId,
    ) -> Result<Vec<(ExampleId, TriedMessage)>, StorageError> {
        store::examples(self.database.reader(), self.tenant, account).await
    }
}
