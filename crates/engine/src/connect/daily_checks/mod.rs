//! The daily check of every connection, at 06:00 UTC, once per day however many servers run; and the same by hand.
//!
//! A call every minute ([`Connections::tick`]) plans the day's run if nobody has yet (`job_runs` is the election), turns due rows
//! of `token_checks` into jobs, and closes runs that are through. After downtime the last missed run is made up for. A check that
//! Meta did not answer is due again later; a new connection whose first check never came joins the day's run; one job per account keeps them independent of each other.

mod job;
mod plan;
pub(crate) mod sql;
mod status;
mod store;
mod tenant;
mod work;

use std::time::Duration;

pub use job::CheckConnection;
pub use plan::daily_check_of;
pub use status::RunSummary;
pub use tenant::TenantRun;
pub use work::ConnectionChecker;

/// The daily run's number; runs by hand count up from here.
const DAILY: i64 = 0;
const SIX_O_CLOCK: Duration = Duration::from_secs(6 * 60 * 60);
/// A job that has not reported by then counts as lost.
const LOST_AFTER: Duration = Duration::from_secs(60 * 60);
/// When Meta did not answer, or asked us to slow down without saying for how long.
const AGAIN_AFTER: Duration = Duration::from_secs(15 * 60);
/// The first check of a new connection is made at once; one that has not come by then is made up for.
const FIRST_CHECK: Duration = Duration::from_secs(5 * 60);
/// Rows that become jobs in one transaction.
const BATCH: i64 = 200;
/// Checks at the same time in one process: three or four calls to Meta each.
pub(crate) const AT_ONCE: usize = 4;

/// One run over all accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunId {
    /// `2026-11-22`.
    pub day: String,
    /// 0: the daily one.
    pub run: i64,
}
