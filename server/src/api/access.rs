//! Who asks, and whether they may: a bearer key and its scopes, and nothing else. A session's cookie means nothing here, and so the page of
//! another site that a person visits cannot use it.

use std::net::IpAddr;

use app::context::ClientAddress;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use engine::api_keys::{ApiCaller, authenticate};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};

use super::problem::Problem;
use super::rates::{Counted, Rate};
use super::state::ApiState;
use crate::http::routes::table::{self, Access};

/// Lets the request pass with its [`ApiCaller`], or answers in its place.
pub async fn check_key(State(api): State<ApiState>, mut request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let allow = path.map(allowed_methods).unwrap_or_default();
    if *request.method() == Method::OPTIONS && !allow.is_empty() {
        return (StatusCode::NO_CONTENT, [(header::ALLOW, allow)]).into_response();
    }
    let route = path.and_then(|path| table::find(request.method(), path));
    if route.is_none() && !allow.is_empty() {
        let mut response = Problem::method_not_allowed(&allow).into_response();
        if let Ok(allow) = HeaderValue::from_str(&allow) {
            response.headers_mut().insert(header::ALLOW, allow);
        }
        return response;
    }
    if route.is_some_and(|route| route.access == Access::Anyone) {
        return match count(&api, network(&request)) {
            Ok(()) => next.run(request).await,
            Err(too_many) => *too_many,
        };
    }
    let caller = match caller(&api, network(&request), request.headers()).await {
        Ok(caller) => caller,
        Err(refusal) => return *refusal,
    };
    let rate = match api.rates.count(Counted::Key(caller.key)) {
        Ok(rate) => rate,
        Err((problem, rate)) => return too_many(*problem, rate),
    };
    let mut response = match route.map(|route| route.access) {
        // An address of nothing tells that only to somebody with a key.
        None => Problem::not_found().into_response(),
        Some(Access::Key(scope)) if caller.may(scope) => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Some(Access::Key(scope)) => Problem::scope_missing(scope).into_response(),
        // No line of a page or a session is for programs.
        Some(_) => Problem::not_found().into_response(),
    };
    rate.add(response.headers_mut());
    response
}

/// A key that has not proven itself counts for its network before the database is asked for it.
async fn caller(api: &ApiState, network: Option<IpAddr>, headers: &HeaderMap) -> Result<ApiCaller, Box<Response>> {
    let key = sent_key(headers);
    if !key.as_ref().is_ok_and(|key| api.proven.holds(key)) {
        count(api, network)?;
    }
    let key = key.map_err(|problem| Box::new(problem.into_response()))?;
    let found = authenticate(api.engine.database(), key, api.engine.clock().now()).await;
    match found {
        Ok(Some(caller)) => {
            api.proven.add(key);
            Ok(caller)
        }
        Ok(None) => {
            api.proven.forget(key);
            Err(Box::new(Problem::no_key(true).into_response()))
        }
        Err(error) => {
            let problem = Problem::from(app::error::AppError::from(error));
            Err(Box::new(problem.into_response()))
        }
    }
}

fn sent_key(headers: &HeaderMap) -> Result<&str, Problem> {
    let sent = headers
        .get(header::AUTHORIZATION)
        .ok_or_else(|| Problem::no_key(false))?;
    let key = sent.to_str().ok().and_then(bearer);
    key.ok_or_else(|| Problem::no_key(true))
}

fn bearer(sent: &str) -> Option<&str> {
    let (scheme, key) = sent.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}

fn network(request: &Request) -> Option<IpAddr> {
    let client = request.extensions().get::<ClientAddress>();
    client.map(|client| client.network())
}

fn count(api: &ApiState, network: Option<IpAddr>) -> Result<(), Box<Response>> {
    let Some(network) = network else {
        return Ok(());
    };
    match api.rates.count(Counted::Network(network)) {
        Ok(_) => Ok(()),
        Err((problem, rate)) => Err(Box::new(too_many(*problem, rate))),
    }
}

fn too_many(problem: Problem, rate: Rate) -> Response {
    let mut response = problem.into_response();
    rate.add(response.headers_mut());
    response
}

/// HEAD goes wherever GET does, and OPTIONS everywhere.
fn allowed_methods(path: &str) -> String {
    let mut methods: Vec<&str> = Vec::new();
    for method in table::methods(path) {
        methods.push(method.as_str());
        if *method == Method::GET {
            methods.push("HEAD");
        }
    }
    if !methods.is_empty() {
        methods.push("OPTIONS");
    }
    methods.join(", ")
}
