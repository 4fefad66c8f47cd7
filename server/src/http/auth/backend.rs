//! Who a session belongs to. A session carries a fingerprint of the password it was opened with: when the password changes, it
//! has ended.

use axum_login::{AuthUser, AuthnBackend, UserId as SessionUserId};
use domain::ids::UserId;
use engine::settings::{AuthenticatedUser, authenticated_user};
use engine::storage::{Database, StorageError};

/// The session of a request.
pub type AuthSession = axum_login::AuthSession<People>;

/// Finds the person of a session.
#[derive(Debug, Clone)]
pub struct People {
    database: Database,
}

impl People {
    /// The people in `database`.
    #[must_use]
    pub fn new(database: &Database) -> Self {
        Self {
            database: database.clone(),
        }
    }
}

/// A person with a session.
#[derive(Clone)]
pub struct SignedIn(pub AuthenticatedUser);

impl std::fmt::Debug for SignedIn {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "SignedIn({})", self.0.id)
    }
}

impl AuthUser for SignedIn {
    type Id = UserId;

    fn id(&self) -> Self::Id {
        self.0.id
    }

    fn session_auth_hash(&self) -> &[u8] {
        &self.0.password_fingerprint
    }
}

impl AuthnBackend for People {
    type User = SignedIn;
    type Credentials = ();
    type Error = StorageError;

    /// Signing in goes through the gate, which knows about waiting times.
    async fn authenticate(&self, (): ()) -> Result<Option<SignedIn>, StorageError> {
        Ok(None)
    }

    async fn get_user(&self, id: &SessionUserId<Self>) -> Result<Option<SignedIn>, StorageError> {
        Ok(authenticated_user(&self.database, *id).await?.map(SignedIn))
    }
}
