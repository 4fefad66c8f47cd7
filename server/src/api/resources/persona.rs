//! The persona: what is written, how far its safety check is, and which version answers.

use axum::extract::State;
use axum::{Extension, Json};
use domain::persona::SafetyStatus;
use engine::api_keys::ApiCaller;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::input::Params;
use crate::api::problem::Problem;
use crate::api::state::ApiState;

/// How far the safety check of a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CheckStatus {
    /// No check was asked for: there is no AI.
    Draft,
    /// The check was asked for.
    Pending,
    /// The AI may use the text.
    Approved,
    /// The AI must not use it.
    Rejected,
    /// The check could not be made; it is tried again.
    Unchecked,
}

/// Something that the check found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Finding {
    /// What it is.
    pub sentence: String,
    /// The words that were found; empty when nothing can be shown.
    pub quote: String,
    /// What an honest owner can do.
    pub next_step: String,
}

/// The persona of the workspace.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Persona {
    /// The number of the newest version; 0 before the first save.
    pub version: i64,
    /// How far its check is.
    pub status: CheckStatus,
    /// What that means, as a sentence.
    pub sentence: String,
    /// What the AI reads of it, word for word.
    pub text: String,
    /// The version that answers; none before the first approval.
    pub version_in_use: Option<i64>,
    /// What the check of the newest version found.
    pub findings: Vec<Finding>,
}

/// The persona and its status.
#[utoipa::path(get, path = "/api/v1/persona", tag = "Persona", operation_id = "readPersona", responses((status = 200, body = Persona)))]
pub async fn read(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    params: Params,
) -> Result<Json<Persona>, Problem> {
    params.finish()?;
    let page = api.personas(&caller).page().await?;
    let own = page.parts.into_iter().find(|part| !part.fixed);
    Ok(Json(Persona {
        version: page.version,
        status: page.status.status.into(),
        sentence: format!("{}. {}", page.status.title.trim_end_matches('.'), page.status.text),
        text: own.map(|part| part.text).unwrap_or_default(),
        version_in_use: page.in_use.map(|used| used.version),
        findings: page
            .findings
            .into_iter()
            .map(|found| Finding {
                sentence: found.sentence,
                quote: found.quote,
                next_step: found.next_step,
            })
            .collect(),
    }))
}

impl From<SafetyStatus> for CheckStatus {
    fn from(status: SafetyStatus) -> Self {
        match status {
            SafetyStatus::Draft => Self::Draft,
            SafetyStatus::Pending => Self::Pending,
            SafetyStatus::Approved => Self::Approved,
            SafetyStatus::Rejected => Self::Rejected,
            SafetyStatus::Unchecked => Self::Unchecked,
        }
    }
}
