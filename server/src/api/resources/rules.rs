//! The rules of an account: reading them, adding one, and changing what one says.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use domain::ids::{AccountId, RuleId};
use domain::rules::ReplyConfig;
use engine::api_keys::ApiCaller;
use engine::rules::Rules as UseCases;
use http::{StatusCode, header};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::rule_shapes::{NewRule, Rule, RuleText, place_in_rule};
use crate::api::input::{JsonBody, Params, Path, id};
use crate::api::problem::Problem;
use crate::api::state::ApiState;
use crate::api::version::{IfMatch, Versioned};

/// The rules of an account, in order.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Rules {
    /// Grows with any change; also the `ETag` of the list.
    pub revision: i64,
    /// The first that matches answers.
    pub items: Vec<Rule>,
}

/// A rule that can still be restored.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DeletedRule {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub label: String,
    /// When it was deleted; it can be restored for 30 days.
    #[schema(format = DateTime)]
    pub deleted_at: String,
}

/// Rules that can still be restored.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DeletedRules {
    /// The newest first, at most 20.
    pub items: Vec<DeletedRule>,
}

/// All rules, in order.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/rules", tag = "Rules", operation_id = "listRules",
    params(("account" = Uuid, Path, description = "The account's id")),
    responses((status = 200, body = Rules, headers(("ETag" = String, description = "The revision")))))]
pub async fn list(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    Path(account): Path<String>,
    params: Params,
) -> Result<Versioned<Json<Rules>>, Problem> {
    params.finish()?;
    let config = api.rules(&caller).reply_config(id(&account)?).await?;
    Ok(Versioned(config.revision, Json(config.into())))
}

/// Adds a rule.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/rules", tag = "Rules", operation_id = "addRule",
    params(("account" = Uuid, Path, description = "The account's id")), request_body = NewRule,
    responses((status = 201, body = Rule, headers(("ETag" = String, description = "Its version"), ("Location" = String, description = "Its address")))))]
pub async fn add(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    Path(account): Path<String>,
    JsonBody(rule): JsonBody<NewRule>,
) -> Result<Response, Problem> {
    let (rules, account) = (api.rules(&caller), id(&account)?);
    let position = rule.position;
    let added = rules.add(account, &rule.draft(), position, caller.actor()).await;
    let added = added.map_err(|error| Problem::from(error).placed(place_in_rule))?;
    created(&rules, account, added.rule).await
}

/// One rule.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/rules/{rule}", tag = "Rules", operation_id = "readRule",
    params(("account" = Uuid, Path, description = "The account's id"), ("rule" = Uuid, Path, description = "The rule's id")),
    responses((status = 200, body = Rule, headers(("ETag" = String, description = "The version of its text")))))]
pub async fn read(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    Path((account, rule)): Path<(String, String)>,
    params: Params,
) -> Result<Versioned<Json<Rule>>, Problem> {
    params.finish()?;
    one(&api.rules(&caller), id(&account)?, id(&rule)?).await
}

/// Replaces what a rule says.
#[utoipa::path(put, path = "/api/v1/accounts/{account}/rules/{rule}", tag = "Rules", operation_id = "editRule",
    params(("account" = Uuid, Path, description = "The account's id"), ("rule" = Uuid, Path, description = "The rule's id"),
        ("If-Match" = String, Header, description = "The ETag of the rule")),
    request_body = RuleText,
    responses((status = 200, body = Rule, headers(("ETag" = String, description = "Its version now")))))]
pub async fn edit(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    Path((account, rule)): Path<(String, String)>,
    IfMatch(version): IfMatch,
    JsonBody(text): JsonBody<RuleText>,
) -> Result<Versioned<Json<Rule>>, Problem> {
    let rules = api.rules(&caller);
    let (account, rule) = rule_of(&rules, &account, &rule).await?;
    let edited = rules.edit(rule, version, &text.draft(), caller.actor()).await;
    edited.map_err(|error| Problem::from(error).placed(place_in_rule))?;
    one(&rules, account, rule).await
}

/// Deletes a rule. It can be restored for 30 days.
#[utoipa::path(delete, path = "/api/v1/accounts/{account}/rules/{rule}", tag = "Rules", operation_id = "deleteRule",
    params(("account" = Uuid, Path, description = "The account's id"), ("rule" = Uuid, Path, description = "The rule's id")),
    responses((status = 204, description = "It is deleted")))]
pub async fn delete(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    Path((account, rule)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    let rules = api.rules(&caller);
    let (_, rule) = rule_of(&rules, &account, &rule).await?;
    rules.delete(rule, caller.actor()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Rules that were deleted and can be restored.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/deleted-rules", tag = "Rules", operation_id = "listDeletedRules",
    params(("account" = Uuid, Path, description = "The account's id")), responses((status = 200, body = DeletedRules)))]
pub async fn deleted(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    Path(account): Path<String>,
    params: Params,
) -> Result<Json<DeletedRules>, Problem> {
    params.finish()?;
    let deleted = api.rules(&caller).deleted(id(&account)?).await?;
    let items = deleted.into_iter().map(|rule| DeletedRule {
        id: rule.id.as_uuid(),
        label: rule.label,
        deleted_at: rule.deleted.iso,
    });
    Ok(Json(DeletedRules { items: items.collect() }))
}

impl From<ReplyConfig> for Rules {
    fn from(config: ReplyConfig) -> Self {
        let items = (1..).zip(config.rules).map(|(position, rule)| Rule::at(position, rule));
        Self {
            revision: config.revision,
            items: items.collect(),
        }
    }
}

/// The ids of both, once the rule is known to be this account's.
pub(super) async fn rule_of(rules: &UseCases, account: &str, rule: &str) -> Result<(AccountId, RuleId), Problem> {
    let (account, rule) = (id(account)?, id(rule)?);
    match rules.account_of(rule).await? == account {
        true => Ok((account, rule)),
        false => Err(Problem::not_found()),
    }
}

/// A rule that is in the list.
pub(super) async fn one(rules: &UseCases, account: AccountId, rule: RuleId) -> Result<Versioned<Json<Rule>>, Problem> {
    let listed = Rules::from(rules.reply_config(account).await?);
    let found = listed.items.into_iter().find(|listed| listed.is(rule));
    let found = found.ok_or_else(Problem::not_found)?;
    Ok(Versioned(found.version, Json(found)))
}

/// The answer to a rule that is new.
pub(super) async fn created(rules: &UseCases, account: AccountId, rule: RuleId) -> Result<Response, Problem> {
    let location = [(header::LOCATION, format!("/api/v1/accounts/{account}/rules/{rule}"))];
    let rule = one(rules, account, rule).await?;
    Ok((StatusCode::CREATED, location, rule).into_response())
}
