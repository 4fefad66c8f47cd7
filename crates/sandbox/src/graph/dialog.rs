//! `GET /{version}/dialog/oauth`: "Continue as …" with a choice of Pages and permissions, and a way out. Decided by a person's
//! click, or at once when a test has said how.

use std::collections::HashSet;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use url::{Url, form_urlencoded};

use super::dialog_page;
use crate::state::accounts::SCOPES;
use crate::state::facebook::{Code, LoginDecision};
use crate::state::{App, World, ids};

/// What the app asked for.
pub struct Dialog {
    pub redirect_uri: Url,
    pub state: String,
    pub scopes: Vec<String>,
    pub rerequest: bool,
}

impl Dialog {
    /// # Errors
    /// What a dialog needs and the query does not have.
    pub fn read(app_id: &str, query: &str) -> Result<Self, &'static str> {
        let field = |name: &str| {
            form_urlencoded::parse(query.as_bytes())
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.into_owned())
        };
        if field("client_id").as_deref() != Some(app_id) {
            return Err("client_id is not the id of this app");
        }
        let redirect_uri = field("redirect_uri").and_then(|address| Url::parse(&address).ok());
        let redirect_uri = redirect_uri.filter(|address| matches!(address.scheme(), "http" | "https"));
        let asked = field("scope").unwrap_or_default();
        let scopes: Vec<String> = if field("config_id").is_some() {
            SCOPES.map(str::to_owned).to_vec()
        } else {
            asked
                .split([',', ' '])
                .filter(|scope| !scope.is_empty())
                .map(str::to_owned)
                .collect()
        };
        if scopes.is_empty() {
            return Err("it asks for no permission");
        }
        Ok(Self {
            redirect_uri: redirect_uri.ok_or("redirect_uri is missing")?,
            state: field("state").unwrap_or_default(),
            scopes,
            rerequest: field("auth_type").as_deref() == Some("rerequest"),
        })
    }

    /// Where the browser goes next.
    pub fn decide(&self, world: &mut World, decision: &LoginDecision) -> String {
        let mut back = self.redirect_uri.clone();
        if decision.deny {
            back.query_pairs_mut()
                .append_pair("error", "access_denied")
                .append_pair("error_code", "200")
                .append_pair("error_description", "Permissions error")
                .append_pair("error_reason", "user_denied")
                .append_pair("state", &self.state);
            return back.into();
        }
        world.grant(decision, &self.scopes, self.rerequest);
        let code = ids::code();
        let kept = Code {
            user_id: decision.user_id().to_owned(),
            redirect_uri: self.redirect_uri.to_string(),
            used: false,
            issued_at_ms: world.now_ms(),
        };
        world.facebook.codes.insert(code.clone(), kept);
        back.query_pairs_mut()
            .append_pair("code", &code)
            .append_pair("state", &self.state);
        // Facebook leaves this mark behind every redirect.
        back.set_fragment(Some("_=_"));
        back.into()
    }
}

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
