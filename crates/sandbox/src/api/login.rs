//! Facebook Login without clicks, the life cycle of tokens, and Meta's two callbacks.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;

use crate::handle::{CallbackAnswer, ControlError, LifeEvent, SandboxHandle};
use crate::state::facebook::{LoginDecision, USER_ID};

/// Decides all further dialogs: they redirect at once.
pub async fn decide(State(handle): State<SandboxHandle>, Json(decision): Json<LoginDecision>) -> StatusCode {
    handle.decide_logins(Some(decision));
    StatusCode::NO_CONTENT
}

/// Dialogs ask again.
pub async fn ask(State(handle): State<SandboxHandle>) -> StatusCode {
    handle.decide_logins(None);
    StatusCode::NO_CONTENT
}

/// How dialogs are decided; null when they ask.
pub async fn decision(State(handle): State<SandboxHandle>) -> Json<Option<LoginDecision>> {
    Json(handle.login_decision())
}

/// Applies one event to tokens, Pages or links.
pub async fn life(
    State(handle): State<SandboxHandle>,
    Json(event): Json<LifeEvent>,
) -> Result<StatusCode, ControlError> {
    handle.life(&event)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whom a callback is about; the usual person when it does not say.
#[derive(Deserialize)]
pub struct Person {
    #[serde(default)]
    user: Option<String>,
}

impl Person {
    fn id(&self) -> &str {
        self.user.as_deref().unwrap_or(USER_ID)
    }
}

/// Sends Concierge the callback after an app was removed.
pub async fn deauthorize(
    State(handle): State<SandboxHandle>,
    Json(person): Json<Person>,
) -> Json<Option<CallbackAnswer>> {
    Json(handle.deauthorize(person.id()).await)
}

/// Sends Concierge a data deletion request.
pub async fn data_deletion(
    State(handle): State<SandboxHandle>,
    Json(person): Json<Person>,
) -> Json<Option<CallbackAnswer>> {
    Json(handle.request_data_deletion(person.id()).await)
}
