//! Meta refuses the deployment, not a reply: then no reply of any account is tried until Meta takes one again.
//!
//! Each process finds out for itself: one reply at a time, now and then, is its question to Meta. What waits keeps what it has
//! and stands in the database, so that a start with other settings, or the first call that proves the deployment, sends it.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::ids::AccountId;
use domain::time::Timestamp;

use crate::channels::refusal::{Refusal, RefusalClass};

/// One reply in this time asks Meta whether it takes replies again.
const PROBE_EVERY: Duration = Duration::from_secs(30);
/// How long replies wait that are not to ask. They are due at once when Meta takes one.
const WAITS_FOR: Duration = Duration::from_secs(10 * 60);
/// So many accounts whose replies were refused one after the other, without a word about why, have nothing in common but us.
const ACCOUNTS: usize = 3;
/// Refusals of longer ago are no series.
const SERIES: Duration = Duration::from_secs(10 * 60);

/// The breaker of a process. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct DeploymentBreaker(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    open: Option<Open>,
    /// Replies that waited have not been made due yet.
    owes: bool,
    series: Vec<(AccountId, Timestamp)>,
}

#[derive(Debug, Clone, Copy)]
struct Open {
    next_probe: Timestamp,
    /// Meta takes app id and secret, and refuses everything all the same.
    by_series: bool,
}

/// What a refusal that names nothing means for its reply.
pub(super) enum Unspecific {
    /// It is the reply's own.
    OfTheReply,
    /// It is the deployment's: wait until then.
    OfTheDeployment(Timestamp),
}

impl DeploymentBreaker {
    /// Whether Meta refuses this deployment, as far as this process knows.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state().open.is_some()
    }

    /// Until when a reply that is ready to go on has to wait. `None`: it goes on, because all do or because it is the one that asks
    /// Meta. One that does not come to that yet, `is_last_step` being false, leaves the turn to whoever is first.
    pub(super) fn waits_until(&self, is_last_step: bool, now: Timestamp) -> Option<Timestamp> {
        let mut state = self.state();
        let open = state.open.as_mut()?;
        if open.next_probe > now {
            return Some(now + WAITS_FOR);
        }
        if is_last_step {
            open.next_probe = now + PROBE_EVERY;
        }
        None
    }

    /// Meta refused app id, secret or version. Returns until when the reply waits.
    pub(super) fn deployment_refused(&self, refusal: Refusal, now: Timestamp) -> Timestamp {
        self.open(refusal, false, now)
    }

    /// Meta refused a reply of `account` and named nothing, and it takes app id and secret.
    pub(super) fn names_nothing(&self, refusal: Refusal, account: AccountId, now: Timestamp) -> Unspecific {
        let mut state = self.state();
        state.series.retain(|(_, at)| now.since(*at) < SERIES);
        state.series.push((account, now));
        let accounts: HashSet<AccountId> = state.series.iter().map(|(account, _)| *account).collect();
        let by_series = state.open.is_some_and(|open| open.by_series);
        drop(state);
        if !by_series && accounts.len() < ACCOUNTS {
            return Unspecific::OfTheReply;
        }
        self.open(refusal, true, now);
        // Another one asks next: this one may be refused for its own sake.
        Unspecific::OfTheDeployment(now + WAITS_FOR)
    }

    /// Meta took a reply, or refused one for a reason of its own. Returns whether replies waited for that, which are
    /// owed until they are due.
    pub(super) fn accepted(&self) -> bool {
        let mut state = self.state();
        state.series.clear();
        Self::close(state)
    }

    /// Meta took app id and secret, which says nothing of a series of refusals that name nothing. Returns what [`Self::accepted`] does.
    pub(super) fn secret_accepted(&self) -> bool {
        let state = self.state();
        if state.open.is_some_and(|open| open.by_series) {
            return false;
        }
        Self::close(state)
    }

    fn close(mut state: MutexGuard<'_, State>) -> bool {
        let was_open = state.open.take().is_some();
        state.owes |= was_open;
        drop(state);
        if was_open {
            show(false);
            tracing::warn!("Meta takes calls of this deployment again; what waited goes out");
        }
        was_open
    }

    /// Whether Meta takes the deployment, or may do so, and what waited for that is not due yet.
    pub(super) fn owes(&self) -> bool {
        self.state().owes
    }

    /// What waited has to be made due.
    pub(crate) fn owe(&self) {
        self.state().owes = true;
    }

    /// What waited is due.
    pub(super) fn made_due(&self) {
        self.state().owes = false;
    }

    fn open(&self, refusal: Refusal, by_series: bool, now: Timestamp) -> Timestamp {
        let next_probe = now + PROBE_EVERY;
        let mut state = self.state();
        let before = state.open;
        // A refused read says nothing of the series that opened it.
        let by_series = by_series || before.is_some_and(|open| open.by_series);
        state.open = Some(Open { next_probe, by_series });
        drop(state);
        if before.is_none() {
            show(true);
            tracing::error!(
                meta.code = refusal.code,
                meta.subcode = refusal.subcode,
                "Meta refuses this deployment, so all replies wait; compare CONCIERGE_META_APP_ID, CONCIERGE_META_APP_SECRET and CONCIERGE_META_GRAPH_VERSION with the app's settings (`concierge doctor` asks Meta)"
            );
        }
        next_probe
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a refusal of a send proves that Meta takes the deployment.
pub(super) const fn proves_the_deployment(refusal: Refusal) -> bool {
    use RefusalClass::{BadRequest, NotThreadOwner, OutsideWindow, PolicyBlock, RecipientUnavailable};
    match refusal.class {
        OutsideWindow | RecipientUnavailable | NotThreadOwner | PolicyBlock => true,
        BadRequest => !refusal.names_nothing(),
        _ => false,
    }
}

fn show(refuses: bool) {
    metrics::gauge!("concierge_meta_refuses_deployment").set(if refuses { 1.0 } else { 0.0 });
}

#[cfg(test)]
mod tests;
