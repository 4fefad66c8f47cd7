//! `/api/v1`: the use cases of the engine as resources for programs. The only place that knows the API's JSON.
//!
//! Around every handler, from outside: a panic becomes a problem, browsers of other sites are told to stay away unless the operator lets
//! them in ([`cors`]), the key and its scope ([`access`]), the size of the body ([`body`]), and writes that are repeated ([`idempotency`]).
//! docs/api.md is for those who write programs.

pub mod access;
mod body;
mod bounds;
pub mod cors;
mod docs_page;
mod errors;
mod idempotency;
mod input;
pub mod openapi;
mod paging;
pub mod problem;
mod proven_keys;
pub mod rates;
pub mod resources;
pub mod state;
mod version;

use std::any::Any;

use app::error::{AppError, new_error_id};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use engine::Engine;
use engine::api_keys::Idempotency;
use tokio_util::sync::CancellationToken;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::problem::Problem;
use self::rates::KeyRates;
use self::state::ApiState;
use crate::http::edge::bodies::Bodies;
use crate::http::layers::rate::Limits;
use crate::http::routes::table::{API_DOCS, API_DOCUMENT};

/// What the API is made of.
#[derive(Debug, Clone)]
pub struct ApiParts<'a> {
    /// The use cases.
    pub engine: &'a Engine,
    /// How much one key may ask for.
    pub limits: Limits,
    /// Room for bodies.
    pub bodies: &'a Bodies,
    /// Origins whose pages may call from a browser.
    pub origins: &'a [String],
    /// Streams end with it.
    pub stop: &'a CancellationToken,
}

/// All routes under `/api/v1`, with their layers.
pub fn routes(parts: &ApiParts<'_>) -> Router {
    let engine = parts.engine;
    let api = ApiState {
        engine: engine.clone(),
        rates: KeyRates::new(parts.limits.key),
        proven: proven_keys::ProvenKeys::default(),
        bodies: parts.bodies.clone(),
        idempotency: Idempotency::new(engine.database(), engine.clock().clone(), engine.vault()),
        streams: resources::events::KeyStreams::default(),
        stop: parts.stop.clone(),
    };
    let (resources, _) = resource_routes().split_for_parts();
    let origins = cors::Origins::new(parts.origins);
    // Innermost first.
    resources
        .route(API_DOCUMENT, get(openapi::serve))
        .route(API_DOCS, get(docs_page::serve))
        .route("/api/v1", any(nothing))
        .route("/api/v1/{*rest}", any(nothing))
        .with_state(api.clone())
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(api.clone(), idempotency::once))
        .layer(from_fn_with_state(api.clone(), body::limit_body))
        .layer(from_fn_with_state(api, access::check_key))
        .layer(from_fn_with_state(origins, cors::allow_origins))
        .layer(CatchPanicLayer::custom(panicked))
}

/// The handlers, each with its part of the document.
fn resource_routes() -> OpenApiRouter<ApiState> {
    use resources::{
        accounts, credits, events, examples, health, history, messages, notices, persona, reply_config, rule_changes,
        rules, simulate, transfer,
    };

    OpenApiRouter::new()
        .routes(routes!(accounts::list))
        .routes(routes!(accounts::read))
        .routes(routes!(accounts::switch_enabled))
        .routes(routes!(accounts::switch_auto_reply))
        .routes(routes!(accounts::check))
        .routes(routes!(reply_config::read))
        .routes(routes!(reply_config::read_default, reply_config::save_default))
        .routes(routes!(rules::list, rules::add))
        .routes(routes!(rules::read, rules::edit, rules::delete))
        .routes(routes!(rules::deleted))
        .routes(routes!(rule_changes::move_to))
        .routes(routes!(rule_changes::switch))
        .routes(routes!(rule_changes::duplicate))
        .routes(routes!(rule_changes::restore))
        .routes(routes!(simulate::simulate))
        .routes(routes!(examples::list, examples::add))
        .routes(routes!(examples::delete))
        .routes(routes!(transfer::export))
        .routes(routes!(transfer::import))
        .routes(routes!(history::list))
        .routes(routes!(persona::read))
        .routes(routes!(messages::list))
        .routes(routes!(credits::read))
        .routes(routes!(credits::ledger))
        .routes(routes!(health::read))
        .routes(routes!(notices::list))
        .routes(routes!(events::stream_events))
}

/// No route of the table; the key was asked for already.
async fn nothing() -> Problem {
    Problem::not_found()
}

/// A panic is our mistake. What it said stays unlogged, since it may quote anything; its place is in the log.
fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    let error_id = new_error_id();
    tracing::error!(error_id, "a handler of the API panicked");
    Problem::from(AppError::Internal { error_id }).into_response()
}
