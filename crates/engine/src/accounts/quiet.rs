//! Conversations that are with a person: how long Concierge keeps quiet in them, which they are, and *Resume*.

use std::time::Duration;

use domain::handover::{Handover, check_quiet_hours};
use domain::ids::{AccountId, ConversationId, TenantId};
use domain::limits::MAX_QUIET_HOURS;
use domain::time::Timestamp;
use domain::views::QuietConversation;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::{Accounts, AccountsError};
use crate::identity::{Actor, Entry, TenantTime};
use crate::messages::last_four;
use crate::storage::{StorageError, sql};

/// Conversations on the page, those that wait for a person first.
const SHOWN: usize = 50;
const HOUR: Duration = Duration::from_secs(60 * 60);

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    account_id: Uuid,
    customer_id: String,
    last_human_at: Option<i64>,
    left_to_person_at: Option<i64>,
    resumed_at: Option<i64>,
    human_quiet_hours: i64,
}

#[derive(FromQueryResult)]
struct HoursRow {
    human_quiet_hours: i64,
}

#[derive(FromQueryResult)]
struct AccountRow {
    account_id: Uuid,
    customer_id: String,
}

impl Row {
    fn handover(&self) -> Handover {
        let at = |millis: Option<i64>| millis.map(Timestamp::from_millis);
        Handover {
            person_wrote: at(self.last_human_at),
            left_to_person: at(self.left_to_person_at),
            resumed: at(self.resumed_at),
            quiet_hours: u32::try_from(self.human_quiet_hours).unwrap_or(u32::MAX),
        }
    }

    fn view(&self, time: &TenantTime) -> Option<QuietConversation> {
        let handover = self.handover();
        let until = handover.quiet_until().filter(|until| *until > time.now())?;
        let since = handover.last_with_person()?;
        Some(QuietConversation {
            id: ConversationId::from_uuid(self.id),
            customer: format!("··{}", last_four(&self.customer_id)),
            since: time.moment(since),
            until: time.moment(until),
            waits_for_person: handover.left_to_person > handover.person_wrote,
        })
    }
}

/// The quiet conversations of some accounts of one tenant with their account, those that wait for a person first, then the
/// latest.
pub(crate) async fn quiet_conversations<C: ConnectionTrait>(
    connection: &C,
    tenant: TenantId,
    account: Option<AccountId>,
    time: &TenantTime,
) -> Result<Vec<(AccountId, QuietConversation)>, StorageError> {
    let text = "SELECT c.id, c.account_id, c.customer_id, c.last_human_at, c.left_to_person_at, c.resumed_at,
            a.human_quiet_hours
        FROM accounts a JOIN conversations c ON c.account_id = a.id
        WHERE a.tenant_id = $1 AND ($2 OR a.id = $3) AND (c.last_human_at > $4 OR c.left_to_person_at > $4)";
    let longest = HOUR * MAX_QUIET_HOURS;
    let values: [Value; 4] = [
        tenant.as_uuid().into(),
        account.is_none().into(),
        account.map_or(Uuid::nil(), AccountId::as_uuid).into(),
        (time.now() - longest).as_millis().into(),
    ];
    let rows = sql::all::<Row, C>(connection, text, values).await?;
    let mut quiet: Vec<(AccountId, QuietConversation)> = rows
        .iter()
        .filter_map(|row| Some((AccountId::from_uuid(row.account_id), row.view(time)?)))
        .collect();
    quiet.sort_by_key(|(_, one)| (!one.waits_for_person, std::cmp::Reverse(one.since.at)));
    Ok(quiet)
}

impl Accounts {
    /// The account's conversations in which Concierge keeps quiet, those that wait for a person first.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn quiet_conversations(&self, account: AccountId) -> Result<Vec<QuietConversation>, AccountsError> {
        let time = self.time().await?;
        let all = quiet_conversations(self.database.reader(), self.tenant, Some(account), &time).await?;
        Ok(all.into_iter().map(|(_, one)| one).take(SHOWN).collect())
    }

    /// For how many hours Concierge keeps quiet after a person wrote; 0 is off.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`].
    pub async fn quiet_hours(&self, account: AccountId) -> Result<u32, AccountsError> {
        let text = "SELECT human_quiet_hours FROM accounts WHERE id = $1 AND tenant_id = $2";
        let values = [account.as_uuid().into(), self.tenant.as_uuid().into()];
        let row = sql::optional::<HoursRow, _>(self.database.reader(), text, values).await?;
        let hours = row.ok_or(AccountsError::NotFound)?.human_quiet_hours;
        Ok(u32::try_from(hours).unwrap_or(u32::MAX))
    }

    /// Sets that; it holds for what people wrote before, too.
    ///
    /// # Errors
    /// [`AccountsError::Invalid`] under `quiet_hours`; [`AccountsError::NotFound`].
    pub async fn set_quiet_hours(&self, account: AccountId, hours: u32, actor: Actor) -> Result<(), AccountsError> {
        let hours = check_quiet_hours(hours).map_err(|error| AccountsError::Invalid(vec![error]))?;
        let now = self.clock.now();
        let tx = self.database.begin().await?;
        let text = "UPDATE accounts SET human_quiet_hours = $3, version = version + 1, updated_at = $4
            WHERE id = $1 AND tenant_id = $2";
        let values = [
            account.as_uuid().into(),
            self.tenant.as_uuid().into(),
            i64::from(hours).into(),
            now.as_millis().into(),
        ];
        if sql::execute(&tx, text, values).await? == 0 {
            return Err(AccountsError::NotFound);
        }
        let detail = match hours {
            0 => "Replies go on after a person wrote.".to_owned(),
            1 => "Quiet for 1 hour after a person wrote.".to_owned(),
            hours => format!("Quiet for {hours} hours after a person wrote."),
        };
        let entry = Entry {
            action: "account.quiet_hours_set",
            ..self.entry(account, actor, &detail)
        };
        self.commit(tx, entry, now).await
    }

    /// Automatic replies go on in a conversation: for messages that come from now on. Returns the account it belongs to.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`].
    pub async fn resume(&self, conversation: ConversationId, actor: Actor) -> Result<AccountId, AccountsError> {
        let now = self.clock.now();
        let tx = self.database.begin().await?;
        let text = "UPDATE conversations SET resumed_at = $3 WHERE id = $1 AND tenant_id = $2
            RETURNING account_id, customer_id";
        let values = [
            conversation.as_uuid().into(),
            self.tenant.as_uuid().into(),
            now.as_millis().into(),
        ];
        let row = sql::optional::<AccountRow, _>(&tx, text, values).await?;
        let row = row.ok_or(AccountsError::NotFound)?;
        let account = AccountId::from_uuid(row.account_id);
        // Other people's open pages notice by the account's version.
        let text = "UPDATE accounts SET version = version + 1, updated_at = $2 WHERE id = $1";
        sql::execute(&tx, text, [account.as_uuid().into(), now.as_millis().into()]).await?;
        let detail = format!("Replies to ··{} were resumed.", last_four(&row.customer_id));
        let entry = Entry {
            action: "conversation.resumed",
            ..self.entry(account, actor, &detail)
        };
        self.commit(tx, entry, now).await?;
        Ok(account)
    }
}
