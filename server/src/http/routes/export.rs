//! `GET /admin/messages.csv`: what the log lists under a filter, as a file. Read and sent in pieces, so that a year of it needs no
//! memory. Like the log it holds no content. And `GET /admin/rules/instagram/{id}/rules.json`: what an account answers.

use app::MessageQuery;
use app::error::AppError;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use domain::views::Viewer;
use engine::clock::SharedClock;
use engine::messages::{CsvExport, Messages};
use engine::rules::Rules;
use engine::storage::{Database, StorageError};
use futures::{Stream, stream};
use http::{HeaderMap, header};

use super::table::{EXPORT, RULES_EXPORT};
use crate::http::forms::answer;

/// What the exports need.
#[derive(Debug, Clone)]
pub struct ExportState {
    /// Its rows.
    pub database: Database,
    /// Its dates.
    pub clock: SharedClock,
}

/// Both routes.
pub fn routes(state: ExportState) -> Router {
    Router::new()
        .route(EXPORT, get(export_messages))
        .route(RULES_EXPORT, get(export_rules))
        .with_state(state)
}

async fn export_rules(
    State(state): State<ExportState>,
    viewer: Option<Extension<Viewer>>,
    headers: HeaderMap,
    Path(account): Path<String>,
) -> Response {
    let Some(Extension(viewer)) = viewer else {
        return answer::error(&AppError::NotSignedIn, &headers);
    };
    let Ok(account) = account.parse() else {
        return answer::error(&AppError::NotFound, &headers);
    };
    let rules = Rules::for_tenant(&state.database, state.clock, viewer.tenant_id);
    match rules.export(account).await {
        Ok(exported) => {
            let headers = [
                (header::CONTENT_TYPE, "application/json; charset=utf-8".to_owned()),
                (
                    header::CONTENT_DISPOSITION,
                    format!("attachment; filename=\"{}\"", exported.name),
                ),
            ];
            (headers, exported.text).into_response()
        }
        Err(error) => answer::error(&error.into(), &headers),
    }
}

async fn export_messages(
    State(state): State<ExportState>,
    viewer: Option<Extension<Viewer>>,
    headers: HeaderMap,
    Query(query): Query<MessageQuery>,
) -> Response {
    let Some(Extension(viewer)) = viewer else {
        return answer::error(&AppError::NotSignedIn, &headers);
    };
    let messages = Messages::for_tenant(&state.database, state.clock, viewer.tenant_id);
    match messages.export(&query.filter()).await {
        Ok(export) => file(export),
        Err(error) => answer::error(&error.into(), &headers),
    }
}

fn file(export: CsvExport) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"messages.csv\""),
    ];
    (headers, Body::from_stream(pieces(export))).into_response()
}

/// A failure on the way cuts the download short: the browser says that it is incomplete.
fn pieces(export: CsvExport) -> impl Stream<Item = Result<Bytes, StorageError>> {
    stream::try_unfold(export, |mut export| async move {
        Ok(export.next_piece().await?.map(|piece| (Bytes::from(piece), export)))
    })
}
