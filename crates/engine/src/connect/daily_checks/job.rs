//! The job of one check. As with replies, our row is the truth and the job its alarm clock.

use domain::ids::AccountId;
use serde::{Deserialize, Serialize};

use super::work::ConnectionChecker;
use crate::jobs::Job;

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

impl Job for CheckConnection {
    /// A queue and workers of its own, so that thousands of checks at once keep no reply waiting.
    const QUEUE: &'static str = "tokens";
    type Context = ConnectionChecker;

    /// `token:{account}:{day}:{run}`, with the number of a further try behind it.
    fn key(&self) -> String {
        let key = format!("token:{}:{}:{}", self.account.as_uuid().simple(), self.day, self.run);
        match self.attempt {
            ..=1 => key,
            attempt => format!("{key}:{attempt}"),
        }
    }

    async fn run(&self, checker: &ConnectionChecker) {
        checker.check(self).await;
    }
}
