//! What an admin sees of their accounts and does with them.

use domain::ids::{AccountId, TenantId};
use domain::rules::{Response, validate_default_reply};
use domain::time::Timestamp;
use domain::views::{AccountPage, AccountsPage, DefaultReplyConflict, Identity};

use super::{AccountFacts, AccountsError, card};
use crate::clock::SharedClock;
use crate::identity::{self, Actor, Entry, TenantTime};
use crate::messages::Messages;
use crate::rules::{self, AuditNote, Change, ListChange};
use crate::storage::{Database, Transaction, sql};

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
    ///
    /// # Errors
    /// What the database answers.
    pub async fn list(&self) -> Result<AccountsPage, AccountsError> {
        let time = self.time().await?;
        let all = AccountFacts::of_all(self.database.reader(), self.tenant).await?;
        Ok(card::page(&all, &time))
    }

    /// One account.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`].
    pub async fn page(&self, account: AccountId) -> Result<AccountPage, AccountsError> {
        let facts = AccountFacts::of_one(self.database.reader(), self.tenant, account).await?;
        let facts = facts.ok_or(AccountsError::NotFound)?;
        let time = self.time().await?;
        let messages = Messages::for_tenant(&self.database, self.clock.clone(), self.tenant);
        Ok(AccountPage {
            card: facts.card(&time),
            status: facts.status_sentence(&time),
            default_reply: facts.default_reply()?,
            default_version: facts.row.default_version,
            saved: time.moment(facts.rules_saved_at()),
            connection: facts.connection(&time),
            identity: Identity {
                instagram_id: facts.row.ig_id.clone(),
                page_id: facts.row.page_id.clone(),
                connected: time.moment(Timestamp::from_millis(facts.row.created_at)),
            },
            recent: messages.recent(account, RECENT).await?,
            quiet_hours: self.quiet_hours(account).await?,
            quiet: self.quiet_conversations(account).await?,
        })
    }

    /// The switch *Enabled*.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`].
    pub async fn set_enabled(&self, account: AccountId, on: bool, actor: Actor) -> Result<(), AccountsError> {
        let text = "UPDATE accounts SET enabled = $3, version = version + 1, updated_at = $4
            WHERE id = $1 AND tenant_id = $2";
        let detail = format!("Enabled was switched {}.", if on { "on" } else { "off" });
        self.switch(
            account,
            text,
            on,
            Entry {
                action: "account.enabled_switched",
                ..self.entry(account, actor, &detail)
            },
        )
        .await
    }

    /// The switch *Auto-reply*.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`].
    pub async fn set_auto_reply(&self, account: AccountId, on: bool, actor: Actor) -> Result<(), AccountsError> {
        let text = "UPDATE accounts SET auto_reply = $3, version = version + 1, updated_at = $4
            WHERE id = $1 AND tenant_id = $2";
        let detail = format!("Auto-reply was switched {}.", if on { "on" } else { "off" });
        self.switch(
            account,
            text,
            on,
            Entry {
                action: "account.auto_reply_switched",
                ..self.entry(account, actor, &detail)
            },
        )
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
        let text = "UPDATE reply_configs SET default_response = $2, default_version = default_version + 1
            WHERE account_id = $1";
        let values = [account.as_uuid().into(), rules::to_json(&reply)?.into()];
        sql::execute(&change.tx, text, values).await?;
        let said = AuditNote {
            action: EDITED,
            subject: account.as_uuid(),
            detail: "The default reply was edited.".into(),
        };
        change.commit(actor, said).await?;
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

    async fn switch(&self, account: AccountId, text: &str, on: bool, entry: Entry<'_>) -> Result<(), AccountsError> {
        let now = self.clock.now();
        let tx = self.database.begin().await?;
        let values = [
            account.as_uuid().into(),
            self.tenant.as_uuid().into(),
            on.into(),
            now.as_millis().into(),
        ];
        if sql::execute(&tx, text, values).await? == 0 {
            return Err(AccountsError::NotFound);
        }
        self.commit(tx, entry, now).await
    }

    pub(super) async fn commit(&self, tx: Transaction, entry: Entry<'_>, now: Timestamp) -> Result<(), AccountsError> {
        identity::record(&tx, entry, now).await?;
        Ok(tx.commit().await?)
    }

    pub(super) fn entry<'a>(&self, account: AccountId, actor: Actor, detail: &'a str) -> Entry<'a> {
        Entry {
            tenant: self.tenant,
            actor,
            action: "account.changed",
            subject: account.as_uuid(),
            detail,
        }
    }

    pub(super) async fn time(&self) -> Result<TenantTime, AccountsError> {
        Ok(TenantTime::of(self.database.reader(), self.tenant, self.clock.now()).await?)
    }
}
