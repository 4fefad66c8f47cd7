//! One call of a receiver: ten seconds, no redirect, no proxy, and of the answer only its status.

use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::outgoing_webhooks::WebhookProblem;
use domain::time::Timestamp;
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::redirect::Policy;
use url::Url;

use super::signing::{WebhookSecret, signature};
use super::targets::{CheckedResolver, LookUp, NotPublic, WebhookTargets};

/// What a receiver has to answer in.
pub(super) const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// What came back. The body of an answer is never read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallAnswer {
    /// The status, if there was an answer.
    pub status: Option<u16>,
    /// None when the receiver took it.
    pub problem: Option<WebhookProblem>,
    /// When the receiver wants the next call.
    pub retry_after: Option<Timestamp>,
    /// How long it took.
    pub took: Duration,
}

/// One webhook, as the receiver sees it.
#[derive(Clone, Copy)]
pub(super) struct Signed<'a> {
    pub(super) id: &'a str,
    pub(super) body: &'a str,
    pub(super) secrets: &'a [WebhookSecret],
}

/// Calls receivers.
#[derive(Debug, Clone)]
pub struct WebhookCaller {
    http: reqwest::Client,
    targets: WebhookTargets,
}

impl WebhookCaller {
    /// Calls what `targets` allow, with names looked up by `look_up`.
    ///
    /// # Errors
    /// TLS cannot be set up.
    pub fn new(targets: WebhookTargets, look_up: Arc<dyn LookUp>) -> Result<Self, reqwest::Error> {
        let http = reqwest::Client::builder()
            .timeout(ANSWER_WITHIN)
            .redirect(Policy::none())
            .no_proxy()
            .https_only(targets == WebhookTargets::Public)
            .dns_resolver(Arc::new(CheckedResolver { targets, look_up }))
            .user_agent("concierge-webhooks")
            .build()?;
        Ok(Self { http, targets })
    }

    /// What may be called.
    #[must_use]
    pub fn targets(&self) -> WebhookTargets {
        self.targets
    }

    /// Sends one webhook. The address was checked when it was stored, and is again: the operator may have changed their mind.
    #[tracing::instrument(name = "outgoing_webhook.call", skip_all, fields(webhook.id = webhook.id))]
    pub(super) async fn call(&self, url: &str, webhook: Signed<'_>, now: Timestamp) -> CallAnswer {
        let began = Instant::now();
        let (status, problem, retry_after) = match Url::parse(url) {
            Ok(url) if self.targets.allows_host(&url) => self.send(url, webhook, now).await,
            _ => (None, Some(WebhookProblem::PrivateAddress), None),
        };
        CallAnswer {
            status,
            problem,
            retry_after,
            took: began.elapsed(),
        }
    }

    async fn send(
        &self,
        url: Url,
        webhook: Signed<'_>,
        now: Timestamp,
    ) -> (Option<u16>, Option<WebhookProblem>, Option<Timestamp>) {
        let seconds = now.as_millis().div_euclid(1_000);
        let request = self
            .http
            .post(url)
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", webhook.id)
            .header("webhook-timestamp", seconds)
            .header(
                "webhook-signature",
                signature(webhook.secrets, webhook.id, seconds, webhook.body),
            )
            .body(webhook.body.to_owned());
        match request.send().await {
            Ok(answer) => {
                let status = answer.status();
                let problem = match status {
                    _ if status.is_success() => None,
                    _ if status.is_redirection() => Some(WebhookProblem::Redirect),
                    _ => Some(WebhookProblem::ErrorStatus),
                };
                (Some(status.as_u16()), problem, retry_after(answer.headers(), now))
            }
            Err(error) => (None, Some(problem_of(&error)), None),
        }
    }
}

fn problem_of(error: &reqwest::Error) -> WebhookProblem {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.is::<NotPublic>() {
            return WebhookProblem::PrivateAddress;
        }
        cause = error.source();
    }
    match error.is_timeout() {
        true => WebhookProblem::TimedOut,
        false => WebhookProblem::Unreachable,
    }
}

/// Seconds or a date.
fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Timestamp> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u32>() {
        return Some(now + Duration::from_secs(seconds.into()));
    }
    let date = jiff::fmt::rfc2822::parse(text).ok()?;
    Some(Timestamp::from_millis(date.timestamp().as_millisecond()))
}
