//! How an [`AppError`] looks as JSON: flat, with the sentence and the first field at the top, as the API promises.

use domain::limits::FieldError;
use serde::{Deserialize, Serialize};

use super::AppError;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Wire {
    error: Kind,
    #[serde(default)]
    message: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    fields: Vec<FieldError>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    current: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    retry_after_seconds: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    error_id: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    NotSignedIn,
    NotAllowed,
    NotFound,
    Conflict,
    Invalid,
    TooMany,
    Unavailable,
    #[default]
    Internal,
}

impl From<AppError> for Wire {
    fn from(error: AppError) -> Self {
        let mut wire = Self {
            message: error.to_string(),
            ..Self::default()
        };
        wire.error = match error {
            AppError::NotSignedIn => Kind::NotSignedIn,
            AppError::NotAllowed => Kind::NotAllowed,
            AppError::NotFound => Kind::NotFound,
            AppError::Conflict { current, .. } => {
                wire.current = current;
                Kind::Conflict
            }
            AppError::Invalid { fields } => {
                wire.field = fields.first().map(|first| first.field.clone());
                wire.fields = fields;
                Kind::Invalid
            }
            AppError::TooMany {
                retry_after_seconds, ..
            } => {
                wire.retry_after_seconds = Some(retry_after_seconds);
                Kind::TooMany
            }
            AppError::Unavailable { .. } => Kind::Unavailable,
            AppError::Internal { error_id } => {
                wire.error_id = Some(error_id);
                Kind::Internal
            }
        };
        wire
    }
}

impl From<Wire> for AppError {
    fn from(wire: Wire) -> Self {
        let Wire {
            message,
            current,
            fields,
            ..
        } = wire;
        match wire.error {
            Kind::NotSignedIn => Self::NotSignedIn,
            Kind::NotAllowed => Self::NotAllowed,
            Kind::NotFound => Self::NotFound,
            Kind::Conflict => Self::Conflict { message, current },
            Kind::Invalid => Self::Invalid { fields },
            Kind::TooMany => Self::TooMany {
                retry_after_seconds: wire.retry_after_seconds.unwrap_or(1),
                message,
            },
            Kind::Unavailable => Self::Unavailable { message },
            Kind::Internal => Self::Internal {
                error_id: wire.error_id.unwrap_or_default(),
            },
        }
    }
}
