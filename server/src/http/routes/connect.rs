//! `GET /instagram/connect` and `GET /instagram/callback`: to Facebook and back. Both only redirect; the page shows what came of it.

use app::error::AppError;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Extension, Router};
use domain::views::{ConnectProblemKind, Viewer};
use engine::connect::{Ask, CallbackQuery, ConnectError, Connections, Returned, SessionKey, Visitor};
use http::{HeaderMap, HeaderValue, header};

use super::answer;
use super::gate::storage_error;
use super::routes::{CALLBACK, CONNECT};

/// The page that shows where a walk stands.
const PAGE: &str = "/admin/instagram/connect";

/// Both routes.
pub fn routes(connections: Connections) -> Router {
    Router::new()
        .route(CONNECT, get(go))
        .route(CALLBACK, get(come_back))
        .with_state(connections)
}

type Who = (Option<Extension<Viewer>>, Option<Extension<SessionKey>>);

/// To Facebook. `?ask=permissions` asks for declined ones again, `?ask=access` for data access anew.
async fn go(
    State(connections): State<Connections>,
    viewer: Option<Extension<Viewer>>,
    session: Option<Extension<SessionKey>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let visitor = match visitor((viewer, session)) {
        Ok(visitor) => visitor,
        Err(error) => return answer::error(&error, &headers),
    };
    let ask = match parameter(query.as_deref(), "ask").as_deref() {
        Some("permissions") => Ask::Declined,
        Some("access") => Ask::DataAccess,
        _ => Ask::Usual,
    };
    match connections.begin(&visitor, ask).await {
        Ok(address) => redirect(&address),
        Err(ConnectError::Misconfigured) => lost(ConnectProblemKind::Misconfigured),
        Err(error) => answer::error(&failed(error), &headers),
    }
}

/// Back from Facebook.
async fn come_back(
    State(connections): State<Connections>,
    viewer: Option<Extension<Viewer>>,
    session: Option<Extension<SessionKey>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let visitor = match visitor((viewer, session)) {
        Ok(visitor) => visitor,
        Err(AppError::NotSignedIn) => return signed_out(),
        Err(error) => return answer::error(&error, &headers),
    };
    let query = CallbackQuery::parse(&query.unwrap_or_default());
    match connections.callback(&visitor, query).await {
        Ok(Returned::Visit(visit)) => redirect(&format!("{PAGE}?visit={visit}")),
        Ok(Returned::Lost(kind)) => lost(kind),
        Err(error) => answer::error(&failed(error), &headers),
    }
}

fn visitor((viewer, session): Who) -> Result<Visitor, AppError> {
    let Extension(viewer) = viewer.ok_or(AppError::NotSignedIn)?;
    let Extension(session) = session.ok_or(AppError::NotSignedIn)?;
    if !viewer.role.can_manage() {
        return Err(AppError::NotAllowed);
    }
    Ok(Visitor {
        tenant: viewer.tenant_id,
        session,
        actor: (&viewer).into(),
    })
}

fn lost(kind: ConnectProblemKind) -> Response {
    redirect(&format!("{PAGE}?problem={kind}"))
}

/// The code in the address is dropped: it must not travel through the sign-in.
fn signed_out() -> Response {
    let page = format!("{PAGE}?problem={}", ConnectProblemKind::SessionEnded);
    let next: String = url::form_urlencoded::byte_serialize(page.as_bytes()).collect();
    redirect(&format!("/login?next={next}"))
}

/// Addresses here hold `state`: nobody may keep the answer. That no page tells others where it came from, all answers say.
fn redirect(to: &str) -> Response {
    let mut response = Redirect::to(to).into_response();
    let no_store = HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, no_store);
    response
}

fn parameter(query: Option<&str>, name: &str) -> Option<String> {
    let pairs = url::form_urlencoded::parse(query?.as_bytes());
    pairs
        .into_iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

fn failed(error: ConnectError) -> AppError {
    match error {
        ConnectError::Storage(error) => storage_error(error),
        other => other.into(),
    }
}
