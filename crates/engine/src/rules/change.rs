//! One change of one account's reply config: a transaction that holds the config's lock, the words for the audit log, and what
//! both sides of the change note.

use domain::ids::{AccountId, RuleId, TenantId};
use domain::reply_config::{Part, Snapshot};
use domain::rules::RuleDraft;
use domain::time::Timestamp;
use domain::views::RuleChange;
use uuid::Uuid;

use super::error::ChangeError;
use super::store::{self, ConfigRow, ListChange, RuleRecord};
use super::{history, limits, positions};
use crate::identity::{self, Actor, Entry};
use crate::storage::{Database, StorageError, Transaction, sql};

/// An open change. Dropping it changes nothing.
pub(crate) struct Change {
    pub(crate) tx: Transaction,
    pub(crate) tenant: TenantId,
    pub(crate) account: AccountId,
    pub(crate) config: ConfigRow,
    pub(crate) now: Timestamp,
    /// What the config note when the lock was taken.
    pub(crate) before: Snapshot,
    /// Live rules when the lock was taken.
    pub(super) count: i64,
}

/// What a change means, for the audit log.
pub(crate) struct AuditNote {
    pub(crate) action: &'static str,
    pub(crate) subject: Uuid,
    pub(crate) detail: String,
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
        let count = i64::try_from(before.rules.len()).unwrap_or(i64::MAX);
        Ok(Self {
            tx,
            tenant,
            account,
            config,
            now,
            before,
            count,
        })
    }

    /// A rule that is in the list.
    pub(super) async fn live_rule(&self, rule: RuleId) -> Result<RuleRecord, ChangeError> {
        let record = store::rule(&self.tx, self.account, rule).await?;
        record
            .filter(|record| record.deleted_at.is_none())
            .ok_or(ChangeError::NotFound)
    }

    /// Writes a new rule at `position`; what is there moves down.
    pub(super) async fn insert(&self, draft: &RuleDraft, position: i64) -> Result<RuleId, StorageError> {
        positions::open_gap(&self.tx, self.account, position).await?;
        let id = RuleId::from_uuid(Uuid::now_v7());
        self.write_new(id, draft, position).await?;
        Ok(id)
    }

    /// Writes a new rule where nothing is.
    pub(super) async fn write_new(&self, id: RuleId, draft: &RuleDraft, position: i64) -> Result<(), StorageError> {
        let text = "INSERT INTO rules (id, tenant_id, account_id, position, label, matcher, response, enabled,
                leave_to_person, version, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $10)";
        let values = [
            id.as_uuid().into(),
            self.tenant.as_uuid().into(),
            self.account.as_uuid().into(),
            position.into(),
            draft.label.as_str().into(),
            store::to_json(&draft.matcher)?.into(),
            store::to_json(&draft.response)?.into(),
            draft.enabled.into(),
            draft.leave_to_person.into(),
            self.now.as_millis().into(),
        ];
        sql::execute(&self.tx, text, values).await?;
        Ok(())
    }

    /// Writes the audit row with both sides, and commits. Returns what the config says now.
    pub(crate) async fn commit(self, actor: Actor, note: AuditNote) -> Result<Snapshot, ChangeError> {
        let after = store::snapshot(&self.tx, self.account).await?;
        let (old, new) = (Part::of(&self.before, &after), Part::of(&after, &self.before));
        limits::check(&self.tx, self.tenant, &new).await?;
        let AuditNote {
            action,
            subject,
            detail,
        } = note;
        let entry = Entry {
            tenant: self.tenant,
            actor,
            action,
            subject,
            detail: &detail,
        };
        let entry = identity::record(&self.tx, entry, self.now).await?;
        history::keep(&self, entry, &old, &new).await?;
        self.tx.commit().await.map_err(StorageError::from)?;
        Ok(after)
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
