//! Reads what the endpoint sent, before async-openai does: a refusal becomes typed and its body is dropped, and only JSON
//! without an error goes on. So the library never meets a body that it cannot read, which it would log.

use std::task::{Context, Poll};

use async_openai::error::OpenAIError;
use async_openai::middleware::HttpRequestFactory;
use futures::future::BoxFuture;
use reqwest::header::HeaderMap;
use reqwest::{Response, StatusCode};
use serde_json::Value;
use tower::{Service, ServiceExt};

use super::AiError;
use super::refusal::Refusal;

/// A refusal says what matters within this.
const LARGEST_REFUSAL: usize = 64 * 1024;
/// More than 16 vectors of 8,192 numbers.
const LARGEST_ANSWER: usize = 4 * 1024 * 1024;

#[derive(Clone, Debug)]
pub(super) struct Normalise<S>(S);

impl<S> Normalise<S> {
    pub(super) fn new(inner: S) -> Self {
        Self(inner)
    }
}

impl<S> Service<HttpRequestFactory> for Normalise<S>
where
    S: Service<HttpRequestFactory, Response = Response, Error = OpenAIError> + Clone + Send + 'static,
    S::Future: Send,
{
    type Response = Response;
    type Error = Refusal;
    type Future = BoxFuture<'static, Result<Response, Refusal>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Refusal>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: HttpRequestFactory) -> Self::Future {
        let inner = self.0.clone();
        Box::pin(async move {
            let response = inner.oneshot(request).await.map_err(super::stack::refusal)?;
            normalise(response).await
        })
    }
}

async fn normalise(response: Response) -> Result<Response, Refusal> {
    let (status, headers) = (response.status(), response.headers().clone());
    if !status.is_success() {
        let (body, _) = read(response, LARGEST_REFUSAL).await?;
        return Err(Refusal::read(status, &headers, &body));
    }
    let (body, whole) = read(response, LARGEST_ANSWER).await?;
    match serde_json::from_slice::<Value>(&body) {
        Ok(answer) if whole && is_error(&answer) => Err(Refusal::read(status, &headers, &body)),
        Ok(_) if whole => Ok(json_response(body)),
        _ => Err(AiError::Unreadable.into()),
    }
}

/// Routers answer 200 before they know whether the model behind them will.
fn is_error(answer: &Value) -> bool {
    let has = |name: &str| {
        answer
            .get(name)
            .is_some_and(|value| !matches!(value, Value::Null | Value::Bool(false)))
    };
    has("error")
        || (has("detail") && !has("choices") && !has("data"))
        || answer.get("object").is_some_and(|object| object == "error")
}

fn json_response(body: Vec<u8>) -> Response {
    let mut response = http::Response::new(body);
    *response.status_mut() = StatusCode::OK;
    *response.headers_mut() = HeaderMap::new();
    Response::from(response)
}

/// The body up to a limit, and whether that was all of it.
async fn read(mut response: Response, limit: usize) -> Result<(Vec<u8>, bool), Refusal> {
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => {
                let room = limit - body.len();
                body.extend_from_slice(&chunk[..chunk.len().min(room)]);
                if chunk.len() > room {
                    return Ok((body, false));
                }
            }
            Ok(None) => return Ok((body, true)),
            Err(error) => return Err(Refusal::of_connection(&error)),
        }
    }
}
