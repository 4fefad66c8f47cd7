//! What an admin sees of their accounts and does with them.

use domain::ai_fallback::AiFallback;
use domain::default_reply::DefaultReplyFrequency;
use domain::ids::{AccountId, TenantId};
use domain::rules::{Response, validate_default_reply};
use domain::time::Timestamp;
use domain::views::{AccountPage, AccountsPage, DefaultReplyConflict, Identity};

use super::store::{self, Setting};
use super::{AccountFacts, AccountsError, card};
use crate::clock::SharedClock;
use crate::identity::{self, Actor, Entry, TenantTime};
use crate::memory;
use crate::messages::Messages;
use crate::rules::{Change, ListChange, set_default_reply};
use crate::storage::{Database, Transaction, commit};

const RECENT: u32 = 5;
const EDITED: &str = "default_reply.edited";

/// The accounts of one tenant. Another tenant's ids are [`AccountsError::NotFound`].
#[derive(Debug, Clone)]
pub struct Accounts {
    pub(super) database: Database,
    pub(super) clock: SharedClock,
    pub(super) tenant: TenantId,
}

impl Accounts {
    /// The accounts of `tenant`.
    #[must_use]
    pub fn for_tenant(database: &Database, clock: SharedClock, tenant: TenantId) -> Self {
        Self {
            database: database.clone(),
            clock,
            tenant,
        }
    }

    /// All accounts, those that need somebody first.
    pub async fn list(&self) -> Result<AccountsPage, AccountsError> {
        let time = self.time().await?;
        let all = AccountFacts::of_all(self.database.reader(), self.tenant, self.clock.now()).await?;
        Ok(card::page(&all, &time))
    }

    /// One account.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`].
    pub async fn page(&self, account: AccountId) -> Result<AccountPage, AccountsError> {
        let facts = AccountFacts::of_one(self.database.reader(), self.tenant, account, self.clock.now()).await?;
        let facts = facts.ok_or(AccountsError::NotFound)?;
        let time = self.time().await?;
        let settings = store::reply_settings(self.database.reader(), self.tenant, account).await?;
        let (ai_memory, ai_fallback, default_frequency) = settings.ok_or(AccountsError::NotFound)?;
        let messages = Messages::for_tenant(&self.database, self.clock.clone(), self.tenant);
        Ok(AccountPage {
            card: facts.card(&time),
            status: facts.status_sentence(&time),
            default_reply: facts.default_reply().clone(),
            default_version: facts.row.default_version,
            default_frequency,
            connection: facts.connection(&time),
            identity: Identity {
                instagram_id: facts.row.ig_id.clone(),
                page_id: facts.row.page_id.clone(),
                connected: time.moment(facts.row.created_at),
            },
            recent: messages.recent(account, RECENT).await?,
            quiet_hours: self.quiet_hours(account).await?,
            quiet: self.quiet_conversations(account).await?,
            ai_memory,
            ai_fallback,
            automation: facts.automation(&time),
        })
    }

    /// The switch *Enabled*.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`].
    pub async fn set_enabled(&self, account: AccountId, on: bool, actor: Actor) -> Result<(), AccountsError> {
        let detail = format!("Enabled was switched {}.", if on { "on" } else { "off" });
        let setting = Setting::Enabled(on);
        self.change_setting(account, setting, actor, "account.enabled_switched", &detail)
            .await
    }

    /// The switch *Auto-reply*.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`].
    pub async fn set_auto_reply(&self, account: AccountId, on: bool, actor: Actor) -> Result<(), AccountsError> {
        let detail = format!("Auto-reply was switched {}.", if on { "on" } else { "off" });
        let setting = Setting::AutoReply(on);
        self.change_setting(account, setting, actor, "account.auto_reply_switched", &detail)
            .await
    }

    /// Whether AI replies remember the last turns of a conversation. Off forgets everything at once.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`].
    pub async fn set_ai_memory(&self, account: AccountId, on: bool, actor: Actor) -> Result<(), AccountsError> {
        let now = self.clock.now();
        let tx = self.database.begin().await?;
        if !store::change_setting(&tx, self.tenant, account, Setting::AiMemory(on), now).await? {
            return Err(AccountsError::NotFound);
        }
        if !on {
            // After the account: replies that are being settled are finished by now, and those to come forget.
            memory::forget_account(&tx, account).await?;
        }
        let detail = format!(
            "The memory of AI replies was switched {}.",
            if on { "on" } else { "off" }
        );
        self.commit(tx, account, actor, "account.ai_memory_switched", &detail, now)
            .await
    }

