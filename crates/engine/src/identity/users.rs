//! People who sign in.

use domain::ids::{TenantId, UserId};
use domain::limits::FieldError;
use domain::roles::Role;
use domain::time::Timestamp;
use secrecy::SecretString;
use uuid::Uuid;

use super::passwords::{self, HashingFailed, Passwords};
use super::sql::MEMBERSHIPS;
use super::{Actor, Entry, TenantsError, audit, store, tenants};
use crate::clock::SharedClock;
use crate::storage::entity::{Hidden, memberships, users};
use crate::storage::{Connection, Database, StorageError, commit, sql};

const LONGEST_EMAIL: usize = 254;

/// Somebody who shall be able to sign in.
#[derive(Debug)]
pub struct NewUser {
    /// As typed.
    pub email: String,
    /// 12 to 256 characters.
    pub password: SecretString,
    /// The tenant they belong to, created when it is new.
    pub tenant_slug: String,
    /// The name of a new tenant; its slug when nothing is said.
    pub tenant_name: Option<String>,
    /// What they may do there.
    pub role: Role,
    /// Looks after the whole deployment.
    pub is_operator: bool,
}

/// A person cannot be added or changed.
#[derive(Debug, thiserror::Error)]
pub enum UsersError {
    /// Something typed cannot be used.
    #[error("some fields need another look")]
    Invalid(Vec<FieldError>),
    /// There is a user with that address.
    #[error("there is a user with this e-mail address already")]
    EmailTaken,
    /// There is no such user.
    #[error("there is no such user")]
    NotFound,
    /// The present password is another one.
    #[error("the present password is another one")]
    WrongPassword,
    /// Hashing could not run.
    #[error(transparent)]
    Hashing(#[from] HashingFailed),
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<TenantsError> for UsersError {
    fn from(error: TenantsError) -> Self {
        match error {
            TenantsError::Invalid(fields) => Self::Invalid(fields),
            TenantsError::Storage(error) => Self::Storage(error),
            TenantsError::SlugTaken => {
                let message = "There is a business of this name already; choose another name.".into();
                Self::Invalid(vec![FieldError {
                    field: "tenant_name".into(),
                    message,
                }])
            }
            TenantsError::NotFound => Self::NotFound,
        }
    }
}

/// All people of the deployment.
#[derive(Debug, Clone)]
pub struct Users {
    database: Database,
    clock: SharedClock,
    passwords: Passwords,
}

impl Users {
    /// The people in `database`.
    #[must_use]
    pub fn new(database: &Database, clock: SharedClock, passwords: Passwords) -> Self {
        Self {
            database: database.clone(),
            clock,
            passwords,
        }
    }

    /// Adds a person, and their tenant when it is new.
    ///
    /// # Errors
    /// [`UsersError::Invalid`] under `email`, `password`, `slug` or `tenant_name`; [`UsersError::EmailTaken`].
    pub async fn create(&self, new: NewUser) -> Result<(UserId, TenantId), UsersError> {
        let email = checked(&new.email, &new.password)?;
        let hash = self.passwords.hash(&new.password).await?;
        let now = self.clock.now();
        let tx = self.database.begin().await?;
        let tenant = match store::tenant_by_slug(&tx, &new.tenant_slug).await? {
            Some(tenant) => tenant,
            None => {
                let name = new.tenant_name.as_deref().unwrap_or(&new.tenant_slug);
                tenants::insert(&tx, &new.tenant_slug, name, "UTC", now).await?
            }
        };
        let person = Person {
            email: &email,
            hash: &hash,
            role: new.role,
            is_operator: new.is_operator,
        };
        let user = insert(&tx, tenant.id, person, now).await?;
        commit(tx).await?;
        Ok((user, tenant.id))
    }

    /// Whether anybody can sign in yet.
    pub async fn exist(&self) -> Result<bool, StorageError> {
        store::users_exist(self.database.reader()).await
    }

    /// Changes a person's own password. Every session ends, because sessions carry the password's fingerprint
    /// ([`super::AuthenticatedUser`]).
    ///
    /// # Errors
    /// [`UsersError::WrongPassword`], [`UsersError::Invalid`] under `new`, [`UsersError::NotFound`].
    pub async fn change_password(
        &self,
        user: UserId,
        tenant: TenantId,
        present: &SecretString,
        new: &SecretString,
    ) -> Result<(), UsersError> {
        passwords::check("new", new).map_err(|error| UsersError::Invalid(vec![error]))?;
        let stored = store::password_hash(self.database.reader(), user)
            .await?
            .ok_or(UsersError::NotFound)?;
        if !self.passwords.verify(Some(&stored), present).await? {
            return Err(UsersError::WrongPassword);
        }
        let hash = self.passwords.hash(new).await?;
        let now = self.clock.now();
        let tx = self.database.begin().await?;
        if !store::set_password_hash(&tx, user, Some(stored), hash, now).await? {
            return Err(UsersError::WrongPassword);
        }
        let actor = Actor::User(user);
        let detail = "The password was changed.";
        let entry = Entry {
            tenant,
            actor,
            action: "user.password_changed",
            subject: user.as_uuid(),
            detail,
        };
        audit::record(&tx, entry, now).await?;
        Ok(commit(tx).await?)
    }

    /// Sets a new password for somebody who forgot theirs; the operator asks for it. Every session ends.
    ///
    /// # Errors
    /// [`UsersError::Invalid`] under `email` or `password`, [`UsersError::NotFound`].
    pub async fn set_password(&self, email: &str, new: &SecretString) -> Result<(), UsersError> {
        let email = checked(email, new)?;
        let hash = self.passwords.hash(new).await?;
        let now = self.clock.now();
        let tx = self.database.begin().await?;
        let memberships = sql::values::<(UserId, TenantId), _>(&tx, MEMBERSHIPS, [email.into()]).await?;
        let (user, _) = *memberships.first().ok_or(UsersError::NotFound)?;
        store::set_password_hash(&tx, user, None, hash, now).await?;
        for (_, tenant) in memberships {
            let entry = Entry {
                tenant,
                actor: Actor::Command,
                action: "user.password_set",
                subject: user.as_uuid(),
                detail: "The operator set a new password.",
            };
            audit::record(&tx, entry, now).await?;
        }
        Ok(commit(tx).await?)
    }
}

/// The address in lower case without blanks around it: a person has one account whatever their keyboard capitalises.
///
/// # Errors
/// A text that cannot be an address, under `email`.
pub(super) fn normalise_email(typed: &str) -> Result<String, FieldError> {
    let email = typed.trim().to_lowercase();
    let plausible = email.len() <= LONGEST_EMAIL
        && !email.contains(|c: char| c.is_whitespace() || c.is_control())
        && email
            .rsplit_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
    if plausible {
        Ok(email)
    } else {
        Err(FieldError {
            field: "email".into(),
            message: "Write an e-mail address, like name@example.com.".into(),
        })
    }
}

/// The normalised address, once address and password can be used.
pub(super) fn checked(email: &str, password: &SecretString) -> Result<String, UsersError> {
    match (normalise_email(email), passwords::check("password", password)) {
        (Ok(email), Ok(())) => Ok(email),
        (email, password) => Err(UsersError::Invalid(
            email.err().into_iter().chain(password.err()).collect(),
        )),
    }
}

/// A person with a hashed password.
pub(super) struct Person<'a> {
    pub(super) email: &'a str,
    pub(super) hash: &'a str,
    pub(super) role: Role,
    pub(super) is_operator: bool,
}

/// Writes a person and their membership within a transaction.
pub(super) async fn insert<C: Connection>(
    tx: &C,
    tenant: TenantId,
    person: Person<'_>,
    now: Timestamp,
) -> Result<UserId, UsersError> {
    let id = UserId::from_uuid(Uuid::now_v7());
    let user = users::Model {
        id,
        email: person.email.into(),
        password_hash: Hidden(person.hash.into()),
        is_operator: person.is_operator,
        created_at: now,
        updated_at: now,
    };
    if !store::insert_user(tx, user).await? {
        return Err(UsersError::EmailTaken);
    }
    let membership = memberships::Model {
        user_id: id,
        tenant_id: tenant,
        role: person.role,
        created_at: now,
    };
    store::insert_membership(tx, membership).await?;
    let detail = format!("{} was added as {}.", person.email, person.role);
    let entry = Entry {
        tenant,
        actor: Actor::Command,
        action: "user.created",
        subject: id.as_uuid(),
        detail: &detail,
    };
    audit::record(tx, entry, now).await?;
    Ok(id)
}
