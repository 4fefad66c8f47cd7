//! What a call goes through on its way out: reading what comes back, and the connection itself.
//!
//! It takes the place of async-openai's own stack, which asks up to three more times by itself, and reads and logs
//! bodies. The time of all of it is limited in `client.rs`.

use std::time::Duration;

use async_openai::error::OpenAIError;
use async_openai::middleware::{HttpRequestFactory, ReqwestService};
use reqwest::Response;
use tower::{Service, ServiceBuilder};

use super::AiSettings;
use super::normalise::Normalise;
use super::refusal::Refusal;

/// Connecting takes no longer on any network worth waiting for.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

pub(super) fn http_client(settings: &AiSettings) -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .timeout(settings.timeout)
        .connect_timeout(CONNECT_TIMEOUT.min(settings.timeout))
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .user_agent("concierge")
        .build()
}

pub(super) fn service(
    http: reqwest::Client,
) -> impl Service<HttpRequestFactory, Response = Response, Error = Refusal, Future: Send + 'static>
+ Clone
+ Send
+ Sync
+ 'static {
    ServiceBuilder::new()
        .layer_fn(Normalise::new)
        .service(ReqwestService::new(http))
}

/// What went wrong in a call, whichever layer found it.
pub(super) fn refusal(error: OpenAIError) -> Refusal {
    match error {
        OpenAIError::Boxed(error) => match error.downcast::<Refusal>() {
            Ok(refusal) => *refusal,
            Err(_) => Refusal::from(super::AiError::Unreadable),
        },
        OpenAIError::Reqwest(error) => Refusal::of_connection(&error),
        _ => Refusal::from(super::AiError::Unreadable),
    }
}
