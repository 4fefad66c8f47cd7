//! What the platform told of customers in the last minutes, so that looking again does not ask again. In memory alone, and gone by itself.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::ids::AccountId;
use domain::time::Timestamp;

use crate::channels::Profile;
use crate::clock::SharedClock;

/// How long somebody stays known.
const TOLD: Duration = Duration::from_secs(10 * 60);
/// How long nobody is asked again after the platform told nothing.
const NOT_TOLD: Duration = Duration::from_secs(60);
/// Between the end of what is known and its removal.
const MARGIN: Duration = Duration::from_secs(1);
/// People at once; with more all are forgotten, and asked for again.
const MOST: usize = 10_000;

type Known = HashMap<(AccountId, String), (Profile, Timestamp)>;

/// Who customers are, by account and id. Cheap to clone.
#[derive(Clone, Default)]
pub struct KnownCustomers(Arc<Mutex<Known>>);

impl KnownCustomers {
    /// Empty where the platform told nothing a moment ago; none where it has to be asked.
    pub(super) fn profile(&self, account: AccountId, customer: &str, now: Timestamp) -> Option<Profile> {
        let known = self.known();
        let found = known.get(&(account, customer.to_owned()));
        found.filter(|(_, until)| now < *until).map(|(told, _)| told.clone())
    }

    /// Keeps what the platform told, and forgets it when its time is over.
    pub(super) fn keep(&self, account: AccountId, told: Vec<(String, Profile)>, clock: &SharedClock) {
        if told.is_empty() {
            return;
        }
        self.put(account, told, clock.now());
        let (known, clock) = (self.clone(), clock.clone());
        tokio::spawn(async move {
            tokio::time::sleep(TOLD + MARGIN).await;
            known.forget(clock.now());
        });
    }

    fn put(&self, account: AccountId, told: Vec<(String, Profile)>, now: Timestamp) {
        let mut known = self.known();
        if known.len() + told.len() > MOST {
            known.clear();
        }
        known.extend(told.into_iter().map(|(customer, profile)| {
            let until = now + if profile.is_empty() { NOT_TOLD } else { TOLD };
            ((account, customer), (profile, until))
        }));
    }

    fn forget(&self, now: Timestamp) {
        self.known().retain(|_, (_, until)| now < *until);
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Without the names.
impl fmt::Debug for KnownCustomers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("KnownCustomers").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn named(count: usize) -> Vec<(String, Profile)> {
        let mira = |number: usize| {
            let profile = Profile {
                username: Some("mira".into()),
                name: None,
            };
            (number.to_string(), profile)
        };
        (0..count).map(mira).collect()
    }

    #[test]
    fn a_name_is_gone_from_memory_after_ten_minutes_and_nothing_told_after_one() {
        let (known, account) = (KnownCustomers::default(), AccountId::from_uuid(Uuid::nil()));
        let now = Timestamp::from_millis(0);
        known.put(account, named(1), now);
        known.put(account, vec![("unknown".into(), Profile::default())], now);
        known.forget(now + NOT_TOLD);
        assert!(known.profile(account, "unknown", now).is_none());
        assert!(known.profile(account, "0", now).is_some());
        known.forget(now + TOLD);
        assert!(known.known().is_empty());
    }

    #[test]
    fn no_more_people_are_kept_than_the_most() {
        let (known, account) = (KnownCustomers::default(), AccountId::from_uuid(Uuid::nil()));
        known.put(account, named(MOST), Timestamp::from_millis(0));
        known.put(account, named(1), Timestamp::from_millis(0));
        assert_eq!(known.known().len(), 1);
    }
}
