//! The live test: "send a DM to @name now", and watch it arrive and be answered. It only looks; the pipeline does what it always does.

use domain::ids::{AccountId, TenantId};
use domain::messages::{Author, Direction, MessageOutcome};
use domain::time::Timestamp;
use domain::views::LiveTest;

use super::sql::{START_TEST, TEST, TEST_MESSAGE, TestMessageRow};
use super::{Connections, DisconnectError};
use crate::storage::{StorageError, sql};

impl Connections {
    /// Begins a test now.
    ///
    /// # Errors
    /// [`DisconnectError::NotFound`].
    pub async fn start_test(&self, tenant: TenantId, account: AccountId) -> Result<(), DisconnectError> {
        let values = [account.into(), tenant.into(), self.clock.now().into()];
        if sql::execute(self.database.writer(), START_TEST, values).await? == 0 {
            return Err(DisconnectError::NotFound);
        }
        Ok(())
    }

    /// How the test stands; none when none was begun.
    ///
    /// # Errors
    /// [`DisconnectError::NotFound`].
    pub async fn test(&self, tenant: TenantId, account: AccountId) -> Result<Option<LiveTest>, DisconnectError> {
        let values = [account.into(), tenant.into()];
        let row = sql::value::<(String, Option<Timestamp>), _>(self.database.reader(), TEST, values).await?;
        let (username, started_at) = row.ok_or(DisconnectError::NotFound)?;
        let Some(started_at) = started_at else {
            return Ok(None);
        };
        let message = self.first_message_since(account, started_at).await?;
        Ok(Some(words(&username, message)))
    }

    async fn first_message_since(
        &self,
        account: AccountId,
        started_at: Timestamp,
    ) -> Result<Option<TestMessageRow>, StorageError> {
        let values = [
            account.into(),
            started_at.into(),
            Direction::Inbound.into(),
            Author::Customer.into(),
            MessageOutcome::Sent.into(),
        ];
        sql::optional(self.database.reader(), TEST_MESSAGE, values).await
    }
}

fn words(username: &str, message: Option<TestMessageRow>) -> LiveTest {
    let Some(message) = message else {
        return LiveTest {
            sentence: format!("Send a DM to @{username} now, as a customer would."),
            arrived: false,
            answered: false,
            obstacle: None,
        };
    };
    let answered = message.outcome == Some(MessageOutcome::Sent);
    let obstacle = match (answered, message.reason, message.wait_reason) {
        (true, ..) => None,
        (false, Some(reason), _) => Some(reason.sentence().to_owned()),
        (false, None, Some(_)) => Some("The answer waits; the connection above says what for.".to_owned()),
        (false, None, None) => None,
    };
    let sentence = match (answered, &obstacle) {
        (true, _) => "It arrived and the answer went out. Everything works.",
        (false, Some(_)) => "It arrived, so receiving works. It was not answered.",
        (false, None) => "It arrived. The answer is on its way.",
    };
    LiveTest {
        sentence: sentence.into(),
        arrived: true,
        answered,
        obstacle,
    }
}
