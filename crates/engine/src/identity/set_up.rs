//! The first admin of a new deployment: anybody who can read the server's output may create the first owner, once.

use std::time::Duration;

use domain::ids::{TenantId, UserId};
use domain::limits::FieldError;
use domain::roles::Role;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use super::passwords::Passwords;
use super::users::{self, Person, UsersError};
use super::{store, tenants};
use crate::clock::SharedClock;
use crate::storage::{Database, StorageError, commit};

const VALID_FOR: Duration = Duration::from_secs(60 * 60);
/// Without letters and digits that look alike.
const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const CODE_LETTERS: usize = 16;
const GROUP: usize = 4;

/// What the set-up page asks for.
#[derive(Debug)]
pub struct FirstOwner {
    /// The code from the server's output.
    pub code: SecretString,
    /// The business's name.
    pub tenant_name: String,
    /// IANA name.
    pub time_zone: String,
    /// As typed.
    pub email: String,
    /// 12 to 256 characters.
    pub password: SecretString,
}

/// Set-up did not happen.
#[derive(Debug, thiserror::Error)]
pub enum SetUpError {
    /// Somebody can sign in already.
    #[error("this deployment is set up already")]
    AlreadyDone,
    /// The code is wrong, used, an hour old, or from an earlier start.
    #[error("this code cannot be used; a new start of the server prints a new one")]
    WrongCode,
    /// Something typed cannot be used.
    #[error("some fields need another look")]
    Invalid(Vec<FieldError>),
    /// Hashing or the database failed.
    #[error(transparent)]
    Failed(UsersError),
}

impl From<UsersError> for SetUpError {
    fn from(error: UsersError) -> Self {
        match error {
            UsersError::Invalid(fields) => Self::Invalid(fields),
            other => Self::Failed(other),
        }
    }
}

impl From<StorageError> for SetUpError {
    fn from(error: StorageError) -> Self {
        Self::Failed(error.into())
    }
}

/// Set-up of this deployment.
#[derive(Debug, Clone)]
pub struct SetUp {
    database: Database,
    clock: SharedClock,
    passwords: Passwords,
}

impl SetUp {
    /// Set-up of `database`.
    #[must_use]
    pub fn new(database: &Database, clock: SharedClock, passwords: Passwords) -> Self {
        Self {
            database: database.clone(),
            clock,
            passwords,
        }
    }

    /// Whether there is nobody who can sign in.
    pub async fn is_open(&self) -> Result<bool, StorageError> {
        Ok(!store::users_exist(self.database.reader()).await?)
    }

    /// A new code to print once, valid for one hour; earlier ones are void. None when set-up is done.
    pub async fn offer_code(&self) -> Result<Option<SecretString>, StorageError> {
        let tx = self.database.begin().await?;
        if store::users_exist(&tx).await? {
            return Ok(None);
        }
        let code = random_code();
        let now = self.clock.now();
        store::replace_set_up_code(&tx, hash(&code), now, now + VALID_FOR).await?;
        commit(tx).await?;
        Ok(Some(SecretString::from(code)))
    }

    /// Creates the tenant and its owner, who is also the operator, and uses up the code.
    ///
    /// # Errors
    /// See [`SetUpError`]; fields `email`, `password`, `tenant_name`, `time_zone`.
    pub async fn complete(&self, owner: FirstOwner) -> Result<(UserId, TenantId), SetUpError> {
        let email = users::checked(&owner.email, &owner.password)?;
        self.look_at(&owner.code).await?;
        let password_hash = self.passwords.hash(&owner.password).await.map_err(UsersError::from)?;
        let now = self.clock.now();
        let tx = self.database.begin().await?;
        if store::users_exist(&tx).await? {
            return Err(SetUpError::AlreadyDone);
        }
        let code = hash(owner.code.expose_secret());
        // Of two that come at once with the same code, one finds it used here.
        if !store::use_set_up_code(&tx, code, now).await? {
            return Err(SetUpError::WrongCode);
        }
        let slug = tenants::slug_of(&owner.tenant_name);
        let tenant = tenants::insert(&tx, &slug, &owner.tenant_name, &owner.time_zone, now).await;
        let tenant = tenant.map_err(UsersError::from)?;
        let person = Person {
            email: &email,
            hash: &password_hash,
            role: Role::Owner,
            is_operator: true,
        };
        let user = users::insert(&tx, tenant.id, person, now).await?;
        commit(tx).await?;
        Ok((user, tenant.id))
    }

    /// A stranger's guess must not cost a password hash.
    async fn look_at(&self, code: &SecretString) -> Result<(), SetUpError> {
        if !self.is_open().await? {
            return Err(SetUpError::AlreadyDone);
        }
        let code = hash(code.expose_secret());
        match store::is_set_up_code(self.database.reader(), code, self.clock.now()).await? {
            true => Ok(()),
            false => Err(SetUpError::WrongCode),
        }
    }
}

/// `K7QF-2MXP-9RTD-WH4C`: 80 bits.
fn random_code() -> String {
    let mut bytes = [0u8; CODE_LETTERS];
    rand::fill(&mut bytes);
    let letters: Vec<char> = bytes
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]))
        .collect();
    letters
        .chunks(GROUP)
        .map(String::from_iter)
        .collect::<Vec<_>>()
        .join("-")
}

/// However it was typed: small letters, blanks, without hyphens.
fn hash(code: &str) -> Vec<u8> {
    let letters: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    Sha256::digest(letters.to_ascii_uppercase().as_bytes()).to_vec()
}
