//! Meta's two callbacks about the Facebook user who connected: `POST /meta/deauthorize` and `POST /meta/data-deletion`. Proven by
//! `signed_request`; an unknown user gets a valid answer too.

use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use engine::connect::{Connections, SignedRequest, SignedRequestError};
use http::StatusCode;
use secrecy::SecretString;
use serde_json::json;

use super::table::{DATA_DELETION, DEAUTHORIZE};
use crate::http::edge::bodies::BodyBudget;
use crate::http::edge::limits::LARGEST_CALLBACK;
use crate::http::forms::answer;

/// What the callbacks need.
#[derive(Debug, Clone)]
pub struct MetaCallbacks {
    /// Disconnects and deletes.
    pub connections: Connections,
    /// Any of them proves a request.
    pub secrets: Vec<SecretString>,
    /// The public address: the status page is there.
    pub base_url: String,
}

type Callbacks = (MetaCallbacks, BodyBudget);

/// Both routes; `bodies` has room for what is not proven yet.
pub fn routes(callbacks: MetaCallbacks, bodies: BodyBudget) -> Router {
    Router::new()
        .route(DEAUTHORIZE, post(deauthorize))
        .route(DATA_DELETION, post(delete_data))
        .with_state((callbacks, bodies))
}

async fn deauthorize(State((callbacks, bodies)): State<Callbacks>, request: Request) -> Response {
    let request = match callbacks.prove(&bodies, request).await {
        Ok(request) => request,
        Err(refused) => return refused,
    };
    match callbacks.connections.deauthorize(&request).await {
        Ok(accounts) => {
            tracing::info!(accounts, "a person removed the app at Facebook");
            Json(json!({ "success": true })).into_response()
        }
        Err(error) => answer::json(&error.into()),
    }
}

async fn delete_data(State((callbacks, bodies)): State<Callbacks>, request: Request) -> Response {
    let request = match callbacks.prove(&bodies, request).await {
        Ok(request) => request,
        Err(refused) => return refused,
    };
    match callbacks.connections.delete_data_of(&request).await {
        Ok(receipt) => {
            let url = format!("{}{DATA_DELETION}/{}", callbacks.base_url, receipt.code);
            Json(json!({ "url": url, "confirmation_code": receipt.code })).into_response()
        }
        Err(error) => answer::json(&error.into()),
    }
}

impl MetaCallbacks {
    async fn prove(&self, bodies: &BodyBudget, request: Request) -> Result<SignedRequest, Response> {
        let (parts, body) = request.into_parts();
        let received = bodies.read(&parts.headers, body, LARGEST_CALLBACK, |_| {}).await;
        let body = received.map_err(IntoResponse::into_response)?;
        self.verify(&body.bytes).map_err(IntoResponse::into_response)
    }

    fn verify(&self, body: &[u8]) -> Result<SignedRequest, StatusCode> {
        let mut fields = url::form_urlencoded::parse(body);
        let signed = fields
            .find(|(name, _)| name == "signed_request")
            .map(|(_, value)| value);
        let signed = signed.ok_or(StatusCode::BAD_REQUEST)?;
        self.connections
            .read_signed_request(&signed, &self.secrets)
            .map_err(|error| {
                tracing::warn!(%error, "a callback of Meta's was refused");
                match error {
                    SignedRequestError::Signature => StatusCode::UNAUTHORIZED,
                    SignedRequestError::Malformed | SignedRequestError::TooOld => StatusCode::BAD_REQUEST,
                }
            })
    }
}
