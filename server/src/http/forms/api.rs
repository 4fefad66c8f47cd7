//! `/api/*`: the right status for programs, and a redirect with a flash for plain forms.
//!
//! Leptos answers every error with 500, and sends a plain form back with the error in the address and everything typed lost. So
//! forms are never shown to Leptos as such: it sees a program's request, and the redirect is made here.

use app::endpoints;
use app::error::AppError;
use app::flash::{FORM_FIELD, NoticeSlot};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use domain::views::Viewer;
use http::{HeaderValue, header};
use leptos::server_fn::error::FromServerFnError;
use tower_sessions::Session;
use tracing::{Instrument, Span};
use url::form_urlencoded;

use super::flash::{FlashStore, NewFlash, Owner};
use super::{answer, made_key, return_to};
use crate::http::layers::origin::AllowedOrigin;

/// What answering a form needs.
#[derive(Clone, Debug)]
pub struct FormsState {
    /// Decides which pages a form may return to.
    pub origin: AllowedOrigin,
    /// Keeps the flash.
    pub flashes: FlashStore,
}

/// The middleware.
pub async fn answer_api(State(forms): State<FormsState>, request: Request, next: Next) -> Response {
    let span = span(&request);
    let answer = async {
        if answer::wants_html(request.headers()) && request.method() == http::Method::POST {
            answer_form(&forms, request, next).await
        } else {
            with_status(next.run(request).await).await
        }
    };
    answer.instrument(span).await
}

/// The server function by its route, and the tenant whose data it sees.
fn span(request: &Request) -> Span {
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let viewer = request.extensions().get::<Viewer>();
    tracing::info_span!(
        "server_fn",
        name = route.and_then(|path| path.strip_prefix("/api/")),
        tenant.id = viewer.map(|viewer| tracing::field::display(viewer.tenant_id)),
    )
}

async fn with_status(response: Response) -> Response {
    let (response, error) = read_error(response).await;
    match error {
        Some(error) => carry_cookies(&response, answer::json(&error)),
        None => response,
    }
}

async fn answer_form(forms: &FormsState, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let return_to = return_to::from_referer(&forms.origin, &parts.headers);
    let session = parts.extensions.get::<Session>().cloned();
    let user = parts.extensions.get::<Viewer>().map(|viewer| viewer.user_id);
    let imports = parts.uri.path() == endpoints::IMPORT_RULES;
    let shows_a_key = parts.uri.path() == endpoints::CREATE_API_KEY;
    let notice = NoticeSlot::default();
    parts.extensions.insert(notice.clone());
    parts
        .headers
        .insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    // Neither too large nor half: the body limit has read it.
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let fields = fields(&body);
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    let (response, error) = read_error(response).await;
    if error.is_none() && !response.status().is_success() {
        return response;
    }
    if error.is_none() && shows_a_key {
        return made_key::page(response).await;
    }
    let form_id = form_id(&fields);
    let redirect = if error.is_none() {
        return_to::redirect_target(&response)
    } else {
        None
    };
    let flash = NewFlash::new(form_id.clone(), fields, error, notice.take());
    let target = redirect.unwrap_or_else(|| return_to.at(&form_id));
    let owner = match (user, session) {
        // Whoever signed out has no session any more.
        (Some(user), Some(session)) if !session.is_empty().await => Some(Owner { user, session, imports }),
        _ => None,
    };
    let cookie = forms.flashes.store(owner, &target, flash).await;
    let mut answer = carry_cookies(&response, target.redirect());
    if let Some(cookie) = cookie {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}

/// Takes the error out of an answer that holds one.
async fn read_error(response: Response) -> (Response, Option<AppError>) {
    if !response.headers().contains_key(answer::ERROR_HEADER) {
        return (response, None);
    }
    let (parts, body) = response.into_parts();
    // Without a limit, because this server wrote it: what a whole config would change is as long as the config.
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let error = AppError::de(bytes);
    (Response::from_parts(parts, Body::empty()), Some(error))
}

fn carry_cookies(from: &Response, mut to: Response) -> Response {
    for cookie in from.headers().get_all(header::SET_COOKIE) {
        to.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    to
}

fn fields(body: &Bytes) -> Vec<(String, String)> {
    form_urlencoded::parse(body).into_owned().collect()
}

/// The form's name, if it can stand in an address as it is.
fn form_id(fields: &[(String, String)]) -> String {
    let plain = |id: &str| {
        id.len() <= 100
            && id
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    fields
        .iter()
        .find(|(name, id)| name == FORM_FIELD && plain(id))
        .map(|(_, id)| id.clone())
        .unwrap_or_default()
}
