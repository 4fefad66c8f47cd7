//! People who sign in.

use domain::ids::{TenantId, UserId};
use domain::limits::FieldError;
use domain::roles::Role;
use domain::time::Timestamp;
use sea_orm::{ConnectionTrait, FromQueryResult};
use secrecy::SecretString;
use uuid::Uuid;

use super::passwords::{self, HashingFailed, Passwords};
use super::{Actor, Entry, TenantsError, audit, emails, tenants, viewers};
use crate::clock::SharedClock;
use crate::storage::{Database, StorageError, sql};

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
        let tenant = match tenants::by_slug(&tx, &new.tenant_slug).await? {
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
        tx.commit().await.map_err(StorageError::from)?;
        Ok((user, tenant.id))
    }

    /// Whether anybody can sign in yet.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn exist(&self) -> Result<bool, StorageError> {
        viewers::users_exist(self.database.reader()).await
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
        let stored = viewers::password_hash(self.database.reader(), user)
            .await?
            .ok_or(UsersError::NotFound)?;
        if !self.passwords.verify(Some(&stored), present).await? {
            return Err(UsersError::WrongPassword);
        }
        let hash = self.passwords.hash(new).await?;
        let now = self.clock.now();
        let tx = self.database.begin().await?;
        let text = "UPDATE users SET password_hash = $2, updated_at = $3 WHERE id = $1 AND password_hash = $4";
        let values = [
            user.as_uuid().into(),
            hash.into(),
            now.as_millis().into(),
            stored.into(),
        ];
        if sql::execute(&tx, text, values).await? == 0 {
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
        tx.commit().await.map_err(StorageError::from)?;
        Ok(())
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
        let text = "SELECT u.id AS user_id, m.tenant_id AS tenant_id FROM users u
            JOIN memberships m ON m.user_id = u.id WHERE u.email = $1";
        let memberships = sql::all::<MembershipRow, _>(&tx, text, [email.into()]).await?;
        let user = memberships.first().ok_or(UsersError::NotFound)?.user_id;
        let text = "UPDATE users SET password_hash = $2, updated_at = $3 WHERE id = $1";
        sql::execute(&tx, text, [user.into(), hash.into(), now.as_millis().into()]).await?;
        for membership in memberships {
            let entry = Entry {
                tenant: TenantId::from_uuid(membership.tenant_id),
                actor: Actor::Command,
                action: "user.password_set",
                subject: user,
                detail: "The operator set a new password.",
            };
            audit::record(&tx, entry, now).await?;
        }
        tx.commit().await.map_err(StorageError::from)?;
        Ok(())
    }
}

#[derive(FromQueryResult)]
struct MembershipRow {
    user_id: Uuid,
    tenant_id: Uuid,
}

/// The normalised address, once address and password can be used.
pub(super) fn checked(email: &str, password: &SecretString) -> Result<String, UsersError> {
    match (emails::normalise(email), passwords::check("password", password)) {
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
pub(super) async fn insert<C: ConnectionTrait>(
    tx: &C,
    tenant: TenantId,
    person: Person<'_>,
    now: Timestamp,
) -> Result<UserId, UsersError> {
    let id = UserId::from_uuid(Uuid::now_v7());
    let text = "INSERT INTO users (id, email, password_hash, is_operator, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT (email) DO NOTHING";
    let at = now.as_millis();
    let values = [
        id.as_uuid().into(),
        person.email.into(),
        person.hash.into(),
        person.is_operator.into(),
        at.into(),
    ];
    if sql::execute(tx, text, values).await? == 0 {
        return Err(UsersError::EmailTaken);
    }
    let text = "INSERT INTO memberships (user_id, tenant_id, role, created_at) VALUES ($1, $2, $3, $4)";
    let values = [
        id.as_uuid().into(),
        tenant.as_uuid().into(),
        person.role.as_str().into(),
        at.into(),
    ];
    sql::execute(tx, text, values).await?;
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
