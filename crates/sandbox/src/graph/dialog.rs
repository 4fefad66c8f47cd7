//! `GET /{version}/dialog/oauth`: "Continue as …" with a choice of Pages and permissions, and a way out. Decided by a person's
//! click, or at once when a test has said how.

use std::collections::HashSet;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use url::form_urlencoded;

use super::dialog_page;
use super::login_dialog::Dialog;
use crate::state::App;
use crate::state::facebook::LoginDecision;

/// Shows the dialog, or decides at once.
pub async fn get(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let dialog = match Dialog::read(&app.config.app_id, &query) {
        Ok(dialog) => dialog,
        Err(why) => return (StatusCode::BAD_REQUEST, why).into_response(),
    };
    let decision = app.world().facebook.decision.clone();
    if let Some(decision) = decision {
        return Redirect::to(&app.change(|world| dialog.decide(world, &decision))).into_response();
    }
    let page = dialog_page::render(&app.world(), &dialog, &query);
    strict(Html(page).into_response(), &dialog)
}

/// The form carries the dialog's own query, and what was ticked.
pub async fn post(State(app): State<Arc<App>>, body: Bytes) -> Response {
    let fields: Vec<(String, String)> = form_urlencoded::parse(&body).into_owned().collect();
    let all = |name: &str| -> HashSet<String> {
        let named = fields.iter().filter(|(key, _)| key == name);
        named.map(|(_, value)| value.clone()).collect()
    };
    let query = all("dialog").into_iter().next().unwrap_or_default();
    let dialog = match Dialog::read(&app.config.app_id, &query) {
        Ok(dialog) => dialog,
        Err(why) => return (StatusCode::BAD_REQUEST, why).into_response(),
    };
    let given = all("scope");
    let decision = LoginDecision {
        deny: all("decision").contains("deny"),
        pages: Some(all("page").into_iter().collect()),
        without: dialog
            .scopes
            .iter()
            .filter(|scope| !given.contains(*scope))
            .cloned()
            .collect(),
        user: None,
    };
    Redirect::to(&app.change(|world| dialog.decide(world, &decision))).into_response()
}

/// Browsers apply `form-action` to the redirect after the form as well.
fn strict(mut response: Response, dialog: &Dialog) -> Response {
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self' {}; base-uri 'none'; frame-ancestors 'none'",
        dialog.redirect_uri.origin().ascii_serialization()
    );
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // With `no-referrer` browsers send `Origin: null` with the form, which the guard refuses.
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    response
}
