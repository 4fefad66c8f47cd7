//! What an admin does to several rules of one account at once. Each is one change: all of it or nothing, one line in the history.

use domain::ids::{AccountId, ChangeId, RuleId};
use domain::limits::{FieldError, MAX_RULES, check_rule_count};
use domain::reply_config::{KnownRule, Snapshot};
use domain::rules::move_items;
use domain::simulate::SimulatorFacts;
use domain::views::RulesChange;
use domain::warnings::{Warning, warnings};
use uuid::Uuid;

use super::change::Change;
use super::page::KEPT_FOR;
use super::store::{self, ListChange};
use super::{Rules, RulesError, positions};
use crate::identity::Actor;

impl Rules {
    /// Switches rules on or off. Those that are so already are not among the rules that changed.
    ///
    /// # Errors
    /// [`RulesError::ListChanged`] when one was deleted meanwhile; [`RulesError::NotFound`]; [`RulesError::Invalid`] without a rule.
    pub async fn switch_chosen(
        &self,
        account: AccountId,
        chosen: &[RuleId],
        enabled: bool,
        actor: Actor,
    ) -> Result<RulesChange, RulesError> {
        let (open, rules) = self.begin_chosen(account, chosen, ListChange::No).await?;
        let rules: Vec<&KnownRule> = rules.iter().filter(|known| known.rule.enabled != enabled).collect();
        for known in &rules {
            store::set_enabled(&open.tx, known.id, enabled).await?;
        }
        let what = format!("switched {}", if enabled { "on" } else { "off" });
        let told = Told::of(&rules, &what);
        told.commit(open, actor, "rules.switched").await
    }

    /// Moves rules to a place, one after the other as they stand in the list (1 is first; beyond the end means last).
    ///
    /// # Errors
    /// [`RulesError::ListChanged`] when `list_version` is not the present one; [`RulesError::NotFound`]; [`RulesError::Invalid`] without a
    /// rule.
    pub async fn move_chosen(
        &self,
        account: AccountId,
        chosen: &[RuleId],
        to_position: u32,
        list_version: i64,
        actor: Actor,
    ) -> Result<RulesChange, RulesError> {
        let (open, rules) = self.begin_chosen(account, chosen, ListChange::Yes).await?;
        if open.config.list_version - 1 != list_version {
            drop(open);
            return Err(self.list_changed(account).await?);
        }
        let order: Vec<RuleId> = open.before.rules.iter().map(|known| known.id).collect();
        let to_position = usize::try_from(to_position).unwrap_or(usize::MAX);
        let wanted = move_items(&order, chosen, to_position);
        if wanted == order {
            return Ok(Told::of(&[], "moved").unchanged(&open));
        }
        positions::park_all(&open.tx, account).await?;
        for (rule, position) in wanted.iter().zip(1..) {
            store::set_position(&open.tx, *rule, position).await?;
        }
        let first = wanted.iter().position(|rule| chosen.contains(rule)).unwrap_or_default() + 1;
        let what = match first + rules.len() - 1 {
            last if last == first => format!("moved to {first} of {}", order.len()),
            last => format!("moved to places {first} to {last} of {}", order.len()),
        };
        let rules: Vec<&KnownRule> = rules.iter().collect();
        Told::of(&rules, &what).commit(open, actor, "rules.moved").await
    }

    /// Deletes rules; [`Rules::restore_chosen`] works for 30 days.
    ///
    /// # Errors
    /// [`RulesError::ListChanged`] when one was deleted meanwhile; [`RulesError::NotFound`]; [`RulesError::Invalid`] without a rule.
    pub async fn delete_chosen(
        &self,
        account: AccountId,
        chosen: &[RuleId],
        actor: Actor,
    ) -> Result<RulesChange, RulesError> {
        let (open, rules) = self.begin_chosen(account, chosen, ListChange::Yes).await?;
        let mut kept = open.before.clone();
        kept.rules.retain(|known| !chosen.contains(&known.id));
        open.make(&kept).await?;
        let rules: Vec<&KnownRule> = rules.iter().collect();
        Told::of(&rules, "deleted").commit(open, actor, "rules.deleted").await
    }

