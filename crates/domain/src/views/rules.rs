//! The rule list of one account.

use serde::{Deserialize, Serialize};

use super::{AccountBrief, Moment, StatusSentence};
use crate::ids::{AccountId, ChangeId, RuleId};
use crate::rules::{ReplyConfig, ReplyRule, Response, RuleDraft};

/// One rule in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleRow {
    /// 1 is first.
    pub position: u32,
    /// The rule; its `version` goes back with an edit.
    pub rule: ReplyRule,
    /// Replies it sent in the last 7 days.
    pub hits: u32,
    /// Replies it sent in the last 30 days.
    #[serde(default)]
    pub hits_30: u32,
    /// When it last sent one.
    #[serde(default)]
    pub last_hit: Option<Moment>,
}

/// How much the default reply answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefaultShare {
    /// Replies of the account in the last 30 days.
    pub replies: u32,
    /// Of them, default replies.
    pub by_default: u32,
}

impl DefaultShare {
    /// In percent, rounded; none when nothing was answered.
    #[must_use]
    pub fn percent(self) -> Option<u32> {
        let (part, all) = (u64::from(self.by_default), u64::from(self.replies));
        let percent = (part * 100 + all / 2).checked_div(all)?;
        u32::try_from(percent).ok()
    }
}

/// A change that was made, for the words that announce it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleChange {
    /// The rule that changed, or the new one.
    pub rule: RuleId,
    /// Its name.
    pub label: String,
    /// Its place now; of a deleted rule, its former place.
    pub position: u32,
    /// Rules in the list now.
    pub of: u32,
    /// Its place before it was moved or deleted: moving it back there undoes that.
    #[serde(default)]
    pub was: Option<u32>,
    /// Goes back with the next move.
    pub list_version: i64,
    /// Grows with any change.
    pub revision: i64,
}

/// A change of several rules that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesChange {
    /// The rules that changed; of a copy, the new ones. In the order of the list.
    pub rules: Vec<RuleId>,
    /// What was done, as a sentence.
    pub sentence: String,
    /// The line in the history; none when nothing changed.
    pub change: Option<ChangeId>,
    /// Goes back with the next move.
    pub list_version: i64,
    /// Grows with any change.
    pub revision: i64,
}

/// An account of the workspace by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountName {
    /// Which one.
    pub id: AccountId,
    /// Its name at Instagram.
    pub username: String,
}

/// A rule by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleName {
    /// Which one.
    pub id: RuleId,
    /// Whose.
    pub account: AccountId,
    /// Its name.
    pub label: String,
    /// 1 is first.
    pub position: i64,
}

/// What can be gone to by its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names {
    /// The tenant's accounts, by name.
    pub accounts: Vec<AccountName>,
    /// Their rules, in order.
    pub rules: Vec<RuleName>,
}

/// A rule that can still be brought back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeletedRule {
    /// Which one.
    pub id: RuleId,
    /// Its name.
    pub label: String,
    /// When it was deleted.
    pub deleted: Moment,
    /// Until when it can be restored.
    pub until: Moment,
}

/// The rules of one account, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesPage {
    /// Whose rules.
    pub account: AccountBrief,
    /// Opens the page.
    pub status: StatusSentence,
    /// Goes back with a move; grows with order, add and delete.
    pub list_version: i64,
    /// Grows with any change.
    pub revision: i64,
    /// In order: the first match wins.
    pub rules: Vec<RuleRow>,
    /// Always last.
    pub default_reply: Response,
    /// How much the default reply answers.
    #[serde(default)]
    pub default_share: DefaultShare,
    /// Goes back with an edit of the default reply.
    pub default_version: i64,
    /// When anything on this page was last saved.
    pub saved: Moment,
    /// Deleted in the last 30 days, newest first, at most 20.
    pub deleted: Vec<DeletedRule>,
    /// The tenant's other accounts, by name.
    #[serde(default)]
    pub others: Vec<AccountName>,
}

impl RulesPage {
    /// What the page shows, to be simulated and warned about.
    #[must_use]
    pub fn config(&self) -> ReplyConfig {
        ReplyConfig {
            revision: self.revision,
            list_version: self.list_version,
            default_reply: self.default_reply.clone(),
            default_version: self.default_version,
            rules: self.rules.iter().map(|row| row.rule.clone()).collect(),
        }
    }
}

/// Somebody changed the same rule. Both texts are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleConflict {
    /// What is saved now; its `version` is sent with "Save mine instead".
    pub theirs: ReplyRule,
    /// What was about to be saved.
    pub mine: RuleDraft,
    /// Who saved theirs, if a person did.
    pub changed_by: Option<String>,
    /// When.
    pub changed_at: Moment,
}

/// Somebody changed the order, added or deleted a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListConflict {
    /// The list as it is now; its `list_version` is sent with "Keep both changes".
    pub current: RulesPage,
    /// `Prices moved to 2 of 6.`, when the log still knows.
    pub what: Option<String>,
    /// Who did it, if a person did.
    pub changed_by: Option<String>,
    /// When.
    pub changed_at: Moment,
}
