//! The job of one check. As with replies, our row is the truth and the job its alarm clock.

use domain::ids::AccountId;
use serde::{Deserialize, Serialize};

/// Checks one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckConnection {
    /// The account.
    pub account: AccountId,
    /// `2026-11-22`.
    pub day: String,
    /// 0: the daily run; by hand it counts up.
    pub run: i64,
    /// 1 for the first try.
    pub attempt: i64,
}
