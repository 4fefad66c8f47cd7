//! Where a cause is logged: once, with the id that the person is shown.

use std::error::Error;

use uuid::Uuid;

use super::AppError;

impl AppError {
    /// Logs `cause` with all its sources and keeps only an error id.
    #[must_use]
    pub fn internal(cause: &dyn Error) -> Self {
        let error_id = new_error_id();
        tracing::error!(error_id, cause = %chain(cause), "a request failed");
        Self::Internal { error_id }
    }
}

/// An id that finds one log line.
#[must_use]
pub fn new_error_id() -> String {
    Uuid::new_v4().simple().to_string()[..12].to_owned()
}

fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text.push_str(": ");
        text.push_str(&error.to_string());
        source = error.source();
    }
    text
}
