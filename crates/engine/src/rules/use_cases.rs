//! What an admin does to one rule's text: add, edit, switch. Changes of the list are in `list`.

use domain::ids::{AccountId, RuleId, TenantId};
use domain::rules::{ReplyRule, RuleDraft};
use domain::views::{RuleChange, RulesPage};

use super::change::{AuditNote, Change};
use super::limits::check_rule_can_be_added;
use super::store::{self, ListChange};
use super::{RulesError, conflict, page};
use crate::clock::SharedClock;
use crate::identity::Actor;
use crate::storage::{Database, sql};

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

    /// Adds a rule, at the end unless a place is given (1 is first).
    ///
    /// # Errors
    /// [`RulesError::NotFound`]; [`RulesError::Invalid`], too many rules under the field `rules`.
    pub async fn add(
        &self,
        account: AccountId,
        draft: &RuleDraft,
        position: Option<u32>,
        actor: Actor,
    ) -> Result<RuleChange, RulesError> {
        let draft = draft.validate().map_err(RulesError::Invalid)?;
        let change = self.begin(account, ListChange::Yes).await?;
        check_rule_can_be_added(change.count)?;
        let last = change.count + 1;
        let position = position.map_or(last, |position| i64::from(position).clamp(1, last));
        let rule = change.insert(&draft, position).await?;
        let done = change.summary(rule, &draft.label, position, last);
        let detail = format!("{} was added as rule {position} of {last}.", draft.label);
        change
            .commit(
                actor,
                AuditNote {
                    action: "rules.added",
                    subject: account.as_uuid(),
                    detail,
                },
            )
            .await?;
        Ok(done)
    }

    /// Saves a rule's name, matcher, response and whether it leaves to a person; its switch stays as it is. Saving what is saved already is no change.
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
        let record = change.live_rule(rule).await?;
        let present = record.rule()?;
        let done = change.summary(rule, &draft.label, record.position, change.count);
        if same_text(&present, &draft) {
            return Ok(RuleChange {
                revision: done.revision - 1,
                ..done
            });
        }
        if present.version != version {
            drop(change);
            let conflict = conflict::rule_conflict(self, present, draft, record.updated_at).await?;
            return Err(RulesError::RuleChanged(Box::new(conflict)));
        }
        save_text(&change, rule, &draft).await?;
        let detail = format!("{} was edited.", draft.label);
        change
            .commit(
                actor,
                AuditNote {
                    action: "rules.edited",
                    subject: rule.as_uuid(),
                    detail,
                },
            )
            .await?;
        Ok(done)
    }

    /// Switches a rule on or off.
    ///
    /// # Errors
    /// [`RulesError::NotFound`].
    pub async fn set_enabled(&self, rule: RuleId, enabled: bool, actor: Actor) -> Result<RuleChange, RulesError> {
        let change = self.begin(self.account_of(rule).await?, ListChange::No).await?;
        let record = change.live_rule(rule).await?;
        let label = record.rule()?.label;
        let text = "UPDATE rules SET enabled = $2 WHERE id = $1";
        sql::execute(&change.tx, text, [rule.as_uuid().into(), enabled.into()]).await?;
        let done = change.summary(rule, &label, record.position, change.count);
        let detail = format!("{label} was switched {}.", if enabled { "on" } else { "off" });
        change
            .commit(
                actor,
                AuditNote {
                    action: "rules.switched",
                    subject: rule.as_uuid(),
                    detail,
                },
            )
            .await?;
        Ok(done)
    }

    pub(super) async fn begin(&self, account: AccountId, list: ListChange) -> Result<Change, RulesError> {
        Ok(Change::begin(&self.database, self.tenant, account, list, self.clock.now()).await?)
    }

    pub(super) async fn account_of(&self, rule: RuleId) -> Result<AccountId, RulesError> {
        store::account_of(self.database.reader(), self.tenant, rule)
            .await?
            .ok_or(RulesError::NotFound)
    }
}

fn same_text(present: &ReplyRule, draft: &RuleDraft) -> bool {
    present.label == draft.label
        && present.matcher == draft.matcher
        && present.response == draft.response
        && present.leave_to_person == draft.leave_to_person
}

async fn save_text(change: &Change, rule: RuleId, draft: &RuleDraft) -> Result<(), RulesError> {
    let text = "UPDATE rules SET label = $2, matcher = $3, response = $4, leave_to_person = $5,
            version = version + 1, updated_at = $6 WHERE id = $1";
    let values = [
        rule.as_uuid().into(),
        draft.label.as_str().into(),
        store::to_json(&draft.matcher)?.into(),
        store::to_json(&draft.response)?.into(),
        draft.leave_to_person.into(),
        change.now.as_millis().into(),
    ];
    sql::execute(&change.tx, text, values).await?;
    Ok(())
}
