//! The pages and server functions of the admin UI, as far as the table of routes lists them.

use std::sync::LazyLock;

use app::Package;
use app::auth::AuthServices;
use app::context::{OperatorContact, PrivacyText, SandboxAddress};
use app::error::AppError;
use app::flash::PageFlash;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use engine::Engine;
use http::StatusCode;
use http::request::Parts;
use leptos::config::LeptosOptions;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list, render_app_async_with_context};

use super::table::{Kind, ROUTES};
use crate::http::forms::answer;

/// What pages and server functions find in their context.
#[derive(Clone)]
pub struct PageContext {
    /// The use cases.
    pub engine: Engine,
    /// Signing in and out.
    pub auth: AuthServices,
    /// The text of the privacy page.
    pub privacy: PrivacyText,
    /// Whom people ask, where the configuration says so.
    pub operator: Option<OperatorContact>,
    /// The chat page of a demo.
    pub sandbox: Option<SandboxAddress>,
    /// Where the files of the site are.
    pub options: LeptosOptions,
    /// What makes pages alive.
    pub package: Package,
}

impl PageContext {
    fn provide(&self) {
        provide_context(self.engine.clone());
        provide_context(self.auth.clone());
        provide_context(self.privacy.clone());
        provide_context(self.package.clone());
        if let Some(operator) = &self.operator {
            provide_context(operator.clone());
        }
        if let Some(sandbox) = &self.sandbox {
            provide_context(sandbox.clone());
        }
        let flash = use_context::<Parts>().and_then(|parts| parts.extensions.get::<PageFlash>().cloned());
        provide_context(flash.unwrap_or_default());
    }
}

/// Pages, server functions, and the page for addresses that lead nowhere.
pub fn routes(context: &PageContext) -> Router {
    let options = context.options.clone();
    let shell = move || app::shell(options.clone());
    let provide = {
        let context = context.clone();
        move || context.provide()
    };
    Router::new()
        .leptos_routes_with_context(&context.options, listed_pages(), provide, shell)
        .with_state(context.options.clone())
        .fallback(missing)
        .with_state(context.clone())
}

/// The pages that the app knows, found once. While Leptos looks for them, resources of the whole process never load
/// (`leptos_server::SuppressResourceLoad` is one flag for all threads): a page drawn at that moment would wait for ever.
static PAGES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(app::App));

/// The pages of the app that are in the table.
fn listed_pages() -> Vec<AxumRouteListing> {
    let listed = |page: &&AxumRouteListing| {
        ROUTES
            .iter()
            .any(|route| route.kind == Kind::Page && route.path == page.path())
    };
    PAGES.iter().filter(listed).cloned().collect()
}

/// Every page that the app knows, for tests.
#[must_use]
pub fn known_pages() -> Vec<String> {
    PAGES.iter().map(|page| page.path().to_owned()).collect()
}

async fn missing(State(context): State<PageContext>, request: Request) -> Response {
    if request.method() != http::Method::GET || !answer::wants_html(request.headers()) {
        return answer::error(&AppError::NotFound, request.headers());
    }
    let options = context.options.clone();
    let render = render_app_async_with_context(move || context.provide(), move || app::shell(options.clone()));
    let mut response = render(request.map(Body::new)).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}
