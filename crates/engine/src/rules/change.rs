//! One change of one account's rules: a transaction that holds the config's lock, and the words for the audit log.

use domain::ids::{AccountId, RuleId, TenantId};
use domain::rules::RuleDraft;
use domain::time::Timestamp;
use domain::views::RuleChange;
use uuid::Uuid;

use super::store::{self, ConfigRow, ListChange, RuleRecord};
use super::{RulesError, positions};
use crate::settings::{self, Actor, Entry};
use crate::storage::{Database, Transaction, sql};

/// An open change. Dropping it changes nothing.
pub(super) struct Change {
    pub(super) tx: Transaction,
    pub(super) tenant: TenantId,
    pub(super) account: AccountId,
    pub(super) config: ConfigRow,
    pub(super) now: Timestamp,
    /// Live rules when the lock was taken.
    pub(super) count: i64,
}

/// What a change means, for the audit log.
pub(super) struct Said {
    pub(super) action: &'static str,
    pub(super) subject: Uuid,
    pub(super) detail: String,
}

impl Change {
    /// Locks the rules of `account`.
    pub(super) async fn begin(
        database: &Database,
        tenant: TenantId,
        account: AccountId,
        list: ListChange,
        now: Timestamp,
    ) -> Result<Self, RulesError> {
        let tx = database.begin().await?;
        let config = store::lock_config(&tx, tenant, account, list, now)
            .await?
            .ok_or(RulesError::NotFound)?;
        let count = store::count(&tx, account).await?;
        Ok(Self {
            tx,
            tenant,
            account,
            config,
            now,
            count,
        })
    }

    /// A rule that is in the list.
    pub(super) async fn live_rule(&self, rule: RuleId) -> Result<RuleRecord, RulesError> {
        let record = store::rule(&self.tx, self.account, rule).await?;
        record
            .filter(|record| record.deleted_at.is_none())
            .ok_or(RulesError::NotFound)
    }

    /// Writes a new rule at `position`; what is there moves down.
    pub(super) async fn insert(&self, draft: &RuleDraft, position: i64) -> Result<RuleId, RulesError> {
        positions::open_gap(&self.tx, self.account, position).await?;
        let id = RuleId::from_uuid(Uuid::now_v7());
        let text = "INSERT INTO rules (id, tenant_id, account_id, position, label, matcher, response, enabled,
                version, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $9)";
        let values = [
            id.as_uuid().into(),
            self.tenant.as_uuid().into(),
            self.account.as_uuid().into(),
            position.into(),
            draft.label.as_str().into(),
            store::to_json(&draft.matcher)?.into(),
            store::to_json(&draft.response)?.into(),
            draft.enabled.into(),
            self.now.as_millis().into(),
        ];
        sql::execute(&self.tx, text, values).await?;
        Ok(id)
    }

    /// Writes the audit row and commits.
    pub(super) async fn commit(self, actor: Actor, said: Said) -> Result<(), RulesError> {
        let Said {
            action,
            subject,
            detail,
        } = said;
        let entry = Entry {
            tenant: self.tenant,
            actor,
            action,
            subject,
            detail: &detail,
        };
        settings::record(&self.tx, entry, self.now).await?;
        Ok(self.tx.commit().await?)
    }

    /// The words for the page.
    pub(super) fn announce(&self, rule: RuleId, label: &str, position: i64, of: i64) -> RuleChange {
        RuleChange {
            rule,
            label: label.to_owned(),
            position: u32::try_from(position).unwrap_or_default(),
            of: u32::try_from(of).unwrap_or_default(),
            list_version: self.config.list_version,
            revision: self.config.revision,
        }
    }
}
