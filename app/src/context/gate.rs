//! The door: signing in and out, the first account, a new password. The server implements it, because it owns the session.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use domain::views::Viewer;
use http::request::Parts;
use leptos::prelude::use_context;

use crate::error::AppError;

type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, AppError>> + Send + 'a>>;

/// What the first account is made of.
#[derive(Clone)]
pub struct SetUp {
    /// The one-time code that the server printed.
    pub code: String,
    /// The name of the business or agency.
    pub tenant_name: String,
    /// How the owner signs in.
    pub email: String,
    /// 12 to 256 characters.
    pub password: String,
}

/// The sign-in that the demo has filled in.
#[derive(Clone, Debug)]
pub struct DemoSignIn {
    /// How one signs in.
    pub email: String,
    /// In the clear: the demo only.
    pub password: String,
}

/// Signing in and out. Errors name the fields `email`, `password`, `code`, `tenant_name`, `current`, `new`.
pub trait Gate: Send + Sync {
    /// Checks and starts a session for the request `parts`.
    fn sign_in<'a>(&'a self, parts: &'a Parts, email: String, password: String) -> Answer<'a, ()>;
    /// Ends the session of the request.
    fn sign_out<'a>(&'a self, parts: &'a Parts) -> Answer<'a, ()>;
    /// Whether there is no user yet.
    fn needs_set_up(&self) -> Answer<'_, bool>;
    /// Makes tenant, owner and operator, and starts a session.
    fn set_up<'a>(&'a self, parts: &'a Parts, set_up: SetUp) -> Answer<'a, ()>;
    /// Ends all sessions of the person but the one of the request, which is made anew.
    fn change_password<'a>(&'a self, parts: &'a Parts, viewer: Viewer, current: String, new: String) -> Answer<'a, ()>;
    /// What the sign-in form is filled with.
    fn demo(&self) -> Option<DemoSignIn>;
}

/// The gate of this server, and the request.
///
/// # Errors
/// Outside a request.
pub fn gate() -> Result<(Arc<dyn Gate>, Parts), AppError> {
    match (use_context::<Arc<dyn Gate>>(), use_context::<Parts>()) {
        (Some(gate), Some(parts)) => Ok((gate, parts)),
        _ => Err(AppError::unavailable("Sign-in is not available here.")),
    }
}
