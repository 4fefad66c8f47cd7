//! One change of one account's reply config: a transaction that holds the config's lock, the words for the audit log, and what
//! both sides of the change note.

use domain::disclosure;
use domain::ids::{AccountId, ChangeId, RuleId, TenantId};
use domain::limits::FieldError;
use domain::reply_config::{Part, Snapshot};
use domain::rules::RuleDraft;
use domain::time::Timestamp;
use domain::views::RuleChange;
use uuid::Uuid;

use super::error::ChangeError;
use super::store::{self, ListChange};
use crate::identity::{self, Actor, Entry};
use crate::intents::{EmbedIntents, embed_changed};
use crate::safety;
use crate::storage::entity::{reply_config_changes, reply_configs, rules};
use crate::storage::{Database, StorageError, Transaction, commit};

/// An open change. Dropping it changes nothing.
pub(crate) struct Change {
    pub(crate) tx: Transaction,
    pub(super) tenant: TenantId,
    pub(super) account: AccountId,
    /// Its versions have grown already.
    pub(crate) config: reply_configs::Model,
    pub(super) now: Timestamp,
    /// What the config said when the lock was taken.
    pub(crate) before: Snapshot,
    /// Live rules when the lock was taken.
    pub(super) count: i64,
    /// The version of the list when the lock was taken.
    pub(super) list_version_before: i64,
}

impl Change {
    /// Locks the reply config of `account`.
    pub(crate) async fn begin(
        database: &Database,
        tenant: TenantId,
        account: AccountId,
        list: ListChange,
        now: Timestamp,
    ) -> Result<Self, ChangeError> {
        let tx = database.begin().await?;
        let config = store::lock_config(&tx, tenant, account, list, now)
            .await?
            .ok_or(ChangeError::NotFound)?;
        let before = store::snapshot(&tx, account).await?;
        let list_version_before = config.list_version - i64::from(list == ListChange::Yes);
        let count = i64::try_from(before.rules.len()).unwrap_or(i64::MAX);
        Ok(Self {
            tx,
            tenant,
            account,
            config,
            now,
            before,
            count,
            list_version_before,
        })
    }

    /// A rule that is in the list.
    pub(super) async fn live_rule(&self, rule: RuleId) -> Result<rules::Model, ChangeError> {
        let row = store::rule(&self.tx, self.account, rule).await?;
        row.filter(|row| row.deleted_at.is_none()).ok_or(ChangeError::NotFound)
    }

    /// Writes a new rule where nothing is.
    pub(super) async fn insert(&self, id: RuleId, draft: &RuleDraft, position: i64) -> Result<(), StorageError> {
        let row = rules::Model {
            id,
            tenant_id: self.tenant,
            account_id: self.account,
            position,
            label: draft.label.clone(),
            matcher: draft.matcher.clone(),
            response: draft.response.clone(),
            enabled: draft.enabled,
            version: 1,
            created_at: self.now,
            updated_at: self.now,
            deleted_at: None,
            leave_to_person: draft.leave_to_person,
        };
        store::insert_rule(&self.tx, row).await
    }

    /// Writes the audit row with both sides, and commits; the answer is the line of the history. `detail` is the change as a sentence.
    pub(crate) async fn commit(
        self,
        actor: Actor,
        action: &'static str,
        subject: impl Into<Uuid>,
        detail: &str,
    ) -> Result<ChangeId, ChangeError> {
        let after = store::snapshot(&self.tx, self.account).await?;
        let (old, new) = (Part::of(&self.before, &after), Part::of(&after, &self.before));
        self.check_fits(&new).await?;
        safety::follow_reply_config(&self.tx, self.tenant, self.account, &new, self.now).await?;
        let embed = EmbedIntents {
            tenant: self.tenant,
            account: self.account,
            revision: self.config.revision,
        };
        embed_changed(&self.tx, embed, &new, self.now).await?;
        let entry = Entry {
            tenant: self.tenant,
            actor,
            action,
            subject: subject.into(),
            detail,
        };
        let entry = identity::record(&self.tx, entry, self.now).await?;
        let id = ChangeId::from_uuid(entry);
        let sides = reply_config_changes::Model {
            id,
            tenant_id: self.tenant,
            account_id: self.account,
            revision: self.config.revision,
            said_before: old,
            said_after: new,
        };
        store::insert_change(&self.tx, sides).await?;
        commit(self.tx).await?;
        Ok(id)
    }

    /// Whether every reply that the change brings fits behind the tenant's disclosure line.
    async fn check_fits(&self, new: &Part) -> Result<(), ChangeError> {
        let line = store::disclosure_line(&self.tx, self.tenant).await?;
        let rules = new.rules.values().flatten();
        let rules = rules.map(|rule| (rule.label.as_str(), &rule.response));
        let default = new.default_reply.iter().map(|reply| ("Default reply", reply));
        let errors: Vec<FieldError> = rules
            .chain(default)
            .filter_map(|(label, response)| disclosure::does_not_fit(line.as_deref(), label, response))
            .map(|error| FieldError::new("canned", &error))
            .collect();
        match errors.is_empty() {
            true => Ok(()),
            false => Err(ChangeError::Invalid(errors)),
        }
    }

    /// The words for the page.
    pub(super) fn summary(&self, rule: RuleId, label: &str, position: i64, of: i64) -> RuleChange {
        RuleChange {
            rule,
            label: label.to_owned(),
            position: u32::try_from(position).unwrap_or_default(),
            of: u32::try_from(of).unwrap_or_default(),
            was: None,
            list_version: self.config.list_version,
            revision: self.config.revision,
        }
    }
}