    /// Restores deleted rules at their former places. Rules that are in the list stay as they are.
    ///
    /// # Errors
    /// [`RulesError::NotFound`] for one that was deleted more than 30 days ago; [`RulesError::Invalid`] under `rules` when the list would be
    /// too long, under `chosen` without a rule.
    pub async fn restore_chosen(
        &self,
        account: AccountId,
        chosen: &[RuleId],
        actor: Actor,
    ) -> Result<RulesChange, RulesError> {
        check_chosen(chosen)?;
        let open = self.begin(account, ListChange::Yes).await?;
        let mut deleted = Vec::new();
        for rule in chosen {
            let row = store::rule(&open.tx, account, *rule)
                .await?
                .ok_or(RulesError::NotFound)?;
            match row.deleted_at {
                Some(at) if open.now.since(at) > KEPT_FOR => return Err(RulesError::NotFound),
                Some(_) if deleted.iter().any(|(_, there): &(i64, KnownRule)| there.id == row.id) => {}
                Some(_) => deleted.push((row.position, known(row))),
                None => {}
            }
        }
        check_room(open.before.rules.len(), deleted.len())?;
        deleted.sort_by_key(|(position, _)| *position);
        for ((position, known), count) in deleted.iter().zip(open.count + 1..) {
            let position = (*position).clamp(1, count);
            positions::open_gap(&open.tx, account, position).await?;
            store::restore_rule(&open.tx, known.id, position).await?;
        }
        let rules: Vec<&KnownRule> = deleted.iter().map(|(_, known)| known).collect();
        Told::of(&rules, "brought back")
            .commit(open, actor, "rules.restored")
            .await
    }

    /// Adds copies of rules at the end of another account's list.
    ///
    /// # Errors
    /// [`RulesError::NotFound`] for either account; [`RulesError::ListChanged`] when a rule was deleted meanwhile; [`RulesError::Invalid`]
    /// under `rules` when the list would be too long, under `into` for the same account, under `chosen` without a rule.
    pub async fn copy_chosen(
        &self,
        account: AccountId,
        chosen: &[RuleId],
        into: AccountId,
        actor: Actor,
    ) -> Result<RulesChange, RulesError> {
        check_chosen(chosen)?;
        let (_, there) = self.present(account).await?;
        let mut rules = self.chosen_of(account, &there, chosen).await?;
        let username = self.username(into).await?;
        if account == into {
            let message = "Choose another account.".to_owned();
            let field = "into".to_owned();
            return Err(RulesError::Invalid(vec![FieldError { field, message }]));
        }
        let open = self.begin(into, ListChange::Yes).await?;
        check_room(open.before.rules.len(), rules.len())?;
        for (known, position) in rules.iter_mut().zip(open.count + 1..) {
            known.id = RuleId::from_uuid(Uuid::now_v7());
            open.insert(known.id, &known.rule, position).await?;
        }
        let rules: Vec<&KnownRule> = rules.iter().collect();
        let never_answers = never_answers(&open, &rules).await?;
        let what = format!("copied to the end of @{username}");
        let mut told = Told::of(&rules, &what).commit(open, actor, "rules.copied").await?;
        if never_answers {
            told.sentence.push_str(" See the warnings there.");
        }
        Ok(told)
    }

    async fn begin_chosen(
        &self,
        account: AccountId,
        chosen: &[RuleId],
        list: ListChange,
    ) -> Result<(Change, Vec<KnownRule>), RulesError> {
        check_chosen(chosen)?;
        let open = self.begin(account, list).await?;
        let rules = chosen_in(&open.before, chosen);
        if let Some(rules) = rules {
            return Ok((open, rules));
        }
        drop(open);
        Err(self.gone(account, chosen).await?)
    }

    async fn chosen_of(
        &self,
        account: AccountId,
        there: &Snapshot,
        chosen: &[RuleId],
    ) -> Result<Vec<KnownRule>, RulesError> {
        match chosen_in(there, chosen) {
            Some(rules) => Ok(rules),
            None => Err(self.gone(account, chosen).await?),
        }
    }

    /// Why rules are not in the list: deleted meanwhile, or never of this account.
    async fn gone(&self, account: AccountId, chosen: &[RuleId]) -> Result<RulesError, RulesError> {
        for rule in chosen {
            if store::rule(self.database.reader(), account, *rule).await?.is_none() {
                return Ok(RulesError::NotFound);
            }
        }
        self.list_changed(account).await
    }
}

