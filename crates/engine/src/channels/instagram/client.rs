//! One HTTP client for the Graph API: token in the header, proof in the query, answers capped, dated and classified.

use hmac::{Hmac, KeyInit, Mac};
use reqwest::header::HeaderMap;
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use sha2::Sha256;
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::InstagramSettings;
use super::errors::{self, GraphError};
use super::meta_clock::MetaClock;
use super::standing::Judged;
use crate::channels::refusal::{Refusal, RefusalClass, SendError};
use crate::clock::SharedClock;

/// More than any answer we ask for.
const LARGEST_ANSWER: usize = 1024 * 1024;

#[derive(Debug)]
pub(super) struct GraphClient {
    http: reqwest::Client,
    settings: InstagramSettings,
    clock: SharedClock,
    meta_clock: MetaClock,
    /// What Meta said last about app id and secrets.
    pub(super) judged: Mutex<Option<Judged>>,
}

/// In whose name Meta is called.
#[derive(Clone, Copy)]
pub(super) enum Caller<'a> {
    /// The holder of a token.
    Token(&'a SecretString),
    /// The app itself.
    App,
}

impl GraphClient {
    pub(super) fn new(settings: InstagramSettings, clock: SharedClock) -> Result<Self, reqwest::Error> {
        let http = reqwest::Client::builder()
            .timeout(settings.timeout)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent("concierge")
            .build()?;
        Ok(Self {
            http,
            settings,
            clock,
            meta_clock: MetaClock::default(),
            judged: Mutex::default(),
        })
    }

    /// Who we are to Meta.
    pub(super) fn settings(&self) -> &InstagramSettings {
        &self.settings
    }

    /// How far our clock is from Meta's.
    pub(super) fn meta_clock(&self) -> &MetaClock {
        &self.meta_clock
    }

    /// A request to `path` below the API version, in nobody's name yet.
    pub(super) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}/{}/{path}", self.settings.graph_url, self.settings.graph_version);
        self.http.request(method, url)
    }

    /// Calls Meta in somebody's name; `edge` is the label of the metric. A refusal that may be due to our own settings is held
    /// against them: with another secret that Meta takes the call is made once more, it was not carried out; unless it took so long
    /// to learn that, that another call might not end within the caller's time.
    pub(super) async fn call(
        &self,
        edge: &'static str,
        caller: Caller<'_>,
        request: RequestBuilder,
    ) -> Result<Value, SendError> {
        let (secret, called_at) = (self.settings.app_secrets.present(), Instant::now());
        let again = request.try_clone();
        let answer = self.send(edge, self.signed(request, caller, secret)).await;
        let refusal = match answer {
            Err(SendError::Refused(refusal)) if caller.may_be_refused_for_settings(refusal) => refusal,
            other => return other,
        };
        match (self.working_secret(called_at).await?, again) {
            (Some(working), _) if working == secret => Err(SendError::Refused(refusal)),
            (Some(working), Some(again)) if called_at.elapsed() <= self.settings.timeout => {
                self.send(edge, self.signed(again, caller, working)).await
            }
            (Some(_), _) => Err(SendError::NotSent),
            (None, _) => Err(SendError::Refused(Refusal {
                class: RefusalClass::Deployment,
                ..refusal
            })),
        }
    }

    /// With token and proof.
    pub(super) fn signed(&self, request: RequestBuilder, caller: Caller<'_>, secret: usize) -> RequestBuilder {
        let secret = self.settings.app_secrets.get(secret);
        let token = match caller {
            Caller::Token(token) => token.clone(),
            Caller::App => self.app_token(secret),
        };
        request
            .bearer_auth(token.expose_secret())
            .query(&[("appsecret_proof", proof(secret, &token))])
    }

    /// `app_id|app_secret`: the token of the app itself.
    pub(super) fn app_token(&self, secret: &SecretString) -> SecretString {
        format!("{}|{}", self.settings.app_id, secret.expose_secret()).into()
    }

    /// Sends a request as it is and reads its JSON.
    #[tracing::instrument(name = "meta.call", skip_all, fields(meta.edge = edge))]
    pub(super) async fn send(&self, edge: &'static str, request: RequestBuilder) -> Result<Value, SendError> {
        let result = self.run(edge, request).await;
        let class = result.as_ref().map_or_else(|error| error.label(), |_| "ok");
        metrics::counter!("concierge_meta_requests_total", "edge" => edge, "class" => class).increment(1);
        result
    }

    async fn run(&self, edge: &'static str, request: RequestBuilder) -> Result<Value, SendError> {
        let response = request.send().await.map_err(|error| unsent(&error))?;
        let (status, headers) = (response.status(), response.headers().clone());
        self.meta_clock.note(&headers, self.clock.now());
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
}

impl Caller<'_> {
    /// The app's own token can only be refused for what we configured; another one for that or for what it asks.
    fn may_be_refused_for_settings(self, refusal: Refusal) -> bool {
        match self {
            Self::App => !refusal.is_of_the_moment(),
            Self::Token(_) => refusal.names_nothing() || refusal.class == RefusalClass::Deployment,
        }
    }
}

fn proof(secret: &SecretString, token: &SecretString) -> String {
    let key = secret.expose_secret().as_bytes();
    let mut mac =
        <Hmac<Sha256> as KeyInit>::new_from_slice(key).unwrap_or_else(|_| unreachable!("HMAC takes any key length"));
    mac.update(token.expose_secret().as_bytes());
    hex::encode(mac.finalize().into_bytes())
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
