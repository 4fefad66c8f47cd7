//! Reply rules: an ordered list, the first match wins, the default reply is always last.

mod config;
mod draft;
mod keywords;
mod matcher;
mod order;
mod response;
mod starters;

pub use config::{ReplyConfig, ReplyRule, RulePlace};
pub use draft::{RuleDraft, check_keywords, validate_default_reply};
pub use keywords::{is_in_quotes, join_keywords, split_examples, split_keywords};
pub use matcher::{IntentMatcher, KeywordMatcher, MatchMode, Matcher, Threshold};
pub use order::{move_item, move_items};
pub use response::{Response, ResponseKind};
pub use starters::{STARTERS, Starter};

#[cfg(test)]
mod tests;
