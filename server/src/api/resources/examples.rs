//! Messages that are kept to be tried after every change of the rules.

use axum::extract::State;
use axum::{Extension, Json};
use domain::ids::AccountId;
use engine::api_keys::ApiCaller;
use http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::simulate::Message;
use crate::api::input::{JsonBody, Params, Path, id};
use crate::api::problem::Problem;
use crate::api::state::ApiState;

/// A message that is kept.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Example {
    /// Its id.
    pub id: Uuid,
    /// The message.
    pub message: Message,
    /// Who answers it with the rules as they are: `Rule 2, Prices`.
    pub answered_by: String,
}

/// The messages that are kept.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Examples {
    /// The oldest first, at most 100.
    pub items: Vec<Example>,
}

/// The examples of an account, and who answers each.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/examples", tag = "Examples", operation_id = "listExamples",
    params(("account" = Uuid, Path, description = "The account's id")), responses((status = 200, body = Examples)))]
pub async fn list(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    Path(account): Path<String>,
    params: Params,
) -> Result<Json<Examples>, Problem> {
    params.finish()?;
    examples(&api, &caller, id(&account)?).await.map(Json)
}

async fn examples(api: &ApiState, caller: &ApiCaller, account: AccountId) -> Result<Examples, Problem> {
    let rules = api.rules(caller);
    let data = api
        .engine
        .pipeline()
        .simulator_data(&rules, caller.tenant, account)
        .await?;
    let items = data.examples.into_iter().map(|row| Example {
        id: row.id.as_uuid(),
        message: row.message.into(),
        answered_by: row.who,
    });
    Ok(Examples { items: items.collect() })
}

/// Keeps a message.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/examples", tag = "Examples", operation_id = "addExample",
    params(("account" = Uuid, Path, description = "The account's id")), request_body = Message,
    responses((status = 201, body = Example)))]
pub async fn add(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    Path(account): Path<String>,
    JsonBody(message): JsonBody<Message>,
) -> Result<(StatusCode, Json<Example>), Problem> {
    let account = id(&account)?;
    let added = api
        .rules(&caller)
        .add_example(account, &message.into(), caller.actor())
        .await?;
    let kept = examples(&api, &caller, account).await?;
    let example = kept.items.into_iter().find(|example| example.id == added.as_uuid());
    example
        .map(|example| (StatusCode::CREATED, Json(example)))
        .ok_or_else(Problem::not_found)
}

/// Forgets a message.
#[utoipa::path(delete, path = "/api/v1/accounts/{account}/examples/{example}", tag = "Examples", operation_id = "deleteExample",
    params(("account" = Uuid, Path, description = "The account's id"), ("example" = Uuid, Path, description = "The example's id")),
    responses((status = 204, description = "It is forgotten")))]
pub async fn delete(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    Path((account, example)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    let (rules, example) = (api.rules(&caller), id(&example)?);
    let of_account = rules.examples(id(&account)?).await?;
    if !of_account.iter().any(|(known, _)| *known == example) {
        return Err(Problem::not_found());
    }
    rules.delete_example(example, caller.actor()).await?;
    Ok(StatusCode::NO_CONTENT)
}
