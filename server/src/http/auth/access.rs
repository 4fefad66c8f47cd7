//! Refuses a request whose viewer may not use the route, before any handler runs.

use app::error::AppError;
use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use domain::roles::Role;
use domain::views::Viewer;

use crate::http::forms::answer;
use crate::http::routes::table::{self, Access, Kind};

/// Lets the request pass, or answers in its place.
pub async fn check_access(request: Request, next: Next) -> Response {
    // What is in no line of the table (the page that says so) asks nothing.
    let path = request.extensions().get::<MatchedPath>();
    let Some(route) = path.and_then(|path| table::find(request.method(), path.as_str())) else {
        return next.run(request).await;
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
    let Access::Role(needed) = access else { return Ok(()) };
    let role = viewer.ok_or(AppError::NotSignedIn)?.role;
    let enough = match needed {
        Role::Owner => role.can_manage(),
        Role::Editor => role.can_edit(),
        Role::Viewer => true,
    };
    if enough { Ok(()) } else { Err(AppError::NotAllowed) }
}

fn sign_in_first(request: &Request) -> Response {
    let page = request.uri().path_and_query().map_or("/admin", |it| it.as_str());
    let next: String = url::form_urlencoded::byte_serialize(page.as_bytes()).collect();
    Redirect::to(&format!("/login?next={next}")).into_response()
}
