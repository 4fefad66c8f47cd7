//! What an admin does to the list: add, move, delete, restore, duplicate.

use domain::ids::{AccountId, RuleId};
use domain::limits::MAX_LABEL_CHARS;
use domain::rules::RuleDraft;
use domain::views::RuleChange;
use uuid::Uuid;

use super::change::Change;
use super::limits::check_rule_can_be_added;
use super::page::KEPT_FOR;
use super::store::{self, ListChange};
use super::{Rules, RulesError, positions};
use crate::identity::Actor;
use crate::storage::StorageError;

const COPY: &str = " (copy)";

impl Rules {
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
        let rule = insert_at(&change, &draft, position).await?;
        let done = change.summary(rule, &draft.label, position, last);
        let detail = format!("{} was added as rule {position} of {last}.", draft.label);
        change.commit(actor, "rules.added", account, &detail).await?;
        Ok(done)
    }

    /// Moves a rule to a place (1 is first; beyond the end means last). Every way to reorder ends here.
    ///
    /// # Errors
    /// [`RulesError::ListChanged`] when `list_version` is not the present one; [`RulesError::NotFound`].
    pub async fn move_to(
        &self,
        rule: RuleId,
        to_position: u32,
        list_version: i64,
        actor: Actor,
    ) -> Result<RuleChange, RulesError> {
        let account = self.account_of(rule).await?;
        let change = self.begin(account, ListChange::Yes).await?;
        let record = change.live_rule(rule).await?;
        let label = record.label;
        let (from, to) = (record.position, i64::from(to_position).clamp(1, change.count));
        let before = change.config.list_version - 1;
        if before != list_version {
            drop(change);
            return Err(self.list_changed(account).await?);
        }
        let done = RuleChange {
            was: u32::try_from(from).ok(),
            ..change.summary(rule, &label, to, change.count)
        };
        if from == to {
            return Ok(RuleChange {
                list_version: before,
                revision: done.revision - 1,
                ..done
            });
        }
        positions::move_rule(&change.tx, account, rule, from, to).await?;
        let detail = format!("{label} moved to {to} of {}.", change.count);
        change.commit(actor, "rules.moved", account, &detail).await?;
        Ok(done)
    }

    /// Deletes a rule; [`Rules::restore`] works for 30 days.
    ///
    /// # Errors
    /// [`RulesError::NotFound`].
    pub async fn delete(&self, rule: RuleId, actor: Actor) -> Result<RuleChange, RulesError> {
        let account = self.account_of(rule).await?;
        let change = self.begin(account, ListChange::Yes).await?;
        let record = change.live_rule(rule).await?;
        let label = record.label;
        store::delete_rule(&change.tx, rule, change.now).await?;
        positions::close_gap(&change.tx, account, record.position).await?;
        let done = RuleChange {
            was: u32::try_from(record.position).ok(),
            ..change.summary(rule, &label, record.position, change.count - 1)
        };
        let detail = format!("{label} was deleted.");
        change.commit(actor, "rules.deleted", account, &detail).await?;
        Ok(done)
    }

    /// Restores a deleted rule at its former place. A rule that is in the list stays as it is.
    ///
    /// # Errors
    /// [`RulesError::NotFound`] after 30 days; [`RulesError::Invalid`] under `rules` when the list is full meanwhile.
    pub async fn restore(&self, rule: RuleId, actor: Actor) -> Result<RuleChange, RulesError> {
        let account = self.account_of(rule).await?;
        let change = self.begin(account, ListChange::Yes).await?;
        let record = store::rule(&change.tx, account, rule)
            .await?
            .ok_or(RulesError::NotFound)?;
        let label = record.label;
        let Some(deleted_at) = record.deleted_at else {
            let here = change.summary(rule, &label, record.position, change.count);
            return Ok(RuleChange {
                list_version: here.list_version - 1,
                revision: here.revision - 1,
                ..here
            });
        };
        if change.now.since(deleted_at) > KEPT_FOR {
            return Err(RulesError::NotFound);
        }
        check_rule_can_be_added(change.count)?;
        let last = change.count + 1;
        let position = record.position.clamp(1, last);
        positions::open_gap(&change.tx, account, position).await?;
        store::restore_rule(&change.tx, rule, position).await?;
        let done = change.summary(rule, &label, position, last);
        let detail = format!("{label} was brought back as rule {position} of {last}.");
        change.commit(actor, "rules.restored", account, &detail).await?;
        Ok(done)
    }

    /// Inserts a copy below a rule, switched off until somebody has changed it.
    ///
    /// # Errors
    /// [`RulesError::NotFound`]; [`RulesError::Invalid`] under `rules` when the list is full.
    pub async fn duplicate(&self, rule: RuleId, actor: Actor) -> Result<RuleChange, RulesError> {
        let account = self.account_of(rule).await?;
        let change = self.begin(account, ListChange::Yes).await?;
        let record = change.live_rule(rule).await?;
        check_rule_can_be_added(change.count)?;
        let draft = RuleDraft {
            label: copied_label(&record.label),
            matcher: record.matcher,
            response: record.response,
            enabled: false,
            leave_to_person: record.leave_to_person,
        };
        let (position, of) = (record.position + 1, change.count + 1);
        let copy = insert_at(&change, &draft, position).await?;
        let done = change.summary(copy, &draft.label, position, of);
        let detail = format!("{} was added as rule {position} of {of}.", draft.label);
        change.commit(actor, "rules.duplicated", account, &detail).await?;
        Ok(done)
    }
}

/// Writes a new rule at `position`; what is there moves down.
async fn insert_at(change: &Change, draft: &RuleDraft, position: i64) -> Result<RuleId, StorageError> {
    positions::open_gap(&change.tx, change.account, position).await?;
    let id = RuleId::from_uuid(Uuid::now_v7());
    change.insert(id, draft, position).await?;
    Ok(id)
}

fn copied_label(label: &str) -> String {
    let kept: String = label.chars().take(MAX_LABEL_CHARS - COPY.len()).collect();
    format!("{}{COPY}", kept.trim_end())
}

#[cfg(test)]
mod tests;
