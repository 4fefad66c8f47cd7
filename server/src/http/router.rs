//! Puts the routes together and the layers around them.
//!
//! [`super::layers`] says why they are in this order.

use std::sync::Arc;

use app::auth::AuthBackend;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use engine::clock::SharedClock;
use engine::storage::Database;
use http::StatusCode;
use tokio_util::sync::CancellationToken;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

use super::auth::access::check_access;
use super::auth::device::{Devices, load_device};
use super::auth::sessions::{self, IdleSessions, Viewers, load_viewer};
use super::edge::bodies::Bodies;
use super::edge::limits::LONGEST_REQUEST;
use super::forms::api::{self, FormsState};
use super::forms::error_pages::render_errors;
use super::forms::flash::{FlashStore, load_flash};
use super::layers::body::limit_body;
use super::layers::client_address::set_client_address;
use super::layers::compression::{compress, mark_secrets};
use super::layers::headers::{OverHttps, security_headers};
use super::layers::host::check_host;
use super::layers::origin::{AllowedOrigin, check_origin};
use super::layers::panics;
use super::layers::rate::{Limits, RateLimits, limit_rate};
use super::layers::trace::trace_request;
use super::routes::events::{self, EventsState};
use super::routes::export::{self, ExportState};
use super::routes::health::{self, Readiness};
use super::routes::meta_callbacks::{self, MetaCallbacks};
use super::routes::pages::{self, PageContext};
use super::routes::streams::{EventStreams, end_streams};
use super::routes::{assets, connect};
use crate::api::{self as programs, ApiParts};
use crate::config::WebConfig;
use crate::site::Site;
use crate::webhook::{self, WebhookState};

/// Everything the public port stands on.
#[derive(Clone)]
pub struct WebServer {
    /// Addresses.
    pub web: WebConfig,
    /// Where people and sessions are.
    pub database: Database,
    /// Time.
    pub clock: SharedClock,
    /// Deliveries of Meta.
    pub webhook: WebhookState,
    /// Meta's callbacks about Facebook users.
    pub meta_callbacks: MetaCallbacks,
    /// Pages and server functions.
    pub pages: PageContext,
    /// Files.
    pub site: Site,
    /// `/readyz`.
    pub readiness: Readiness,
    /// How much one client network may ask for.
    pub limits: Limits,
    /// Room for the bodies of requests.
    pub bodies: Bodies,
    /// Who can reach the server.
    pub exposure: Exposure,
    /// Cancelled when the server stops: streams end.
    pub stop: CancellationToken,
}

/// Who can reach the server, and under which names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exposure {
    /// All networks, under the public address.
    Public,
    /// The demo: this machine only, under its own names.
    Loopback,
    /// The demo with `--expose`: all networks, under any name.
    AnyHost,
}

/// The public port.
pub fn web(server: &WebServer) -> Router {
    let origin = AllowedOrigin::new(&server.web.base_url, server.exposure == Exposure::AnyHost);
    let routes = Router::new()
        .merge(health::routes(server.readiness.clone()).layer(from_fn(check_access)))
        .merge(from_meta(server).layer(from_fn(check_access)))
        .merge(assets::routes(&server.site))
        .merge(programs::routes(&ApiParts {
            engine: &server.pages.engine,
            limits: server.limits,
            bodies: &server.bodies,
            origins: &server.web.api_origins,
            stop: &server.stop,
        }))
        .merge(admin(server, &origin))
        .layer(from_fn_with_state(origin, check_origin));
    with_outer_layers(routes, server)
}

/// The port of a process that only works: it is up, or it is not.
pub fn worker(readiness: Readiness) -> Router {
    health::routes(readiness).layer(
        ServiceBuilder::new()
            .layer(from_fn(trace_request))
            .layer(from_fn_with_state(OverHttps(false), security_headers)),
    )
}

fn from_meta(server: &WebServer) -> Router {
    let bodies = &server.bodies.strangers;
    webhook::routes(server.webhook.clone(), bodies.clone())
        .merge(meta_callbacks::routes(server.meta_callbacks.clone(), bodies.clone()))
}

fn admin(server: &WebServer, origin: &AllowedOrigin) -> Router {
    let secure = server.web.base_url.is_secure();
    let vault = server.pages.engine.vault();
    let flashes = FlashStore::new(&server.database, vault, server.clock.clone(), secure);
    let devices = Devices::new(vault, server.clock.clone(), secure);
    let rows = IdleSessions::new(&server.database, server.clock.clone());
    let viewers = Viewers {
        database: server.database.clone(),
        clock: server.clock.clone(),
    };
    let forms = FormsState {
        origin: origin.clone(),
        flashes: flashes.clone(),
    };
    let streams = EventStreams::default();
    let events = EventsState {
        database: server.database.clone(),
        clock: server.clock.clone(),
        sessions: rows.clone(),
        streams: streams.clone(),
        stop: server.stop.clone(),
    };
    let export = ExportState {
        database: server.database.clone(),
        clock: server.clock.clone(),
    };
    // Innermost first.
    pages::routes(&server.pages)
        .merge(events::routes(events))
        .merge(export::routes(export))
        .merge(connect::routes(server.pages.engine.connections().clone()))
        .layer(from_fn(check_access))
        .layer(from_fn_with_state(streams, end_streams))
        .layer(from_fn_with_state(forms, answer_api))
        // `limit_body` takes its place.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(server.bodies.clone(), limit_body))
        .layer(from_fn_with_state(flashes, load_flash))
        .layer(from_fn_with_state(viewers, load_viewer))
        .layer(sessions::layer(rows, AuthBackend::new(&server.database), secure))
        .layer(from_fn_with_state(RateLimits::new(server.limits), limit_api))
        .layer(from_fn_with_state(devices, load_device))
}

async fn limit_api(state: State<RateLimits>, request: Request, next: Next) -> Response {
    if is_api(&request) {
        limit_rate(state, request, next).await
    } else {
        next.run(request).await
    }
}

async fn answer_api(state: State<FormsState>, request: Request, next: Next) -> Response {
    if is_api(&request) {
        api::answer_api(state, request, next).await
    } else {
        next.run(request).await
    }
}

fn is_api(request: &Request) -> bool {
    request.uri().path().starts_with("/api/")
}

fn with_outer_layers(routes: Router, server: &WebServer) -> Router {
    let proxies = Arc::new(server.web.proxies.clone());
    let routes = if server.exposure == Exposure::Loopback {
        routes.layer(from_fn_with_state(Arc::new(server.web.base_url.clone()), check_host))
    } else {
        routes
    };
    routes.layer(
        ServiceBuilder::new()
            .layer(from_fn_with_state(proxies, set_client_address))
            .layer(from_fn(trace_request))
            .layer(from_fn_with_state(
                OverHttps(server.web.base_url.is_secure()),
                security_headers,
            ))
            .layer(compress())
            .layer(from_fn(mark_secrets))
            .layer(from_fn(render_errors))
            .layer(CatchPanicLayer::custom(panics::answer))
            .layer(TimeoutLayer::with_status_code(
                StatusCode::SERVICE_UNAVAILABLE,
                LONGEST_REQUEST,
            )),
    )
}
