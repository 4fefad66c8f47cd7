//! Who changed what in a reply config.

use axum::extract::State;
use axum::{Extension, Json};
use engine::api_keys::ApiCaller;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::input::{Params, Path, id};
use crate::api::problem::Problem;
use crate::api::state::ApiState;

/// One change.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Change {
    /// Its id.
    pub id: Uuid,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// Who: a person's e-mail address, or `API key` and the key's name; none for a command of the operator.
    pub by: Option<String>,
    /// `Prices moved to 2 of 6.`
    pub what: String,
    /// What it changed, in a sentence: `1 rule is moved.`
    pub sentence: String,
}

/// The last changes.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct History {
    /// The newest first, at most 50.
    pub items: Vec<Change>,
}

/// The last changes of the rules and the default reply.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/history", tag = "History", operation_id = "listChanges",
    params(("account" = Uuid, Path, description = "The account's id")), responses((status = 200, body = History)))]
pub async fn list(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    Path(account): Path<String>,
    params: Params,
) -> Result<Json<History>, Problem> {
    params.finish()?;
    let changes = api.rules(&caller).history(id(&account)?).await?;
    let items = changes.into_iter().map(|change| Change {
        id: change.id.as_uuid(),
        at: change.when.iso,
        by: change.by,
        what: change.what,
        sentence: change.diff.sentence(),
    });
    Ok(Json(History { items: items.collect() }))
}
