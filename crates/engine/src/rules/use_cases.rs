//! What an admin does to one rule: edit, switch. Changes of the list are in `list`.

use domain::ids::{AccountId, RuleId, TenantId};
use domain::rules::{ReplyConfig, RuleDraft};
use domain::views::{DeletedRule, RuleChange, RulesPage};

use super::change::Change;
use super::store::{self, ListChange};
use super::{RulesError, conflict, page};
use crate::clock::SharedClock;
use crate::identity::{Actor, TenantTime};
use crate::storage::Database;
use crate::storage::entity::rules;

/// The rules of one tenant's accounts. Another tenant's ids are [`RulesError::NotFound`].
#[derive(Debug, Clone)]
pub struct Rules {
    pub(super) database: Database,
    pub(super) clock: SharedClock,
    pub(super) tenant: TenantId,
}

impl Rules {
    /// The rules of `tenant`.
    #[must_use]
    pub fn for_tenant(database: &Database, clock: SharedClock, tenant: TenantId) -> Self {
        Self {
            database: database.clone(),
            clock,
            tenant,
        }
    }

    /// The rules page of one account.
    ///
    /// # Errors
    /// [`RulesError::NotFound`].
    pub async fn page(&self, account: AccountId) -> Result<RulesPage, RulesError> {
        page::page(&self.database, &self.clock, self.tenant, account).await
    }

    /// The rules and the default reply of one account, without what a page tells besides.
    ///
    /// # Errors
    /// [`RulesError::NotFound`].
    pub async fn reply_config(&self, account: AccountId) -> Result<ReplyConfig, RulesError> {
        let config = store::reply_config_of(self.database.reader(), self.tenant, account).await?;
        config.ok_or(RulesError::NotFound)
    }

    /// The rules of one account that can be restored, the newest first.
    ///
    /// # Errors
    /// [`RulesError::NotFound`].
    pub async fn deleted(&self, account: AccountId) -> Result<Vec<DeletedRule>, RulesError> {
        self.reply_config(account).await?;
        let reader = self.database.reader();
        let time = TenantTime::of(reader, self.tenant, self.clock.now()).await?;
        Ok(page::deleted(reader, account, &time).await?)
    }

    /// Saves a rule's name, matcher, response and whether it leaves to a person; its switch stays as it is. Saving what is
    /// saved already is no change.
    ///
    /// # Errors
    /// [`RulesError::RuleChanged`] when `version` is not the present one; [`RulesError::Invalid`];
    /// [`RulesError::NotFound`].
    pub async fn edit(
        &self,
        rule: RuleId,
        version: i64,
        draft: &RuleDraft,
        actor: Actor,
    ) -> Result<RuleChange, RulesError> {
        let draft = draft.validate().map_err(RulesError::Invalid)?;
        let change = self.begin(self.account_of(rule).await?, ListChange::No).await?;
        let present = change.live_rule(rule).await?;
        let done = change.summary(rule, &draft.label, present.position, change.count);
        if same_text(&present, &draft) {
            return Ok(RuleChange {
                revision: done.revision - 1,
                ..done
            });
        }
        if present.version != version {
            drop(change);
            let (database, clock) = (&self.database, &self.clock);
            return Err(conflict::rule_conflict(database, clock, self.tenant, present, draft).await?);
        }
        store::save_text(&change.tx, rule, &draft, change.now).await?;
        let detail = format!("{} was edited.", draft.label);
        change.commit(actor, "rules.edited", rule, &detail).await?;
        Ok(done)
    }

    /// Switches a rule on or off.
    ///
    /// # Errors
    /// [`RulesError::NotFound`].
    pub async fn set_enabled(&self, rule: RuleId, enabled: bool, actor: Actor) -> Result<RuleChange, RulesError> {
        let change = self.begin(self.account_of(rule).await?, ListChange::No).await?;
        let present = change.live_rule(rule).await?;
        store::set_enabled(&change.tx, rule, enabled).await?;
        let done = change.summary(rule, &present.label, present.position, change.count);
        let detail = format!("{} was switched {}.", present.label, if enabled { "on" } else { "off" });
        change.commit(actor, "rules.switched", rule, &detail).await?;
        Ok(done)
    }

    pub(super) async fn begin(&self, account: AccountId, list: ListChange) -> Result<Change, RulesError> {
        Ok(Change::begin(&self.database, self.tenant, account, list, self.clock.now()).await?)
    }

    /// Why a change of the list is not made: somebody else was faster.
    pub(super) async fn list_changed(&self, account: AccountId) -> Result<RulesError, RulesError> {
        conflict::list_conflict(&self.database, &self.clock, self.tenant, account).await
    }

    /// The account that a rule belongs to; also of a deleted rule.
    ///
    /// # Errors
    /// [`RulesError::NotFound`].
    pub async fn account_of(&self, rule: RuleId) -> Result<AccountId, RulesError> {
        store::account_of(self.database.reader(), self.tenant, rule)
            .await?
            .ok_or(RulesError::NotFound)
    }
}

fn same_text(present: &rules::Model, draft: &RuleDraft) -> bool {
    present.label == draft.label
        && present.matcher == draft.matcher
        && present.response == draft.response
        && present.leave_to_person == draft.leave_to_person
}
