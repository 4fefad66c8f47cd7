//! `POST /webhook/instagram`: prove it, record it, acknowledge it. Nothing is stored of what is not proven.

use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use domain::limits::MAX_WEBHOOK_BYTES;
use engine::channels::event::CountedKind;
use engine::inbox::{Inbox, InboxError};
use http::{HeaderMap, StatusCode, header};
use http_body_util::LengthLimitError;
use secrecy::SecretString;

use super::handshake;
use super::signature::Signatures;

/// What the webhook needs.
#[derive(Debug, Clone)]
pub struct WebhookState {
    /// Records deliveries.
    pub inbox: Inbox,
    /// Proves them.
    pub signatures: Signatures,
    /// Proves in the handshake that the address belongs to the app.
    pub verify_token: Option<SecretString>,
}

/// Answers the handshake.
pub(super) async fn handshake(State(webhook): State<WebhookState>, request: Request) -> Response {
    match handshake::verify(request.uri().query().unwrap_or_default(), webhook.verify_token.as_ref()) {
        Ok(challenge) => {
            webhook.inbox.count(CountedKind::Handshake);
            ([(header::CONTENT_TYPE, "text/plain")], challenge).into_response()
        }
        Err(status) => {
            if status == StatusCode::FORBIDDEN {
                webhook.inbox.count(CountedKind::RejectedHandshake);
            }
            tracing::warn!(status = status.as_u16(), "a webhook handshake was refused");
            status.into_response()
        }
    }
}

/// Answers a delivery.
pub(super) async fn receive_delivery(State(webhook): State<WebhookState>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let (result, status) = match read(&parts.headers, body).await {
        Ok(body) => webhook.verify_and_record(&parts.headers, &body).await,
        Err(refused) => refused,
    };
    metrics::counter!("concierge_webhook_deliveries_total", "result" => result).increment(1);
    if status == StatusCode::OK {
        "EVENT_RECEIVED".into_response()
    } else {
        status.into_response()
    }
}

type Verdict = (&'static str, StatusCode);

async fn read(headers: &HeaderMap, body: axum::body::Body) -> Result<Bytes, Verdict> {
    let too_large = ("too_large", StatusCode::PAYLOAD_TOO_LARGE);
    let announced = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > MAX_WEBHOOK_BYTES as u64) {
        return Err(too_large);
    }
    to_bytes(body, MAX_WEBHOOK_BYTES).await.map_err(|error| {
        let limit = std::error::Error::source(&error).is_some_and(|source| source.is::<LengthLimitError>());
        if limit {
            too_large
        } else {
            ("broken", StatusCode::BAD_REQUEST)
        }
    })
}

impl WebhookState {
    #[tracing::instrument(name = "webhook.delivery", skip_all, fields(bytes = body.len()))]
    async fn verify_and_record(&self, headers: &HeaderMap, body: &Bytes) -> Verdict {
        if !self.signatures.accept(headers, body) {
            self.inbox.count(CountedKind::RejectedSignature);
            return ("bad_signature", StatusCode::UNAUTHORIZED);
        }
        match self.inbox.receive(body).await {
            Ok(received) => {
                tracing::debug!(
                    events = received.events,
                    replies = received.replies,
                    "a delivery is recorded"
                );
                ("accepted", StatusCode::OK)
            }
            // Meta delivers again; the inbox has logged why.
            Err(InboxError::Unavailable(_) | InboxError::Closed) => ("unavailable", StatusCode::SERVICE_UNAVAILABLE),
        }
    }
}
