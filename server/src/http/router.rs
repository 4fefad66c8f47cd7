//! Puts the routes together and the layers around them.
//!
//! Outermost first: who calls, the log line, security headers, words for failures, panics, time limit, the demo's host check,
//! the origin check. Pages and server functions add: rate limit, session, flash, viewer, body limit, forms, access.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
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

use super::api::{self, Forms};
use super::client_address::note_client;
use super::connect;
use super::duties::{self, MetaDuties};
use super::events::{self, Changes};
use super::export;
use super::flash::{self, FlashStore};
use super::headers::{OverHttps, secure};
use super::health::{self, Readiness};
use super::origin::{self, OurOrigin};
use super::pages::{self, PageContext};
use super::people::People;
use super::rate::{self, Limits, RateLimits};
use super::sessions::{self, IdleSessions, Viewers};
use super::{access, assets, body, failures, host, panics, trace};
use crate::config::WebConfig;
use crate::site::Site;
use crate::webhook::{self, WebhookDoor};

/// The longest an answer may take: a little more than the longest call to Meta.
const LONGEST_REQUEST: Duration = Duration::from_secs(30);

/// Everything the public port stands on.
#[derive(Clone)]
pub struct WebServer {
    /// Addresses.
    pub web: WebConfig,
    /// Where people and sessions are.
    pub database: Database,
    /// Time.
    pub clock: SharedClock,
    /// Meta's door.
    pub door: WebhookDoor,
    /// Meta's callbacks about people.
    pub duties: MetaDuties,
    /// Pages and server functions.
    pub pages: PageContext,
    /// Files.
    pub site: Site,
    /// `/readyz`.
    pub readiness: Readiness,
    /// How much one client network may ask for.
    pub limits: Limits,
    /// Who can reach us.
    pub reach: Reach,
    /// Cancelled when the server stops: streams end.
    pub stop: CancellationToken,
}

/// Who can reach the server, and under which names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Everybody, under the public address.
    Public,
    /// The demo: this machine only, under its own names.
    OwnMachine,
    /// The demo with `--expose`: whoever can reach it, under any name.
    Exposed,
}

/// The public port.
pub fn web(server: &WebServer) -> Router {
    let ours = OurOrigin::new(&server.web.base_url, server.reach == Reach::Exposed);
    let routes = Router::new()
        .merge(health::routes(server.readiness.clone()))
        .merge(webhook::routes(server.door.clone()))
        .merge(duties::routes(server.duties.clone()))
        .merge(assets::routes(&server.site))
        .merge(admin(server, &ours))
        .layer(from_fn_with_state(ours, origin::check));
    around(routes, server)
}

/// The port of a process that only works: it is up, or it is not.
pub fn worker(readiness: Readiness) -> Router {
    health::routes(readiness).layer(
        ServiceBuilder::new()
            .layer(from_fn(trace::follow))
            .layer(from_fn_with_state(OverHttps(false), secure)),
    )
}

/// `router` with the callers' addresses.
pub fn service(router: Router) -> IntoMakeServiceWithConnectInfo<Router, SocketAddr> {
    router.into_make_service_with_connect_info::<SocketAddr>()
}

fn admin(server: &WebServer, ours: &OurOrigin) -> Router {
    let secure = server.web.base_url.is_secure();
    let flashes = FlashStore::new(server.clock.clone());
    let rows = IdleSessions::new(&server.database, server.clock.clone());
    let viewers = Viewers {
        database: server.database.clone(),
        clock: server.clock.clone(),
    };
    let forms = Forms {
        ours: ours.clone(),
        flashes: flashes.clone(),
    };
    let changes = Changes {
        database: server.database.clone(),
        stop: server.stop.clone(),
    };
    let log = export::Log {
        database: server.database.clone(),
        clock: server.clock.clone(),
    };
    // Innermost first.
    pages::routes(&server.pages)
        .merge(events::routes(changes))
        .merge(export::routes(log))
        .merge(connect::routes(server.pages.engine.connections().clone()))
        .layer(from_fn(access::check))
        .layer(from_fn_with_state(forms, answer_api))
        // Ours instead of axum's.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn(body::limit))
        .layer(from_fn_with_state(viewers, sessions::know_viewer))
        .layer(from_fn_with_state(flashes, flash::hand_over))
        .layer(sessions::layer(rows, People::new(&server.database), secure))
        .layer(from_fn_with_state(RateLimits::new(server.limits), limit_api))
}

async fn limit_api(state: State<RateLimits>, request: Request, next: Next) -> Response {
    if is_api(&request) {
        rate::limit(state, request, next).await
    } else {
        next.run(request).await
    }
}

async fn answer_api(state: State<Forms>, request: Request, next: Next) -> Response {
    if is_api(&request) {
        api::answer_api(state, request, next).await
    } else {
        next.run(request).await
    }
}

fn is_api(request: &Request) -> bool {
    request.uri().path().starts_with("/api/")
}

fn around(routes: Router, server: &WebServer) -> Router {
    let trusted: Arc<[ipnet::IpNet]> = server.web.trusted_proxies.clone().into();
    let routes = if server.reach == Reach::OwnMachine {
        routes.layer(from_fn_with_state(Arc::new(server.web.base_url.clone()), host::check))
    } else {
        routes
    };
    routes.layer(
        ServiceBuilder::new()
            .layer(from_fn_with_state(trusted, note_client))
            .layer(from_fn(trace::follow))
            .layer(from_fn_with_state(OverHttps(server.web.base_url.is_secure()), secure))
            .layer(from_fn(failures::word))
            .layer(CatchPanicLayer::custom(panics::answer))
            .layer(TimeoutLayer::with_status_code(
                StatusCode::SERVICE_UNAVAILABLE,
                LONGEST_REQUEST,
            )),
    )
}
