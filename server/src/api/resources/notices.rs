//! What needs somebody, as the overview shows it.

use axum::extract::State;
use axum::{Extension, Json};
use engine::api_keys::ApiCaller;
use serde::Serialize;
use utoipa::ToSchema;

use super::accounts::Tone;
use crate::api::input::Params;
use crate::api::problem::Problem;
use crate::api::state::ApiState;

/// Something that needs somebody.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Notice {
    /// How urgent.
    pub state: Tone,
    /// Whom or what it is about: `salon.aurelie.paris`.
    pub subject: String,
    /// What is the matter: `cannot send`.
    pub what: String,
    /// Cause and consequence.
    pub detail: String,
    /// What to do: `Switch on`.
    pub next_step: String,
}

/// What needs somebody.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Notices {
    /// The most urgent first.
    pub items: Vec<Notice>,
}

/// What needs somebody now.
#[utoipa::path(get, path = "/api/v1/notices", tag = "Health", operation_id = "listNotices", responses((status = 200, body = Notices)))]
pub async fn list(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    params: Params,
) -> Result<Json<Notices>, Problem> {
    params.finish()?;
    let page = api.overview(&caller).page().await?;
    let items = page.attention.into_iter().map(|notice| Notice {
        state: notice.tone.into(),
        subject: notice.subject,
        what: notice.what,
        detail: notice.detail,
        next_step: notice.next_step.label,
    });
    Ok(Json(Notices { items: items.collect() }))
}
