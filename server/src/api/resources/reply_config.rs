//! An account's default reply, and the numbers of its reply config.

use axum::extract::State;
use axum::{Extension, Json};
use engine::api_keys::ApiCaller;
use serde::Serialize;
use utoipa::ToSchema;

use super::rule_shapes::{Reply, place_in_reply};
use crate::api::input::{JsonBody, Params, Path, id};
use crate::api::problem::Problem;
use crate::api::state::ApiState;
use crate::api::version::{IfMatch, Versioned};

/// The reply config of an account without its rules.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReplyConfig {
    /// Grows with any change; also its `ETag`.
    pub revision: i64,
    /// Grows when rules are added, deleted or moved.
    pub list_version: i64,
    /// How many rules there are.
    pub rules: u32,
    /// Answers when no rule matches.
    pub default_reply: Reply,
    /// Grows with every change of the default reply.
    pub default_version: i64,
    /// When anything was last saved.
    #[schema(format = DateTime)]
    pub saved_at: String,
}

/// How the reply config stands: its revision, and the default reply.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/reply-config", tag = "Reply config", operation_id = "readReplyConfig",
    params(("account" = uuid::Uuid, Path, description = "The account's id")),
    responses((status = 200, body = ReplyConfig, headers(("ETag" = String, description = "The revision")))))]
pub async fn read(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    Path(account): Path<String>,
    params: Params,
) -> Result<Versioned<Json<ReplyConfig>>, Problem> {
    params.finish()?;
    let page = api.rules(&caller).page(id(&account)?).await?;
    let config = ReplyConfig {
        revision: page.revision,
        list_version: page.list_version,
        rules: u32::try_from(page.rules.len()).unwrap_or(u32::MAX),
        default_reply: page.default_reply.into(),
        default_version: page.default_version,
        saved_at: page.saved.iso,
    };
    Ok(Versioned(config.revision, Json(config)))
}

/// What is answered when no rule matches.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/default-reply", tag = "Reply config", operation_id = "readDefaultReply",
    params(("account" = uuid::Uuid, Path, description = "The account's id")),
    responses((status = 200, body = Reply, headers(("ETag" = String, description = "Its version")))))]
pub async fn read_default(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    Path(account): Path<String>,
    params: Params,
) -> Result<Versioned<Json<Reply>>, Problem> {
    params.finish()?;
    let config = api.rules(&caller).reply_config(id(&account)?).await?;
    Ok(Versioned(config.default_version, Json(config.default_reply.into())))
}

/// Replaces the default reply.
#[utoipa::path(put, path = "/api/v1/accounts/{account}/default-reply", tag = "Reply config", operation_id = "saveDefaultReply",
    params(("account" = uuid::Uuid, Path, description = "The account's id"), ("If-Match" = String, Header, description = "The ETag of the default reply")),
    request_body = Reply,
    responses((status = 200, body = Reply, headers(("ETag" = String, description = "Its version now")))))]
pub async fn save_default(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    Path(account): Path<String>,
    IfMatch(version): IfMatch,
    JsonBody(reply): JsonBody<Reply>,
) -> Result<Versioned<Json<Reply>>, Problem> {
    let accounts = api.accounts(&caller);
    let response = reply.clone().into();
    let saved = accounts
        .edit_default_reply(id(&account)?, version, &response, caller.actor())
        .await
        .map_err(|error| Problem::from(error).placed(place_in_reply))?;
    Ok(Versioned(saved, Json(reply)))
}
