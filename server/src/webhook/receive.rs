//! `POST /webhook/instagram`: prove it, record it, acknowledge it. Nothing is kept of what is not proven, and without a signature in its
//! headers nothing is read.

use std::net::{IpAddr, Ipv4Addr};

use app::context::ClientAddress;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use engine::channels::event::CountedKind;
use engine::inbox::{Inbox, InboxError};
use http::{StatusCode, header};
use secrecy::SecretString;

use super::Webhook;
use super::handshake;
use super::signature::Signatures;
use crate::http::edge::bodies::{BodyError, ReceivedBody};
use crate::http::edge::limits::LARGEST_DELIVERY;

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
pub(super) async fn handshake(State(webhook): State<Webhook>, request: Request) -> Response {
    let WebhookState {
        inbox, verify_token, ..
    } = &webhook.state;
    match handshake::verify(request.uri().query().unwrap_or_default(), verify_token.as_ref()) {
        Ok(challenge) => {
            inbox.count(CountedKind::Handshake);
            ([(header::CONTENT_TYPE, "text/plain")], challenge).into_response()
        }
        Err(status) => {
            if status == StatusCode::FORBIDDEN {
                inbox.count(CountedKind::RejectedHandshake);
            }
            tracing::warn!(status = status.as_u16(), "a webhook handshake was refused");
            status.into_response()
        }
    }
}

/// Answers a delivery.
pub(super) async fn receive_delivery(State(webhook): State<Webhook>, request: Request) -> Response {
    let outcome = match webhook.prove(request).await {
        Ok(body) => webhook.state.record(&body.bytes).await,
        Err(refused) => refused,
    };
    metrics::counter!("concierge_webhook_deliveries_total", "result" => outcome.label()).increment(1);
    outcome.into_response()
}

/// What becomes of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Accepted,
    BadSignature,
    Unread(BodyError),
    Unavailable,
}

impl Outcome {
    fn label(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::BadSignature => "bad_signature",
            Self::Unread(BodyError::TooLarge) => "too_large",
            Self::Unread(BodyError::NoRoom) => "no_room",
            Self::Unread(BodyError::TooSlow | BodyError::Broken) => "broken",
            Self::Unavailable => "unavailable",
        }
    }
}

impl IntoResponse for Outcome {
    fn into_response(self) -> Response {
        match self {
            Self::Accepted => "EVENT_RECEIVED".into_response(),
            Self::BadSignature => StatusCode::UNAUTHORIZED.into_response(),
            Self::Unread(error) => error.into_response(),
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        }
    }
}

impl Webhook {
    async fn prove(&self, request: Request) -> Result<ReceivedBody, Outcome> {
        let network = network(&request);
        let (parts, body) = request.into_parts();
        let Some(mut proof) = self.state.signatures.begin(&parts.headers) else {
            return Err(self.reject());
        };
        let update = |piece: &[u8]| proof.update(piece);
        let received = self.bodies.read(&parts.headers, body, LARGEST_DELIVERY, update).await;
        let received = received.map_err(Outcome::Unread)?;
        if proof.holds() || self.second_look.holds(network, proof, &received.bytes).await {
            Ok(received)
        } else {
            Err(self.reject())
        }
    }

    fn reject(&self) -> Outcome {
        self.state.inbox.count(CountedKind::RejectedSignature);
        Outcome::BadSignature
    }
}

fn network(request: &Request) -> IpAddr {
    let client = request.extensions().get::<ClientAddress>();
    client.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |client| client.network())
}

impl WebhookState {
    #[tracing::instrument(name = "webhook.delivery", skip_all, fields(bytes = body.len()))]
    async fn record(&self, body: &Bytes) -> Outcome {
        match self.inbox.receive(body).await {
            Ok(received) => {
                tracing::debug!(
                    events = received.events,
                    replies = received.replies,
                    "a delivery is recorded"
                );
                Outcome::Accepted
            }
            // Meta delivers again; the inbox has logged why.
            Err(InboxError::Unavailable(_) | InboxError::Closed) => Outcome::Unavailable,
        }
    }
}
