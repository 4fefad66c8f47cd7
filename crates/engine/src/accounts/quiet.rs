//! Conversations that are with a person: how long Concierge keeps quiet in them, which they are, and *Resume*.

use std::time::Duration;

use domain::handover::{Handover, check_quiet_hours};
use domain::ids::{AccountId, ConversationId, TenantId};
use domain::limits::MAX_QUIET_HOURS;
use domain::views::QuietConversation;

use super::sql::{QUIET_CONVERSATIONS, QuietRow};
use super::store::{self, Setting};
use super::{Accounts, AccountsError};
use crate::identity::{Actor, TenantTime};
use crate::messages::last_four;
use crate::storage::{Connection, StorageError, sql};

/// Conversations on the page, those that wait for a person first.
const SHOWN: usize = 50;
const HOUR: Duration = Duration::from_secs(60 * 60);

impl QuietRow {
    fn handover(&self) -> Handover {
        Handover {
            person_wrote: self.last_human_at,
            left_to_person: self.left_to_person_at,
            resumed: self.resumed_at,
            quiet_hours: u32::try_from(self.human_quiet_hours).unwrap_or(u32::MAX),
        }
    }

    fn view(&self, time: &TenantTime) -> Option<QuietConversation> {
        let handover = self.handover();
        let until = handover.quiet_until().filter(|until| *until > time.now())?;
        let since = handover.last_with_person()?;
        Some(QuietConversation {
            id: self.id,
            customer: format!("··{}", last_four(&self.customer_id)),
            since: time.moment(since),
            until: time.moment(until),
            waits_for_person: handover.left_to_person > handover.person_wrote,
        })
    }
}

/// The quiet conversations of some accounts of one tenant with their account, those that wait for a person first, then the
/// latest.
pub(crate) async fn quiet_conversations<C: Connection>(
    connection: &C,
    tenant: TenantId,
    account: Option<AccountId>,
    time: &TenantTime,
) -> Result<Vec<(AccountId, QuietConversation)>, StorageError> {
    let rows = quiet_rows(connection, tenant, account, time).await?;
    Ok(rows.into_iter().map(|(row, view)| (row.account_id, view)).collect())
}

/// The same, each as it is stored.
pub(super) async fn quiet_rows<C: Connection>(
    connection: &C,
    tenant: TenantId,
    account: Option<AccountId>,
    time: &TenantTime,
) -> Result<Vec<(QuietRow, QuietConversation)>, StorageError> {
    let longest = HOUR * MAX_QUIET_HOURS;
    let values = [
        tenant.into(),
        account.is_none().into(),
        account.into(),
        (time.now() - longest).into(),
    ];
    let rows = sql::all::<QuietRow, C>(connection, QUIET_CONVERSATIONS, values).await?;
    let seen = |row: QuietRow| row.view(time).map(|view| (row, view));
    let mut quiet: Vec<(QuietRow, QuietConversation)> = rows.into_iter().filter_map(seen).collect();
    quiet.sort_by_key(|(_, one)| (!one.waits_for_person, std::cmp::Reverse(one.since.at)));
    Ok(quiet)
}

impl Accounts {
    /// The account's conversations in which Concierge keeps quiet, those that wait for a person first.
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
        let hours = store::quiet_hours(self.database.reader(), self.tenant, account).await?;
        let hours = hours.ok_or(AccountsError::NotFound)?;
        Ok(u32::try_from(hours).unwrap_or(u32::MAX))
    }

    /// Sets that; it holds for what people wrote before, too.
    ///
    /// # Errors
    /// [`AccountsError::Invalid`] under `quiet_hours`; [`AccountsError::NotFound`].
    pub async fn set_quiet_hours(&self, account: AccountId, hours: u32, actor: Actor) -> Result<(), AccountsError> {
        let hours = check_quiet_hours(hours).map_err(|error| AccountsError::Invalid(vec![error]))?;
        let detail = match hours {
            0 => "Replies go on after a person wrote.".to_owned(),
            1 => "Quiet for 1 hour after a person wrote.".to_owned(),
            hours => format!("Quiet for {hours} hours after a person wrote."),
        };
        let setting = Setting::QuietHours(hours);
        self.change_setting(account, setting, actor, "account.quiet_hours_set", &detail)
            .await
    }

    /// Automatic replies go on in a conversation: for messages that come from now on. Returns the account it belongs to.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`].
    pub async fn resume(&self, conversation: ConversationId, actor: Actor) -> Result<AccountId, AccountsError> {
        let now = self.clock.now();
        let tx = self.database.begin().await?;
        let resumed = store::resume_conversation(&tx, self.tenant, conversation, now).await?;
        let resumed = resumed.ok_or(AccountsError::NotFound)?;
        let account = resumed.account_id;
        let detail = format!("Replies to ··{} were resumed.", last_four(&resumed.customer_id));
        self.commit(tx, account, actor, "conversation.resumed", &detail, now)
            .await?;
        Ok(account)
    }
}
