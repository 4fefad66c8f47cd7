//! What an admin does to the list: move, delete, bring back, duplicate.

use std::time::Duration;

use domain::ids::RuleId;
use domain::limits::MAX_LABEL_CHARS;
use domain::rules::RuleDraft;
use domain::time::Timestamp;
use domain::views::RuleChange;

use super::change::AuditNote;
use super::limits::check_rule_can_be_added;
use super::store::{self, ListChange};
use super::{Rules, RulesError, conflict, positions};
use crate::identity::Actor;
use crate::storage::sql;

/// How long a deleted rule can be brought back.
pub(super) const KEPT_FOR: Duration = Duration::from_secs(30 * 24 * 60 * 60);
const COPY: &str = " (copy)";

impl Rules {
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
        let label = record.rule()?.label;
        let (from, to) = (record.position, i64::from(to_position).clamp(1, change.count));
        let before = change.config.list_version - 1;
        if before != list_version {
            drop(change);
            return Err(RulesError::ListChanged(Box::new(
                conflict::list_conflict(self, account).await?,
            )));
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
        change
            .commit(
                actor,
                AuditNote {
                    action: "rules.moved",
                    subject: account.as_uuid(),
                    detail,
                },
            )
            .await?;
        Ok(done)
    }

    /// Deletes a rule; [`Rules::restore`] brings it back within 30 days.
    ///
    /// # Errors
    /// [`RulesError::NotFound`].
    pub async fn delete(&self, rule: RuleId, actor: Actor) -> Result<RuleChange, RulesError> {
        let account = self.account_of(rule).await?;
        let change = self.begin(account, ListChange::Yes).await?;
        let record = change.live_rule(rule).await?;
        let label = record.rule()?.label;
        let text = "UPDATE rules SET deleted_at = $2 WHERE id = $1";
        sql::execute(&change.tx, text, [rule.as_uuid().into(), change.now.as_millis().into()]).await?;
        positions::close_gap(&change.tx, account, record.position).await?;
        let done = RuleChange {
            was: u32::try_from(record.position).ok(),
            ..change.summary(rule, &label, record.position, change.count - 1)
        };
        let detail = format!("{label} was deleted.");
        change
            .commit(
                actor,
                AuditNote {
                    action: "rules.deleted",
                    subject: account.as_uuid(),
                    detail,
                },
            )
            .await?;
        Ok(done)
    }

    /// Brings a deleted rule back to its former place. A rule that is in the list stays as it is.
    ///
    /// # Errors
    /// [`RulesError::NotFound`] after 30 days; [`RulesError::Invalid`] under `rules` when the list is full meanwhile.
    pub async fn restore(&self, rule: RuleId, actor: Actor) -> Result<RuleChange, RulesError> {
        let account = self.account_of(rule).await?;
        let change = self.begin(account, ListChange::Yes).await?;
        let record = store::rule(&change.tx, account, rule)
            .await?
            .ok_or(RulesError::NotFound)?;
        let label = record.rule()?.label;
        let Some(deleted_at) = record.deleted_at.map(Timestamp::from_millis) else {
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
        let text = "UPDATE rules SET deleted_at = NULL, position = $2 WHERE id = $1";
        sql::execute(&change.tx, text, [rule.as_uuid().into(), position.into()]).await?;
        let done = change.summary(rule, &label, position, last);
        let detail = format!("{label} was brought back as rule {position} of {last}.");
        change
            .commit(
                actor,
                AuditNote {
                    action: "rules.restored",
                    subject: account.as_uuid(),
                    detail,
                },
            )
            .await?;
        Ok(done)
    }

    /// Puts a copy below a rule, switched off so that it can be changed in peace.
    ///
    /// # Errors
    /// [`RulesError::NotFound`]; [`RulesError::Invalid`] under `rules` when the list is full.
    pub async fn duplicate(&self, rule: RuleId, actor: Actor) -> Result<RuleChange, RulesError> {
        let account = self.account_of(rule).await?;
        let change = self.begin(account, ListChange::Yes).await?;
        let record = change.live_rule(rule).await?;
        check_rule_can_be_added(change.count)?;
        let original = record.rule()?;
        let draft = RuleDraft {
            label: copied_label(&original.label),
            matcher: original.matcher,
            response: original.response,
            enabled: false,
            leave_to_person: original.leave_to_person,
        };
        let (position, of) = (record.position + 1, change.count + 1);
        let copy = change.insert(&draft, position).await?;
        let done = change.summary(copy, &draft.label, position, of);
        let detail = format!("{} was added as rule {position} of {of}.", draft.label);
        change
            .commit(
                actor,
                AuditNote {
                    action: "rules.duplicated",
                    subject: account.as_uuid(),
                    detail,
                },
            )
            .await?;
        Ok(done)
    }
}

fn copied_label(label: &str) -> String {
    let kept: String = label.chars().take(MAX_LABEL_CHARS - COPY.len()).collect();
    format!("{}{COPY}", kept.trim_end())
}

#[cfg(test)]
mod tests;
