//! The control API under `/sandbox/…`, for scripts, Playwright and the chat page. JSON in, JSON out;
//! every handler is one call on the handle.

pub mod ai;
pub mod conversations;
pub mod faults;
pub mod login;
pub mod reading;
pub mod switches;

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::handle::ControlError;

impl IntoResponse for ControlError {
    fn into_response(self) -> Response {
        let status = match self {
            Self::UnknownAccount(_) | Self::UnknownMessage(_) => StatusCode::NOT_FOUND,
            Self::NoInstagram(_) | Self::Missing(_) | Self::OwnCustomer | Self::BadDialog(_) => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
        };
        (status, Json(json!({ "error": self.to_string() }))).into_response()
    }
}
