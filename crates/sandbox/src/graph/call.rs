//! What all Graph calls share: the request's credentials, the fault plan, and the call log.

use std::collections::HashMap;
use std::convert::Infallible;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{ConnectInfo, FromRequestParts, Query};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::error::GraphError;
use super::token_info;
use crate::faults::{Edge, Verdict};
use crate::listener::Connection;
use crate::state::App;
use crate::state::calls::CallRecord;

/// The parts of a request every edge needs.
#[derive(Debug)]
pub struct Incoming {
    /// For the call log.
    pub method: String,
    /// Decoded; the last of equal names.
    pub query: HashMap<String, String>,
    /// From the query or the `Authorization` header.
    pub token: Option<String>,
    /// `Host`, for links back to us.
    pub host: String,
    connection: Connection,
}

impl<S: Send + Sync> FromRequestParts<S> for Incoming {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let query = Query::<HashMap<String, String>>::try_from_uri(&parts.uri)
            .map(|Query(query)| query)
            .unwrap_or_default();
        let bearer = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .map(|token| token.trim().to_owned());
        let token = query
            .get("access_token")
            .cloned()
            .or(bearer)
            .filter(|token| !token.is_empty());
        let connection = parts
            .extensions
            .get::<ConnectInfo<Connection>>()
            .map(|info| info.0.clone());
        let method = parts.method.to_string();
        let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok());
        Ok(Self {
            method,
            query,
            token,
            host: host.unwrap_or_default().to_owned(),
            connection: connection.unwrap_or_default(),
        })
    }
}

impl Incoming {
    /// A query parameter.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.query.get(name).map(String::as_str)
    }
}

/// Runs `act` as the faults allow. `act` is not polled unless the call reaches Meta's own logic.
pub async fn answer(
    app: &Arc<App>,
    incoming: &Incoming,
    edge: Edge,
    page: &str,
    act: impl Future<Output = Result<Value, GraphError>> + Send,
) -> Response {
    let plan = app.change(|world| {
        world.counts.calls += 1;
        world.faults.plan(page, edge)
    });
    let log = |outcome: Option<&Result<Value, GraphError>>| {
        note(app, incoming, edge, page, plan.fault, outcome);
    };
    pause(plan.before).await;
    let result = match plan.verdict {
        Verdict::CutBefore => {
            log(None);
            return cut(incoming);
        }
        Verdict::Error { error, accepted: false } => Err(*error),
        Verdict::Error { error, accepted: true } => act.await.and(Err(*error)),
        Verdict::CutAfter => match act.await {
            Ok(_) => {
                log(None);
                pause(plan.after).await;
                return cut(incoming);
            }
            refused => refused,
        },
        Verdict::TokenDead { subcode } => act.await.map(|body| token_info::dead(body, subcode)),
        Verdict::ScopesGone => act.await.map(token_info::without_messaging),
        Verdict::Normal => act.await,
    };
    log(Some(&result));
    pause(plan.after).await;
    match result {
        Ok(body) => json(&body),
        Err(error) => error.into_response(),
    }
}

async fn pause(time: Duration) {
    if !time.is_zero() {
        tokio::time::sleep(time).await;
    }
}

fn cut(incoming: &Incoming) -> Response {
    incoming.connection.cut();
    StatusCode::BAD_GATEWAY.into_response()
}

fn json(body: &Value) -> Response {
    let mut response = body.to_string().into_response();
    let kind = HeaderValue::from_static("application/json; charset=UTF-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

fn note(
    app: &App,
    incoming: &Incoming,
    edge: Edge,
    page: &str,
    fault: Option<&'static str>,
    outcome: Option<&Result<Value, GraphError>>,
) {
    let error = outcome.and_then(|result| result.as_ref().err());
    let status = outcome.map(|_| error.map_or(200, |error| error.http_status));
    app.change(|world| {
        let at_ms = world.now_ms();
        world.calls.push(CallRecord {
            edge,
            page: page.to_owned(),
            method: incoming.method.clone(),
            status,
            code: error.and_then(GraphError::logged_code),
            subcode: error.and_then(|error| error.subcode),
            fault,
            at_ms,
        });
    });
}
