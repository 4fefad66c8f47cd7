//! How all connections stand.

use axum::extract::State;
use axum::{Extension, Json};
use engine::api_keys::ApiCaller;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::accounts::{Check, Tone};
use crate::api::input::Params;
use crate::api::problem::Problem;
use crate::api::state::ApiState;

/// One connection.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AccountHealth {
    /// The account's id.
    pub account: Uuid,
    /// Its Instagram name, without the @.
    pub username: String,
    /// How it stands.
    pub state: Tone,
    /// The same in a word or two.
    pub label: String,
    /// When Meta was last asked about it.
    #[schema(format = DateTime)]
    pub checked_at: Option<String>,
    /// Problems first.
    pub checks: Vec<Check>,
}

/// Something that the server saw.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Fact {
    /// `Last rejected delivery`.
    pub label: String,
    /// When; none when it never happened.
    #[schema(format = DateTime)]
    pub at: Option<String>,
    /// What it means; may be empty.
    pub note: String,
    /// Whether somebody should look.
    pub state: Tone,
}

/// How all connections stand.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Health {
    /// `2 of 4 accounts need you.`
    pub summary: String,
    /// Broken ones first.
    pub accounts: Vec<AccountHealth>,
    /// What reached this server.
    pub facts: Vec<Fact>,
}

/// The state of all connections.
#[utoipa::path(get, path = "/api/v1/health", tag = "Health", operation_id = "readHealth", responses((status = 200, body = Health)))]
pub async fn read(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    params: Params,
) -> Result<Json<Health>, Problem> {
    params.finish()?;
    let page = api.health(&caller).page().await?;
    let accounts = page.accounts.into_iter().map(|account| AccountHealth {
        account: account.brief.id.as_uuid(),
        username: account.brief.username,
        state: account.pill.tone.into(),
        label: account.pill.label,
        checked_at: account.checked_at.map(|at| at.iso),
        checks: account.lines.into_iter().map(Check::from).collect(),
    });
    let facts = page.facts.into_iter().map(|fact| Fact {
        label: fact.label,
        at: fact.at.map(|at| at.iso),
        note: fact.note,
        state: fact.tone.into(),
    });
    Ok(Json(Health {
        summary: page.summary,
        accounts: accounts.collect(),
        facts: facts.collect(),
    }))
}
