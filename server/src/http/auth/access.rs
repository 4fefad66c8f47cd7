//! Refuses a request whose viewer may not use the route, before any handler runs. What is in no line of the table is not there.

use app::error::AppError;
use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::roles::Role;
use domain::views::Viewer;
use http::{Method, StatusCode, header};

use crate::http::forms::answer;
use crate::http::forms::local_path::LocalPath;
use crate::http::routes::table::{self, Access, Kind};

/// Lets the request pass, or answers in its place.
pub async fn check_access(request: Request, next: Next) -> Response {
    let Some(path) = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str) else {
        // No route at all: the page that says so asks nothing.
        return next.run(request).await;
    };
    let Some(route) = table::find(request.method(), path) else {
        return not_in_the_table(path, &request);
    };
    match allowed(route.access, request.extensions().get::<Viewer>()) {
        Ok(()) => next.run(request).await,
        Err(AppError::NotSignedIn) if matches!(route.kind, Kind::Page | Kind::File | Kind::Login) => {
            sign_in_first(&request)
        }
        Err(error) => answer::error(&error, request.headers()),
    }
}

fn allowed(access: Access, viewer: Option<&Viewer>) -> Result<(), AppError> {
    let needed = match access {
        Access::Anyone => return Ok(()),
        Access::Role(needed) => needed,
        // Programs have a door of their own, which no session opens.
        Access::Key(_) => return Err(AppError::NotFound),
    };
    let role = viewer.ok_or(AppError::NotSignedIn)?.role;
    let enough = match needed {
        Role::Owner => role.can_manage(),
        Role::Editor => role.can_edit(),
        Role::Viewer => true,
    };
    if enough { Ok(()) } else { Err(AppError::NotAllowed) }
}

fn not_in_the_table(path: &str, request: &Request) -> Response {
    let methods: Vec<_> = table::methods(path).map(Method::as_str).collect();
    if methods.is_empty() {
        return answer::error(&AppError::NotFound, request.headers());
    }
    (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, methods.join(", "))]).into_response()
}

fn sign_in_first(request: &Request) -> Response {
    let page = request.uri().path_and_query().map_or("/admin", |it| it.as_str());
    LocalPath::sign_in(page).redirect()
}