/// Whether earlier rules of the list catch whatever one of these would answer.
async fn never_answers(open: &Change, rules: &[&KnownRule]) -> Result<bool, RulesError> {
    let Some(config) = store::load_reply_config(&open.tx, open.account).await? else {
        return Ok(false);
    };
    let found = warnings(&config, &SimulatorFacts::of_rules_alone(open.now).for_warnings());
    let is_never = |warning: &Warning| matches!(warning, Warning::NeverReached { .. });
    Ok(rules.iter().any(|known| found.of(known.id).iter().any(is_never)))
}

/// The rules in the order of the list, each once; none when one is missing.
fn chosen_in(list: &Snapshot, chosen: &[RuleId]) -> Option<Vec<KnownRule>> {
    let has = |rule: &RuleId| list.rules.iter().any(|known| known.id == *rule);
    let all_there = chosen.iter().all(has);
    let rules = list.rules.iter().filter(|known| chosen.contains(&known.id));
    all_there.then(|| rules.cloned().collect())
}

fn known(row: crate::storage::entity::rules::Model) -> KnownRule {
    let rule = domain::rules::ReplyRule::from(row);
    KnownRule {
        id: rule.id,
        rule: rule.draft(),
    }
}

/// Asked before anything is read: a list of thousands costs nothing.
fn check_chosen(chosen: &[RuleId]) -> Result<(), RulesError> {
    let message = match chosen.len() {
        0 => "Choose at least one rule.".to_owned(),
        1..=MAX_RULES => return Ok(()),
        _ => format!("Choose at most {MAX_RULES} rules."),
    };
    let field = "chosen".to_owned();
    Err(RulesError::Invalid(vec![FieldError { field, message }]))
}

fn check_room(present: usize, more: usize) -> Result<(), RulesError> {
    check_rule_count(present + more).map_err(|error| RulesError::Invalid(vec![FieldError::new("rules", &error)]))
}

/// What is done to which rules, in words.
struct Told {
    rules: Vec<RuleId>,
    /// `Prices, Hours and 3 more`
    names: String,
    /// `2 rules were`
    subject: String,
    what: String,
}

impl Told {
    fn of(rules: &[&KnownRule], what: &str) -> Self {
        let labels: Vec<&str> = rules.iter().map(|known| known.rule.label.as_str()).collect();
        Self {
            rules: rules.iter().map(|known| known.id).collect(),
            names: joined(&labels),
            subject: match rules {
                [one] => format!("{} was", one.rule.label),
                many => format!("{} rules were", many.len()),
            },
            what: what.to_owned(),
        }
    }

    /// Commits, unless there is nothing to change.
    async fn commit(self, open: Change, actor: Actor, action: &'static str) -> Result<RulesChange, RulesError> {
        if self.rules.is_empty() {
            return Ok(self.unchanged(&open));
        }
        let (account, list_version, revision) = (open.account, open.config.list_version, open.config.revision);
        let (subject, what, names) = (&self.subject, &self.what, &self.names);
        let sentence = format!("{subject} {what}.");
        let detail = match self.rules.len() {
            1 => sentence.clone(),
            _ => format!("{subject} {what}: {names}."),
        };
        let change = open.commit(actor, action, account, &detail).await?;
        Ok(RulesChange {
            rules: self.rules,
            sentence,
            change: Some(change),
            list_version,
            revision,
        })
    }

    /// The answer when every rule is as wanted already; the open change is dropped.
    fn unchanged(self, open: &Change) -> RulesChange {
        RulesChange {
            rules: Vec::new(),
            sentence: "Nothing to change: it is so already.".to_owned(),
            change: None::<ChangeId>,
            list_version: open.list_version_before,
            revision: open.config.revision - 1,
        }
    }
}

/// `Prices`, `Prices and Hours`, `Prices, Hours, Person and 3 more`.
fn joined(labels: &[&str]) -> String {
    const NAMED: usize = 3;
    match labels {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] if labels.len() <= NAMED => format!("{} and {last}", first.join(", ")),
        many => format!("{} and {} more", many[..NAMED].join(", "), many.len() - NAMED),
    }
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn three_names_are_told_and_the_others_counted() {
        assert_eq!(joined(&["Prices"]), "Prices");
        assert_eq!(joined(&["Prices", "Hours"]), "Prices and Hours");
        assert_eq!(joined(&["Prices", "Hours", "Person"]), "Prices, Hours and Person");
        assert_eq!(
            joined(&["Prices", "Hours", "Person", "Open", "Shut"]),
            "Prices, Hours, Person and 2 more"
        );
    }
}
