//! Signing in and out, the first account, a new password.
//!
//! [`AuthServices`] is made once per server; [`crate::context::auth`] joins it with the session of a request. Errors name the fields
//! `email`, `password`, `code`, `tenant_name`, `current`, `new`.

mod backend;
mod device;
mod errors;

pub use backend::{AuthBackend, AuthSession, SessionUser};
pub use device::DeviceSlot;

use domain::ids::UserId;
use domain::views::Viewer;
use engine::clock::SharedClock;
use engine::identity::{AuthenticatedUser, FirstOwner, Passwords, SetUp, SignIn, Users, authenticated_user};
use engine::storage::Database;
use engine::vault::Vault;

use crate::error::AppError;

/// The sign-in that the demo has filled in.
#[derive(Clone, Debug)]
pub struct DemoSignIn {
    /// How one signs in.
    pub email: String,
    /// In the clear: the demo only.
    pub password: String,
}

/// The use cases of signing in.
#[derive(Debug, Clone)]
pub struct AuthServices {
    database: Database,
    clock: SharedClock,
    users: Users,
    sign_in: SignIn,
    set_up: SetUp,
    demo: Option<DemoSignIn>,
}

impl AuthServices {
    /// Signs in the people in `database`. `demo` is what the sign-in form is filled with.
    #[must_use]
    pub fn new(
        database: &Database,
        clock: &SharedClock,
        passwords: &Passwords,
        vault: &Vault,
        demo: Option<DemoSignIn>,
    ) -> Self {
        Self {
            database: database.clone(),
            clock: clock.clone(),
            users: Users::new(database, clock.clone(), passwords.clone()),
            sign_in: SignIn::new(database, clock.clone(), passwords.clone(), vault.clone()),
            set_up: SetUp::new(database, clock.clone(), passwords.clone()),
            demo,
        }
    }
}

/// Signing in and out for one request.
#[derive(Debug)]
pub struct Auth {
    pub(crate) services: AuthServices,
    pub(crate) session: AuthSession,
    /// The caller's network: wrong passwords are counted per network, too.
    pub(crate) network: String,
    /// Says whether somebody signed in from this device before.
    pub(crate) device: DeviceSlot,
}

impl Auth {
    /// Checks the password and starts a session.
    pub async fn sign_in(self, email: &str, password: String) -> Result<(), AppError> {
        let services = &self.services;
        let (password, device) = (password.into(), self.device.brought());
        let attempt = services
            .sign_in
            .attempt_from(email, &password, &self.network, device)
            .await;
        let user = attempt.map_err(|error| errors::sign_in_error(error, services.clock.now()))?;
        self.device.issue(services.sign_in.device_cookie(email));
        self.start_session(user).await
    }

    /// Ends the session.
    pub async fn sign_out(mut self) -> Result<(), AppError> {
        self.session.logout().await?;
        Ok(())
    }

    /// Whether there is no user yet.
    pub async fn needs_set_up(&self) -> Result<bool, AppError> {
        Ok(self.services.set_up.is_open().await?)
    }

    /// Creates tenant, owner and operator, and starts a session.
    pub async fn set_up(self, owner: FirstOwner) -> Result<(), AppError> {
        let cookie = self.services.sign_in.device_cookie(&owner.email);
        let (user, _) = self.services.set_up.complete(owner).await?;
        self.device.issue(cookie);
        self.restart_session(user).await
    }

    /// Ends all sessions of the viewer except this one, which gets a new id.
    pub async fn change_password(self, viewer: &Viewer, current: String, new: String) -> Result<(), AppError> {
        let users = &self.services.users;
        users
            .change_password(viewer.user_id, viewer.tenant_id, &current.into(), &new.into())
            .await?;
        self.restart_session(viewer.user_id).await
    }

    /// What the sign-in form is filled with.
    #[must_use]
    pub fn demo(&self) -> Option<DemoSignIn> {
        self.services.demo.clone()
    }

    async fn restart_session(self, user: UserId) -> Result<(), AppError> {
        let user = authenticated_user(&self.services.database, user).await?;
        self.start_session(user.ok_or(AppError::NotSignedIn)?).await
    }

    async fn start_session(mut self, user: AuthenticatedUser) -> Result<(), AppError> {
        // An earlier user of this browser, or of a planted session id, must not share the new session.
        self.session.session.cycle_id().await?;
        Ok(self.session.login(&SessionUser(user)).await?)
    }
}
