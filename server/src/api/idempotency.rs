//! `Idempotency-Key`: a write that is repeated with the same key is done once, and every repeat gets the first answer.
//!
//! Taking the key and the work go on when the program hangs up, so that its repeat finds an answer.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use engine::api_keys::{ApiCaller, Claim, StoredAnswer};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tracing::Instrument;

use super::openapi;
use super::problem::{NothingDone, Problem};
use super::state::ApiState;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
const LONGEST_KEY: usize = 255;
/// What of an answer's headers is its own; the others belong to the request.
const KEPT_HEADERS: [HeaderName; 3] = [header::CONTENT_TYPE, header::ETAG, header::LOCATION];

/// Headers and body of an answer.
#[derive(Serialize, Deserialize)]
struct Kept {
    headers: Vec<(String, String)>,
    body: String,
}

/// The middleware.
pub async fn once(State(api): State<ApiState>, request: Request, next: Next) -> Response {
    let Some(sent) = request.headers().get(&IDEMPOTENCY_KEY).filter(|_| is_write(&request)) else {
        return next.run(request).await;
    };
    let Some(key) = sent.to_str().ok().filter(|key| is_key(key)).map(str::to_owned) else {
        let sentence = format!("Send 1 to {LONGEST_KEY} visible letters, digits and signs, such as a UUID.");
        return Problem::invalid("Idempotency-Key", sentence).into_response();
    };
    let Some(caller) = request.extensions().get::<ApiCaller>().cloned() else {
        return Problem::no_key(false).into_response();
    };
    let (parts, body) = request.into_parts();
    // It is in memory already.
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return Problem::too_slow().into_response();
    };
    let digest = digest(&parts, &body);
    let request = Request::from_parts(parts, Body::from(body));
    let work = async move {
        match api.idempotency.claim(caller.key, &key, &digest).await {
            Ok(Claim::First) => finish(&api, &caller, &key, next.run(request).await).await,
            Ok(Claim::Done(answer)) => replay(&answer),
            Ok(other) => refuse(&other).into_response(),
            Err(error) => Problem::from(app::error::AppError::from(error)).into_response(),
        }
    };
    let answer = tokio::spawn(work.in_current_span()).await;
    answer.unwrap_or_else(|_| {
        Problem::unavailable("The work broke off. Look at what is there before you send it again.").into_response()
    })
}

fn is_write(request: &Request) -> bool {
    let path = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    path.is_some_and(|path| openapi::is_write(request.method(), path))
}

fn is_key(key: &str) -> bool {
    (1..=LONGEST_KEY).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Everything that makes it this request.
fn digest(parts: &Parts, body: &Bytes) -> Vec<u8> {
    let address = parts.uri.path_and_query().map_or("", |address| address.as_str());
    let version = parts
        .headers
        .get(header::IF_MATCH)
        .map_or(&b""[..], HeaderValue::as_bytes);
    let mut digest = Sha256::new();
    for part in [parts.method.as_str().as_bytes(), address.as_bytes(), version, body] {
        digest.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
        digest.update(part);
    }
    digest.finalize().to_vec()
}

fn refuse(claim: &Claim) -> Problem {
    match claim {
        Claim::UnderWay => {
            Problem::conflict("This very request is under way. Send it again in a moment for its answer.")
        }
        Claim::AnotherRequest => Problem::invalid(
            "Idempotency-Key",
            "This key was used for another request. Use a new key for each request that is not a repeat.",
        ),
        _ => Problem::conflict(
            "This request was begun before, and nobody knows how it ended. Look at what is there, then use a new Idempotency-Key.",
        ),
    }
}

/// Keeps the answer. What failed on our side may have been done: its key stays taken without an answer, unless the answer says that nothing
/// was done.
async fn finish(api: &ApiState, caller: &ApiCaller, key: &str, response: Response) -> Response {
    let (parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return Problem::unavailable("The answer was lost. Look at what is there before you send it again.")
            .into_response();
    };
    let kept = if parts.extensions.get::<NothingDone>().is_some() {
        api.idempotency.release(caller.key, key).await
    } else if parts.status.is_server_error() {
        Ok(())
    } else {
        let answer = StoredAnswer {
            status: parts.status.as_u16(),
            text: text(&parts.headers, &body),
        };
        api.idempotency.finish(caller.key, key, &answer).await
    };
    if let Err(error) = kept {
        tracing::warn!(%error, "the answer to a repeatable write could not be kept");
    }
    Response::from_parts(parts, Body::from(body))
}

fn text(headers: &HeaderMap, body: &Bytes) -> String {
    let kept = KEPT_HEADERS.iter().filter_map(|name| {
        let value = headers.get(name)?.to_str().ok()?;
        Some((name.to_string(), value.to_owned()))
    });
    let kept = Kept {
        headers: kept.collect(),
        body: String::from_utf8_lossy(body).into_owned(),
    };
    serde_json::to_string(&kept).unwrap_or_default()
}

fn replay(answer: &StoredAnswer) -> Response {
    let Ok(kept) = serde_json::from_str::<Kept>(&answer.text) else {
        return refuse(&Claim::Unknown).into_response();
    };
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let mut response = (status, kept.body).into_response();
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_TYPE);
    for (name, value) in kept.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_str(&value)) {
            headers.insert(name, value);
        }
    }
    headers.insert(REPLAYED, HeaderValue::from_static("true"));
    response
}
