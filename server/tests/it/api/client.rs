//! A program with a key.

use std::net::SocketAddr;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::response::Response;
use domain::api_keys::{ApiKeyDraft, Scope, Scopes};
use domain::ids::{ApiKeyId, TenantId};
use engine::api_keys::ApiKeys;
use engine::credits::{self, Grant};
use engine::identity::Actor;
use http::{Method, Request, header};
use serde_json::Value;
use tower::ServiceExt;

use crate::support::{Answer, World};

/// A program.
#[derive(Clone)]
pub struct Program {
    pub router: Router,
    pub key: Option<String>,
    pub id: Option<ApiKeyId>,
}

impl Program {
    /// One of the owner's that may do everything.
    pub async fn of(world: &World) -> Self {
        Self::with(world, world.owner.tenant, Scope::all(), None).await
    }

    pub async fn with(world: &World, tenant: TenantId, scopes: &[Scope], days: Option<u32>) -> Self {
        let draft = ApiKeyDraft {
            name: "Website".into(),
            scopes: Scopes::of(scopes.iter().copied()),
            days,
        };
        let made = keys(world, tenant).create(&draft, Actor::Command).await.unwrap();
        Self {
            router: world.router.clone(),
            key: Some(made.secret.expose().to_owned()),
            id: Some(made.id),
        }
    }

    pub fn stranger(world: &World) -> Self {
        Self {
            router: world.router.clone(),
            key: None,
            id: None,
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, &[], Some(body)).await
    }

    pub async fn put(&self, path: &str, version: &str, body: Value) -> Answer {
        self.send(Method::PUT, path, &[("if-match", version)], Some(body)).await
    }

    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Option<Value>) -> Answer {
        let mut request = self.request(method, path, headers);
        let body = match body {
            Some(body) => {
                let kind = header::HeaderValue::from_static("application/json");
                request.headers_mut().unwrap().insert(header::CONTENT_TYPE, kind);
                Body::from(body.to_string())
            }
            None => Body::empty(),
        };
        read(self.open(request.body(body).unwrap()).await).await
    }

    pub fn request(&self, method: Method, path: &str, headers: &[(&str, &str)]) -> http::request::Builder {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(key) = &self.key {
            request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request
    }

    pub async fn open(&self, mut request: Request<Body>) -> Response {
        let address = SocketAddr::from(([127, 0, 0, 1], 50_000));
        request.extensions_mut().insert(ConnectInfo(address));
        self.router.clone().oneshot(request).await.unwrap()
    }
}

pub async fn read(response: Response) -> Answer {
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    Answer {
        status: parts.status,
        headers: parts.headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    }
}

pub fn keys(world: &World, tenant: TenantId) -> ApiKeys {
    ApiKeys::for_tenant(world.engine.database(), world.engine.clock().clone(), tenant)
}

/// Credits for the owner's workspace.
pub async fn grant(world: &World, amount: i64, note: &str) {
    let transaction = world.engine.database().begin().await.unwrap();
    let grant = Grant {
        tenant: world.owner.tenant,
        amount,
        expires_at: None,
        note: note.into(),
        reference: None,
    };
    credits::grant(&transaction, &grant, world.engine.clock().now())
        .await
        .unwrap();
    transaction.commit().await.unwrap();
}

/// The rules of the owner's account.
pub fn rules_of(world: &World) -> String {
    format!("/api/v1/accounts/{}/rules", world.account)
}

/// A rule that answers to a word.
pub fn rule(label: &str, keyword: &str) -> Value {
    serde_json::json!({
        "label": label,
        "matcher": { "kind": "keywords", "keywords": [keyword] },
        "response": { "kind": "canned", "text": "Ten euros." },
    })
}
