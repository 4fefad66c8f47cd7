//! Moving, switching, copying and restoring a rule.

use axum::extract::State;
use axum::response::Response;
use axum::{Extension, Json};
use engine::api_keys::ApiCaller;
use serde::Deserialize;
use utoipa::ToSchema;

use super::accounts::Switch;
use super::rule_shapes::Rule;
use super::rules::{Rules, created, one, rule_of};
use crate::api::input::{JsonBody, NoBody, Path};
use crate::api::problem::Problem;
use crate::api::state::ApiState;
use crate::api::version::{IfMatch, Versioned};

/// Where a rule goes.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// 1 is first; beyond the end means last.
    #[schema(minimum = 1, maximum = 200)]
    pub position: u32,
}

/// Moves a rule to another place.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/rules/{rule}/move", tag = "Rules", operation_id = "moveRule",
    params(("account" = Uuid, Path, description = "The account's id"), ("rule" = Uuid, Path, description = "The rule's id"),
        ("If-Match" = String, Header, description = "The ETag of the list of rules")),
    request_body = Move,
    responses((status = 200, body = Rules, headers(("ETag" = String, description = "The revision now")))))]
pub async fn move_to(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    Path((account, rule)): Path<(String, String)>,
    IfMatch(revision): IfMatch,
    JsonBody(to): JsonBody<Move>,
) -> Result<Versioned<Json<Rules>>, Problem> {
    let rules = api.rules(&caller);
    let (account, rule) = rule_of(&rules, &account, &rule).await?;
    let present = rules.reply_config(account).await?;
    if present.revision != revision {
        return Err(Problem::version_changed(present.revision, None));
    }
    // Between the two, a change of the list is refused by its version; one of a text does not matter to a place.
    rules
        .move_to(rule, to.position, present.list_version, caller.actor())
        .await?;
    let config = rules.reply_config(account).await?;
    Ok(Versioned(config.revision, Json(config.into())))
}

/// Switches a rule on or off.
#[utoipa::path(put, path = "/api/v1/accounts/{account}/rules/{rule}/enabled", tag = "Rules", operation_id = "switchRule",
    params(("account" = Uuid, Path, description = "The account's id"), ("rule" = Uuid, Path, description = "The rule's id")),
    request_body = Switch, responses((status = 200, body = Rule, headers(("ETag" = String, description = "The version of its text")))))]
pub async fn switch(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    Path((account, rule)): Path<(String, String)>,
    JsonBody(switch): JsonBody<Switch>,
) -> Result<Versioned<Json<Rule>>, Problem> {
    let rules = api.rules(&caller);
    let (account, rule) = rule_of(&rules, &account, &rule).await?;
    rules.set_enabled(rule, switch.enabled, caller.actor()).await?;
    one(&rules, account, rule).await
}

/// Puts a copy below a rule, switched off.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/rules/{rule}/duplicate", tag = "Rules", operation_id = "duplicateRule",
    params(("account" = Uuid, Path, description = "The account's id"), ("rule" = Uuid, Path, description = "The rule's id")),
    responses((status = 201, body = Rule, headers(("ETag" = String, description = "Its version"), ("Location" = String, description = "Its address")))))]
pub async fn duplicate(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    Path((account, rule)): Path<(String, String)>,
    _: NoBody,
) -> Result<Response, Problem> {
    let rules = api.rules(&caller);
    let (account, rule) = rule_of(&rules, &account, &rule).await?;
    let copy = rules.duplicate(rule, caller.actor()).await?;
    created(&rules, account, copy.rule).await
}

/// Restores a deleted rule at its former place. A rule that is in the list stays as it is.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/rules/{rule}/restore", tag = "Rules", operation_id = "restoreRule",
    params(("account" = Uuid, Path, description = "The account's id"), ("rule" = Uuid, Path, description = "The rule's id")),
    responses((status = 200, body = Rule, headers(("ETag" = String, description = "The version of its text")))))]
pub async fn restore(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    Path((account, rule)): Path<(String, String)>,
    _: NoBody,
) -> Result<Versioned<Json<Rule>>, Problem> {
    let rules = api.rules(&caller);
    let (account, rule) = rule_of(&rules, &account, &rule).await?;
    rules.restore(rule, caller.actor()).await?;
    one(&rules, account, rule).await
}
