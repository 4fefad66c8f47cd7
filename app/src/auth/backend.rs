//! Who a session belongs to. A session carries a fingerprint of the password it was opened with: when the password changes, it
//! has ended.

use axum_login::{AuthUser, AuthnBackend, UserId as SessionUserId};
use domain::ids::UserId;
use engine::identity::{AuthenticatedUser, authenticated_user};
use engine::storage::{Database, StorageError};

/// The session of a request.
pub type AuthSession = axum_login::AuthSession<AuthBackend>;

/// Finds the user of a session.
#[derive(Debug, Clone)]
pub struct AuthBackend {
    database: Database,
}

impl AuthBackend {
    /// Looks in `database`.
    #[must_use]
    pub fn new(database: &Database) -> Self {
        Self {
            database: database.clone(),
        }
    }
}

/// The user a session belongs to.
#[derive(Clone)]
pub struct SessionUser(pub AuthenticatedUser);

impl std::fmt::Debug for SessionUser {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "SessionUser({})", self.0.id)
    }
}

impl AuthUser for SessionUser {
    type Id = UserId;

    fn id(&self) -> Self::Id {
        self.0.id
    }

    fn session_auth_hash(&self) -> &[u8] {
        &self.0.password_fingerprint
    }
}

impl AuthnBackend for AuthBackend {
    type User = SessionUser;
    type Credentials = ();
    type Error = StorageError;

    /// Signing in goes through [`super::Auth`], which knows about waiting times.
    async fn authenticate(&self, (): ()) -> Result<Option<SessionUser>, StorageError> {
        Ok(None)
    }

    async fn get_user(&self, id: &SessionUserId<Self>) -> Result<Option<SessionUser>, StorageError> {
        Ok(authenticated_user(&self.database, *id).await?.map(SessionUser))
    }
}
