//! Password hashing: Argon2id, off the async threads, a few at a time so that a flood of sign-ins cannot fill the memory.

use std::sync::Arc;

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::limits::FieldError;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use super::password_queue::{Place, Queue};

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const SALT_BYTES: usize = 16;
const SHORTEST: usize = 12;
const LONGEST: usize = 256;

/// Hashed when there is no such user, with the same cost. No password leads to it.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm9ibw$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Hashes and verifies; clones share the limit.
#[derive(Debug, Clone)]
pub struct Passwords {
    at_once: Arc<Semaphore>,
    strangers: Queue,
}

/// Hashing could not run.
#[derive(Debug, thiserror::Error)]
#[error("password hashing failed")]
pub struct HashingFailed;

impl Passwords {
    /// At most `at_once` hashes run together, 19 MiB each.
    #[must_use]
    pub fn new(at_once: usize) -> Self {
        Self {
            at_once: Arc::new(Semaphore::new(at_once.max(1))),
            strangers: Queue::new(at_once.saturating_sub(1)),
        }
    }

    /// A place in the queue of strangers; none when it is full.
    pub(super) fn enter_queue(&self, network: &str) -> Option<Place> {
        self.strangers.enter(network)
    }

    /// The same as [`Passwords::verify`], behind the strangers who came before.
    pub(super) async fn verify_for_stranger(
        &self,
        _place: Place,
        hash: Option<&str>,
        password: &SecretString,
    ) -> Result<bool, HashingFailed> {
        let _turn = self.strangers.at_once.acquire().await.map_err(|_| HashingFailed)?;
        self.verify(hash, password).await
    }

    /// The hash to store.
    pub(super) async fn hash(&self, password: &SecretString) -> Result<String, HashingFailed> {
        let password = password.clone();
        self.run(move || {
            let mut salt = [0u8; SALT_BYTES];
            rand::fill(&mut salt);
            let salt = SaltString::encode_b64(&salt).ok()?;
            let hash = argon2()?
                .hash_password(password.expose_secret().as_bytes(), &salt)
                .ok()?;
            Some(hash.to_string())
        })
        .await
    }

    /// Whether `password` belongs to `hash`; without a hash it takes as long and says no.
    pub(super) async fn verify(&self, hash: Option<&str>, password: &SecretString) -> Result<bool, HashingFailed> {
        let known = hash.is_some();
        let hash = hash.unwrap_or(NOBODY).to_owned();
        let password = password.clone();
        let fits = self
            .run(move || {
                let hash = PasswordHash::new(&hash).ok()?;
                Some(
                    argon2()?
                        .verify_password(password.expose_secret().as_bytes(), &hash)
                        .is_ok(),
                )
            })
            .await?;
        Ok(known && fits)
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Option<T> + Send + 'static,
    ) -> Result<T, HashingFailed> {
        let _permit = self.at_once.acquire().await.map_err(|_| HashingFailed)?;
        tokio::task::spawn_blocking(work)
            .await
            .ok()
            .flatten()
            .ok_or(HashingFailed)
    }
}

/// # Errors
/// Too short or too long, under `field`.
pub(super) fn check(field: &str, password: &SecretString) -> Result<(), FieldError> {
    let count = password.expose_secret().chars().count();
    if (SHORTEST..=LONGEST).contains(&count) {
        return Ok(());
    }
    let message = format!("Choose a password of {SHORTEST} to {LONGEST} characters; this one has {count}.");
    Err(FieldError {
        field: field.into(),
        message,
    })
}

fn argon2() -> Option<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).ok()?;
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}
