//! The live test: "send a DM to @name now", and watch it arrive and be answered. It only looks; the pipeline does what it always does.

use domain::ids::{AccountId, TenantId};
use domain::reasons::Reason;
use domain::views::LiveTest;
use sea_orm::FromQueryResult;

use super::{Connections, DisconnectError};
use crate::storage::{StorageError, sql};

#[derive(FromQueryResult)]
struct StartRow {
    username: String,
    test_started_at: Option<i64>,
}

#[derive(FromQueryResult)]
struct MessageRow {
    outcome: Option<String>,
    reason: Option<String>,
    wait_reason: Option<String>,
}

impl Connections {
    /// Begins a test now.
    ///
    /// # Errors
    /// [`DisconnectError::NotFound`].
    pub async fn start_test(&self, tenant: TenantId, account: AccountId) -> Result<(), DisconnectError> {
        let text = "UPDATE instagram_accounts SET test_started_at = $3 WHERE account_id = $1 AND connected
            AND account_id IN (SELECT id FROM accounts WHERE tenant_id = $2)";
        let values = [
            account.as_uuid().into(),
            tenant.as_uuid().into(),
            self.clock.now().as_millis().into(),
        ];
        if sql::execute(self.database.writer(), text, values).await? == 0 {
            return Err(DisconnectError::NotFound);
        }
        Ok(())
    }

    /// How the test stands; none when none was begun.
    ///
    /// # Errors
    /// [`DisconnectError::NotFound`].
    pub async fn test(&self, tenant: TenantId, account: AccountId) -> Result<Option<LiveTest>, DisconnectError> {
        let text = "SELECT i.username AS username, i.test_started_at AS test_started_at
            FROM instagram_accounts i JOIN accounts a ON a.id = i.account_id WHERE a.id = $1 AND a.tenant_id = $2";
        let values = [account.as_uuid().into(), tenant.as_uuid().into()];
        let row = sql::optional::<StartRow, _>(self.database.reader(), text, values).await?;
        let row = row.ok_or(DisconnectError::NotFound)?;
        let Some(started_at) = row.test_started_at else {
            return Ok(None);
        };
        let message = self.first_message_since(account, started_at).await?;
        Ok(Some(words(&row.username, message)))
    }

    async fn first_message_since(
        &self,
        account: AccountId,
        started_at: i64,
    ) -> Result<Option<MessageRow>, StorageError> {
        // An answered one counts more than an earlier one that was not: the admin may have mended something in between.
        let text = "SELECT m.outcome AS outcome, m.reason AS reason, p.wait_reason AS wait_reason
            FROM messages m LEFT JOIN replies p ON p.message_id = m.id
            WHERE m.account_id = $1 AND m.direction = 'inbound' AND m.author = 'customer' AND m.created_at >= $2
            ORDER BY CASE WHEN m.outcome = 'sent' THEN 0 ELSE 1 END, m.created_at DESC LIMIT 1";
        let values = [account.as_uuid().into(), started_at.into()];
        sql::optional(self.database.reader(), text, values).await
    }
}

fn words(username: &str, message: Option<MessageRow>) -> LiveTest {
    let Some(message) = message else {
        return LiveTest {
            sentence: format!("Send a DM to @{username} now, from another Instagram account."),
            arrived: false,
            answered: false,
            obstacle: None,
        };
    };
    let answered = message.outcome.as_deref() == Some("sent");
    let reason = message.reason.and_then(|reason| reason.parse::<Reason>().ok());
    let obstacle = match (answered, reason, message.wait_reason) {
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
