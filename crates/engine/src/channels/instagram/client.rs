//! One HTTP client for the Graph API: token in the header, proof in the query, answers capped and classified.

use hmac::{Hmac, KeyInit, Mac};
use reqwest::header::HeaderMap;
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use sha2::Sha256;

use super::InstagramSettings;
use super::errors::{self, GraphError};
use crate::channels::refusal::SendError;

/// More than any answer we ask for.
const LARGEST_ANSWER: usize = 1024 * 1024;

#[derive(Debug)]
pub(super) struct GraphClient {
    http: reqwest::Client,
    settings: InstagramSettings,
}

impl GraphClient {
    pub(super) fn new(settings: InstagramSettings) -> Result<Self, reqwest::Error> {
        let http = reqwest::Client::builder()
            .timeout(settings.timeout)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent("concierge")
            .build()?;
        Ok(Self { http, settings })
    }

    /// Who we are to Meta.
    pub(super) fn settings(&self) -> &InstagramSettings {
        &self.settings
    }

    /// A request to `path` below the API version, without a token.
    pub(super) fn bare_request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}/{}/{path}", self.settings.graph_url, self.settings.graph_version);
        self.http.request(method, url)
    }

    /// A request to `path` below the API version, signed with `token`.
    pub(super) fn request(&self, method: Method, path: &str, token: &SecretString) -> RequestBuilder {
        self.bare_request(method, path)
            .bearer_auth(token.expose_secret())
            .query(&[("appsecret_proof", self.proof(token))])
    }

    /// `app_id|app_secret`: the token of the app itself.
    pub(super) fn app_token(&self) -> SecretString {
        format!("{}|{}", self.settings.app_id, self.settings.app_secret.expose_secret()).into()
    }

    fn proof(&self, token: &SecretString) -> String {
        let key = self.settings.app_secret.expose_secret().as_bytes();
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key)
            .unwrap_or_else(|_| unreachable!("HMAC takes any key length"));
        mac.update(token.expose_secret().as_bytes());
        hex::encode(mac.finalize().into_bytes())
    }

    /// Sends a request and reads its JSON; `edge` is the label of the metric.
    #[tracing::instrument(name = "meta.call", skip_all, fields(meta.edge = edge))]
    pub(super) async fn call(&self, edge: &'static str, request: RequestBuilder) -> Result<Value, SendError> {
        let result = run(edge, request).await;
        let class = result.as_ref().map_or_else(|error| error.label(), |_| "ok");
        metrics::counter!("concierge_meta_requests_total", "edge" => edge, "class" => class).increment(1);
        result
    }
}

async fn run(edge: &'static str, request: RequestBuilder) -> Result<Value, SendError> {
    let response = request.send().await.map_err(|error| unsent(&error))?;
    let (status, headers) = (response.status(), response.headers().clone());
    let answer = read(response).await?;
    match answer.get("error") {
        Some(error) => Err(refused(edge, status, &headers, &GraphError::read(error))),
        None if status.is_success() => Ok(answer),
        None if is_turned_away(status) => {
            tracing::warn!(meta.status = status.as_u16(), "a call did not reach Meta's API");
            Err(SendError::NotSent)
        }
        None => Err(refused(edge, status, &headers, &GraphError::default())),
    }
}

/// A refusal without Meta's words comes from something in between, which did not hand the request on.
fn is_turned_away(status: StatusCode) -> bool {
    let is_about_time = matches!(
        status,
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_EARLY | StatusCode::TOO_MANY_REQUESTS
    );
    status.is_client_error() && !is_about_time
}

/// Only a failed connection certainly precedes the request.
fn unsent(error: &reqwest::Error) -> SendError {
    if error.is_connect() || error.is_builder() {
        SendError::NotSent
    } else {
        SendError::Unknown
    }
}

async fn read(mut response: Response) -> Result<Value, SendError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| SendError::Unknown)? {
        body.extend_from_slice(&chunk);
        if body.len() > LARGEST_ANSWER {
            return Err(SendError::Unknown);
        }
    }
    Ok(serde_json::from_slice(&body).unwrap_or(Value::Null))
}

fn refused(edge: &'static str, status: StatusCode, headers: &HeaderMap, error: &GraphError) -> SendError {
    let pause = errors::pause_from(headers);
    let refusal = errors::classify(
        edge,
        status.as_u16(),
        error.code,
        error.subcode,
        error.is_transient,
        pause,
    );
    tracing::warn!(
        meta.status = status.as_u16(),
        meta.code = error.code,
        meta.subcode = error.subcode,
        meta.class = refusal.class.label(),
        meta.trace = error.trace.as_deref().unwrap_or_default(),
        "Meta refused a call"
    );
    SendError::Refused(refusal)
}
