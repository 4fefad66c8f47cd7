//! `GET /instagram/connect` and `GET /instagram/callback`: to Facebook and back. Both only redirect; the page shows the result.

use app::context::login_context_of;
use app::error::AppError;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use domain::views::ConnectProblemKind;
use engine::connect::{Ask, CallbackOutcome, CallbackQuery, ConnectError, Connections};
use http::{Extensions, HeaderMap, HeaderValue, header};

use super::table::{CALLBACK, CONNECT};
use crate::http::forms::answer;
use crate::http::forms::local_path::LocalPath;

/// The page that shows the login attempt.
const PAGE: &str = "/admin/instagram/connect";

/// Both routes.
pub fn routes(connections: Connections) -> Router {
    Router::new()
        .route(CONNECT, get(start_login))
        .route(CALLBACK, get(finish_login))
        .with_state(connections)
}

/// To Facebook. `?ask=permissions` asks for declined ones again, `?ask=access` renews data access.
async fn start_login(
    State(connections): State<Connections>,
    extensions: Extensions,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let login = match login_context_of(&extensions) {
        Ok(login) => login,
        Err(error) => return answer::error(&error, &headers),
    };
    let ask = match parameter(query.as_deref(), "ask").as_deref() {
        Some("permissions") => Ask::Declined,
        Some("access") => Ask::DataAccess,
        _ => Ask::Usual,
    };
    match connections.begin(&login, ask).await {
        Ok(address) => no_store(Redirect::to(&address).into_response()),
        Err(ConnectError::Misconfigured) => show_problem(ConnectProblemKind::Misconfigured),
        Err(error) => answer::error(&error.into(), &headers),
    }
}

/// Back from Facebook.
async fn finish_login(
    State(connections): State<Connections>,
    extensions: Extensions,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let login = match login_context_of(&extensions) {
        Ok(login) => login,
        Err(AppError::NotSignedIn) => return sign_in_again(),
        Err(error) => return answer::error(&error, &headers),
    };
    let query = CallbackQuery::parse(&query.unwrap_or_default());
    match connections.callback(&login, query).await {
        Ok(CallbackOutcome::LoginAttempt(attempt)) => redirect_here(&format!("{PAGE}?visit={attempt}")),
        Ok(CallbackOutcome::Lost(kind)) => show_problem(kind),
        Err(error) => answer::error(&error.into(), &headers),
    }
}

fn show_problem(kind: ConnectProblemKind) -> Response {
    redirect_here(&format!("{PAGE}?problem={kind}"))
}

/// The code in the address is dropped: it must not travel through the sign-in.
fn sign_in_again() -> Response {
    let page = format!("{PAGE}?problem={}", ConnectProblemKind::SessionEnded);
    no_store(LocalPath::sign_in(&page).redirect())
}

fn redirect_here(page: &str) -> Response {
    no_store(LocalPath::parse(page).unwrap_or_else(LocalPath::overview).redirect())
}

/// Addresses here hold `state`, so no cache may keep the answer. `Referrer-Policy` is on every answer already.
fn no_store(mut response: Response) -> Response {
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
