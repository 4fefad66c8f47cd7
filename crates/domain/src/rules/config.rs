//! One account's whole answer book.

use serde::{Deserialize, Serialize};

use super::{Matcher, Response};
use crate::ids::RuleId;

/// One rule: what it listens for and what it answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyRule {
    /// Stable across moves and edits.
    pub id: RuleId,
    /// The admin's name for it.
    pub label: String,
    /// What it listens for.
    pub matcher: Matcher,
    /// What it answers.
    pub response: Response,
    /// Off rules are passed over.
    pub enabled: bool,
    /// Grows with every change of this rule's text.
    pub version: i64,
}

/// The reply config of one account; its key is the account's id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyConfig {
    /// Grows with any change; the key of every cache.
    pub revision: i64,
    /// Grows when rules are added, deleted or moved.
    pub list_version: i64,
    /// Answers when no rule matches.
    pub default_reply: Response,
    /// Grows with every change of the default reply.
    pub default_version: i64,
    /// In order: the first match wins.
    pub rules: Vec<ReplyRule>,
}