    /// What happens when no answer of the AI may be sent.
    ///
    /// # Errors
    /// [`AccountsError::Invalid`] under `canned`; [`AccountsError::NotFound`].
    pub async fn set_ai_fallback(
        &self,
        account: AccountId,
        choice: &AiFallback,
        actor: Actor,
    ) -> Result<(), AccountsError> {
        let choice = choice.check().map_err(|error| AccountsError::Invalid(vec![error]))?;
        let detail = choice.sentence();
        self.change_setting(
            account,
            Setting::AiFallback(choice),
            actor,
            "account.ai_fallback_set",
            detail,
        )
        .await
    }

    /// How often one customer gets the default reply.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`].
    pub async fn set_default_reply_frequency(
        &self,
        account: AccountId,
        frequency: DefaultReplyFrequency,
        actor: Actor,
    ) -> Result<(), AccountsError> {
        let setting = Setting::DefaultReplyFrequency(frequency);
        let action = "account.default_reply_frequency_set";
        self.change_setting(account, setting, actor, action, frequency.sentence())
            .await
    }

    /// Saves the default reply. Saving what is saved already is no change. Returns the version to send with the next
    /// edit.
    ///
    /// # Errors
    /// [`AccountsError::DefaultReplyChanged`] when `version` is not the present one; [`AccountsError::Invalid`] under
    /// `canned` or `prompt`; [`AccountsError::NotFound`].
    pub async fn edit_default_reply(
        &self,
        account: AccountId,
        version: i64,
        reply: &Response,
        actor: Actor,
    ) -> Result<i64, AccountsError> {
        let reply = validate_default_reply(reply).map_err(AccountsError::Invalid)?;
        let now = self.clock.now();
        let change = Change::begin(&self.database, self.tenant, account, ListChange::No, now).await?;
        let present = change.before.default_reply.clone();
        let present_version = change.config.default_version;
        if present == reply {
            return Ok(present_version);
        }
        if present_version != version {
            drop(change);
            let conflict = self.conflict(account, present, present_version, reply).await?;
            return Err(AccountsError::DefaultReplyChanged(Box::new(conflict)));
        }
        set_default_reply(&change.tx, account, &reply).await?;
        change
            .commit(actor, EDITED, account, "The default reply was edited.")
            .await?;
        Ok(version + 1)
    }

    async fn conflict(
        &self,
        account: AccountId,
        theirs: Response,
        current_version: i64,
        mine: Response,
    ) -> Result<DefaultReplyConflict, AccountsError> {
        let time = self.time().await?;
        let last = identity::last_change(self.database.reader(), self.tenant, account.as_uuid(), &[EDITED]).await?;
        let changed_at = time.moment(last.as_ref().map_or(time.now(), |last| last.at));
        Ok(DefaultReplyConflict {
            theirs,
            current_version,
            mine,
            changed_by: last.and_then(|last| last.by),
            changed_at,
        })
    }

    pub(super) async fn change_setting(
        &self,
        account: AccountId,
        setting: Setting,
        actor: Actor,
        action: &'static str,
        detail: &str,
    ) -> Result<(), AccountsError> {
        let now = self.clock.now();
        let tx = self.database.begin().await?;
        if !store::change_setting(&tx, self.tenant, account, setting, now).await? {
            return Err(AccountsError::NotFound);
        }
        self.commit(tx, account, actor, action, detail, now).await
    }

    /// Writes the audit row and commits. `detail` is the change as a sentence.
    pub(super) async fn commit(
        &self,
        tx: Transaction,
        account: AccountId,
        actor: Actor,
        action: &'static str,
        detail: &str,
        now: Timestamp,
    ) -> Result<(), AccountsError> {
        let entry = Entry {
            tenant: self.tenant,
            actor,
            action,
            subject: account.as_uuid(),
            detail,
        };
        identity::record(&tx, entry, now).await?;
        Ok(commit(tx).await?)
    }

    pub(super) async fn time(&self) -> Result<TenantTime, AccountsError> {
        Ok(TenantTime::of(self.database.reader(), self.tenant, self.clock.now()).await?)
    }
}
