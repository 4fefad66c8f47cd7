//! Signing in and out, the first account, a new password. Implements `app::context::Gate`.

use std::future::Future;
use std::pin::Pin;

use app::context::{DemoSignIn, Gate, SetUp as Form};
use app::error::AppError;
use domain::views::Viewer;
use engine::clock::SharedClock;
use engine::identity::{AuthenticatedUser, FirstOwner, Passwords, SetUp, SignIn, Users, authenticated_user};
use engine::storage::Database;
use engine::vault::Vault;
use http::request::Parts;
use secrecy::SecretString;

use super::backend::{AuthSession, SessionUser};
use super::errors::{self, storage_error};
use crate::http::layers::client_address::ClientAddress;

type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, AppError>> + Send + 'a>>;

/// Signing in and out, as the pages ask for it.
#[derive(Debug, Clone)]
pub struct ServerGate {
    database: Database,
    clock: SharedClock,
    users: Users,
    sign_in: SignIn,
    set_up: SetUp,
    demo: Option<DemoSignIn>,
}

impl ServerGate {
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

    async fn start_session(&self, parts: &Parts, user: AuthenticatedUser) -> Result<(), AppError> {
        let mut auth = session(parts)?;
        // An earlier user of this browser, or of a planted session id, must not share the new session.
        auth.session
            .cycle_id()
            .await
            .map_err(|error| errors::session_error(&error))?;
        auth.login(&SessionUser(user)).await.map_err(errors::login_error)
    }

    async fn sign_in_now(&self, parts: &Parts, email: String, password: String) -> Result<(), AppError> {
        let network = parts
            .extensions
            .get::<ClientAddress>()
            .map(|client| client.network().to_string());
        let network = network.unwrap_or_default();
        let attempt = self
            .sign_in
            .attempt(&email, &SecretString::from(password), &network)
            .await;
        let user = attempt.map_err(|error| errors::sign_in_error(error, self.clock.now()))?;
        self.start_session(parts, user).await
    }

    async fn set_up_now(&self, parts: &Parts, form: Form) -> Result<(), AppError> {
        let owner = FirstOwner {
            code: form.code.into(),
            tenant_name: form.tenant_name,
            time_zone: "UTC".into(),
            email: form.email,
            password: form.password.into(),
        };
        let (user, _) = self.set_up.complete(owner).await.map_err(errors::set_up_error)?;
        let user = authenticated_user(&self.database, user).await.map_err(storage_error)?;
        self.start_session(parts, user.ok_or(AppError::NotSignedIn)?).await
    }

    async fn change_password_now(
        &self,
        parts: &Parts,
        viewer: Viewer,
        current: String,
        new: String,
    ) -> Result<(), AppError> {
        let changed = self
            .users
            .change_password(viewer.user_id, viewer.tenant_id, &current.into(), &new.into())
            .await;
        changed.map_err(errors::password_error)?;
        let user = authenticated_user(&self.database, viewer.user_id)
            .await
            .map_err(storage_error)?;
        self.start_session(parts, user.ok_or(AppError::NotSignedIn)?).await
    }
}

impl Gate for ServerGate {
    fn sign_in<'a>(&'a self, parts: &'a Parts, email: String, password: String) -> Answer<'a, ()> {
        Box::pin(self.sign_in_now(parts, email, password))
    }

    fn sign_out<'a>(&'a self, parts: &'a Parts) -> Answer<'a, ()> {
        Box::pin(async {
            let mut auth = session(parts)?;
            auth.logout().await.map(drop).map_err(errors::login_error)
        })
    }

    fn needs_set_up(&self) -> Answer<'_, bool> {
        Box::pin(async { self.set_up.is_open().await.map_err(storage_error) })
    }

    fn set_up<'a>(&'a self, parts: &'a Parts, form: Form) -> Answer<'a, ()> {
        Box::pin(self.set_up_now(parts, form))
    }

    fn change_password<'a>(&'a self, parts: &'a Parts, viewer: Viewer, current: String, new: String) -> Answer<'a, ()> {
        Box::pin(self.change_password_now(parts, viewer, current, new))
    }

    fn demo(&self) -> Option<DemoSignIn> {
        self.demo.clone()
    }
}

fn session(parts: &Parts) -> Result<AuthSession, AppError> {
    let auth = parts.extensions.get::<AuthSession>().cloned();
    auth.ok_or_else(|| AppError::unavailable("Sign-in is not available here."))
}
