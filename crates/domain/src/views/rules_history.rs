//! The changes of a reply config, and what a whole new one would change.

use serde::{Deserialize, Serialize};

use super::Moment;
use crate::ids::ChangeId;
use crate::names::named_enum;
use crate::reply_config::ConfigDiff;
use crate::simulate::Comparison;

named_enum! {
    /// Which side of a change to go back to.
    pub enum ChangeSide {
        /// Right before it: undoes it and everything after it.
        Before = "before",
        /// Right after it: undoes everything after it.
        After = "after",
    }
}

/// One change of a reply config.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfigChange {
    /// Names the change in a request to restore.
    pub id: ChangeId,
    /// When.
    pub when: Moment,
    /// Who, if a person did.
    pub by: Option<String>,
    /// `Prices moved to 2 of 6.`
    pub what: String,
    /// Before and after.
    pub diff: ConfigDiff,
}

/// What a whole new config would change: shown before an import, a copy and a restore.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfigPreview {
    /// Of the config that was previewed; sent with the request.
    pub revision: i64,
    /// `2 rules are added, 1 rule is changed.`
    pub sentence: String,
    /// One by one.
    pub diff: ConfigDiff,
    /// The examples whose outcome changes.
    pub examples: Comparison,
}
