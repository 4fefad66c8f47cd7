//! Keyset paging: Newer and Older instead of page numbers, counts that stop at a limit.

use serde::{Deserialize, Serialize};

use crate::limits::grouped;

/// Where a page of a list begins. The texts come from the page before and are opaque.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cursor {
    /// The newest rows.
    #[default]
    Newest,
    /// The rows that follow, further back in time.
    Older(String),
    /// The rows before, closer to now.
    Newer(String),
}

/// How many rows a filter finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// The number, at most the limit.
    pub value: u32,
    /// There are more than the limit: show `1,000+`.
    pub capped: bool,
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&grouped(usize::try_from(self.value).unwrap_or(usize::MAX)))?;
        f.write_str(if self.capped { "+" } else { "" })
    }
}
