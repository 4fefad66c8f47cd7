//! E-mail and password against the database, slowly for those who guess.

use domain::ids::UserId;
use domain::time::Timestamp;
use secrecy::SecretString;
use sha2::{Digest, Sha256};

use super::devices::Device;
use super::passwords::{HashingFailed, Passwords};
use super::store;
use super::throttle::{self, ThrottleKeys};
use super::users::normalise_email;
use crate::clock::SharedClock;
use crate::storage::{Database, StorageError, commit};
use crate::vault::Vault;

/// Somebody who proved who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthenticatedUser {
    /// Who.
    pub id: UserId,
    /// Changes with the password: a session that carries another one has ended.
    pub password_fingerprint: Vec<u8>,
}

impl AuthenticatedUser {
    pub(super) fn new(id: UserId, password_hash: &str) -> Self {
        Self {
            id,
            password_fingerprint: Sha256::digest(password_hash.as_bytes()).to_vec(),
        }
    }
}

/// Nobody is signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// There is no such user, or the password is another one; which of the two is not said.
    #[error("this e-mail address and password do not belong together")]
    Wrong,
    /// Too many attempts: none is looked at before this moment.
    #[error("too many attempts")]
    Wait {
        /// When to try again.
        until: Timestamp,
    },
    /// Too many people are signing in at this moment; nothing was counted.
    #[error("too many people are signing in")]
    Busy,
    /// Hashing could not run.
    #[error(transparent)]
    Hashing(#[from] HashingFailed),
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// The sign-in of this deployment.
#[derive(Debug, Clone)]
pub struct SignIn {
    database: Database,
    clock: SharedClock,
    passwords: Passwords,
    vault: Vault,
}

impl SignIn {
    /// Sign-in against `database`; `vault` keys the counters.
    #[must_use]
    pub fn new(database: &Database, clock: SharedClock, passwords: Passwords, vault: Vault) -> Self {
        Self {
            database: database.clone(),
            clock,
            passwords,
            vault,
        }
    }

    /// Checks one attempt. `client_network` is the caller's network as text (an IPv4 address, an IPv6 /64).
    ///
    /// # Errors
    /// See [`SignInError`].
    pub async fn attempt(
        &self,
        email: &str,
        password: &SecretString,
        client_network: &str,
    ) -> Result<AuthenticatedUser, SignInError> {
        self.attempt_from(email, password, client_network, None).await
    }

    /// Checks one attempt from a device that may be known by its cookie: then it is counted apart, and guesses from elsewhere do
    /// not hold it up.
    ///
    /// # Errors
    /// See [`SignInError`].
    pub async fn attempt_from(
        &self,
        email: &str,
        password: &SecretString,
        client_network: &str,
        device_cookie: Option<&str>,
    ) -> Result<AuthenticatedUser, SignInError> {
        let email = normalise_email(email).map_err(|_| SignInError::Wrong)?;
        let device = device_cookie.and_then(|cookie| Device::open(&self.vault, cookie, self.clock.now()));
        let known = device.filter(|device| device.is_of(&email));
        let (keys, place) = match &known {
            Some(device) => (ThrottleKeys::of_device(&self.vault, &email, &device.id), None),
            None => {
                let place = self.passwords.enter_queue(client_network).ok_or(SignInError::Busy)?;
                (
                    ThrottleKeys::of_stranger(&self.vault, &email, client_network),
                    Some(place),
                )
            }
        };
        self.count(&keys).await?;
        let user = store::user_by_email(self.database.reader(), &email).await?;
        let hash = user.as_ref().map(|(_, hash)| hash.as_str());
        let fits = match place {
            Some(place) => self.passwords.verify_for_stranger(place, hash, password).await?,
            None => self.passwords.verify(hash, password).await?,
        };
        let Some((id, hash)) = user.filter(|_| fits) else {
            return Err(SignInError::Wrong);
        };
        throttle::forgive(self.database.writer(), &keys).await?;
        Ok(AuthenticatedUser::new(id, &hash))
    }

    /// The cookie that makes a device known on which this address signed in; none for what is no address.
    #[must_use]
    pub fn device_cookie(&self, email: &str) -> Option<String> {
        let email = normalise_email(email).ok()?;
        Device::new_cookie(&self.vault, &email, self.clock.now())
    }

    /// Deletes counters that no longer count. Returns how many.
    pub async fn purge(&self) -> Result<u64, StorageError> {
        throttle::purge(self.database.writer(), self.clock.now()).await
    }

    async fn count(&self, keys: &ThrottleKeys) -> Result<(), SignInError> {
        let tx = self.database.begin().await?;
        match throttle::count_attempt(&tx, keys, self.clock.now()).await? {
            Ok(()) => Ok(commit(tx).await?),
            Err(until) => Err(SignInError::Wait { until }),
        }
    }
}
