//! E-mail and password against the database, slowly for those who guess.

use domain::ids::UserId;
use domain::time::Timestamp;
use sea_orm::FromQueryResult;
use secrecy::SecretString;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::emails;
use super::passwords::{HashingFailed, Passwords};
use super::throttle::{self, ThrottleKeys};
use crate::clock::SharedClock;
use crate::storage::{Database, StorageError, sql};
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

#[derive(FromQueryResult)]
struct UserRow {
    id: Uuid,
    password_hash: String,
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
        let email = emails::normalise(email).map_err(|_| SignInError::Wrong)?;
        let keys = ThrottleKeys::new(&self.vault, &email, client_network);
        self.count(&keys).await?;
        let user = self.find(&email).await?;
        let hash = user.as_ref().map(|user| user.password_hash.as_str());
        let fits = self.passwords.verify(hash, password).await?;
        let Some(user) = user.filter(|_| fits) else {
            return Err(SignInError::Wrong);
        };
        throttle::forgive(self.database.writer(), &keys).await?;
        Ok(AuthenticatedUser::new(UserId::from_uuid(user.id), &user.password_hash))
    }

    /// Deletes counters that no longer count. Returns how many.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn purge(&self) -> Result<u64, StorageError> {
        throttle::purge(self.database.writer(), self.clock.now()).await
    }

    async fn count(&self, keys: &ThrottleKeys) -> Result<(), SignInError> {
        let tx = self.database.begin().await?;
        match throttle::count_attempt(&tx, keys, self.clock.now()).await? {
            Ok(()) => Ok(tx.commit().await.map_err(StorageError::from)?),
            Err(until) => Err(SignInError::Wait { until }),
        }
    }

    async fn find(&self, email: &str) -> Result<Option<UserRow>, StorageError> {
        let text = "SELECT id, password_hash FROM users WHERE email = $1";
        sql::optional(self.database.reader(), text, [email.into()]).await
    }
}
