//! A whole reply config as a file: out, and in, with a look at what would change before anything does.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use domain::reply_config::{ConfigDiff, RuleDiff};
use engine::api_keys::ApiCaller;
use http::{HeaderMap, header};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::input::{JsonText, Params, Path, id};
use crate::api::problem::Problem;
use crate::api::state::ApiState;
use crate::api::version::{IfMatch, etag};

/// What becomes of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RuleChangeKind {
    /// It is new.
    Added,
    /// It says something else.
    Changed,
    /// It says the same in another place.
    Moved,
    /// It goes; it can be restored for 30 days.
    Removed,
}

/// What an import changes about one rule.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RuleChange {
    /// What becomes of it.
    pub change: RuleChangeKind,
    /// Its name.
    pub label: String,
    /// Its place afterwards; of a removed one, its place before.
    pub position: u32,
}

/// What an import changes.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ImportResult {
    /// `2 rules are added, 1 rule is changed.`
    pub sentence: String,
    /// Whether it was only looked at.
    pub dry_run: bool,
    /// The revision of the reply config now; also its `ETag`.
    pub revision: i64,
    /// Whether the default reply changes.
    pub default_reply_changes: bool,
    /// One by one.
    pub rules: Vec<RuleChange>,
}

/// The reply config as a file, which an import takes. Its form: docs/rules.md.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/export", tag = "Import and export", operation_id = "exportReplyConfig",
    params(("account" = Uuid, Path, description = "The account's id")),
    responses((status = 200, body = serde_json::Value, content_type = "application/json", headers(("ETag" = String, description = "The revision")))))]
pub async fn export(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    Path(account): Path<String>,
    params: Params,
) -> Result<Response, Problem> {
    params.finish()?;
    let (rules, account) = (api.rules(&caller), id(&account)?);
    let revision = rules.reply_config(account).await?.revision;
    let file = rules.export(account).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{}\"", file.name),
        ),
    ];
    let mut response = (headers, file.text).into_response();
    response.headers_mut().insert(header::ETAG, etag(revision));
    Ok(response)
}

/// Makes the reply config say what a file says: all of it or nothing. With `dry_run=true` it only looks, and needs no `If-Match`.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/import", tag = "Import and export", operation_id = "importReplyConfig",
    params(("account" = Uuid, Path, description = "The account's id"),
        ("dry_run" = Option<bool>, Query, description = "Only look at what would change"),
        ("If-Match" = Option<String>, Header, description = "The ETag of the reply config; not needed for a dry run")),
    request_body(content = serde_json::Value, content_type = "application/json", description = "A file as an export gives it"),
    responses((status = 200, body = ImportResult, headers(("ETag" = String, description = "The revision now")))))]
pub async fn import(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    Path(account): Path<String>,
    headers: HeaderMap,
    mut params: Params,
    version: Result<IfMatch, Problem>,
    JsonText(file): JsonText,
) -> Result<Response, Problem> {
    let dry_run = params.take("dry_run", "Use true or false.").unwrap_or(false);
    params.finish()?;
    let (rules, account) = (api.rules(&caller), id(&account)?);
    if dry_run {
        let preview = rules.preview_import(account, &file).await?;
        if headers.contains_key(header::IF_MATCH) {
            let IfMatch(sent) = version?;
            if sent != preview.revision {
                return Err(Problem::version_changed(preview.revision, None));
            }
        }
        return Ok(answer(preview.diff, preview.revision, true));
    }
    let IfMatch(revision) = version?;
    let diff = rules.import(account, &file, revision, caller.actor()).await?;
    // Not read again: what others did since then is not in this answer.
    let made = revision + i64::from(!diff.is_empty());
    Ok(answer(diff, made, false))
}

fn answer(diff: ConfigDiff, revision: i64, dry_run: bool) -> Response {
    let result = ImportResult {
        sentence: diff.sentence(),
        dry_run,
        revision,
        default_reply_changes: diff.default_reply.is_some(),
        rules: diff.rules.into_iter().map(RuleChange::from).collect(),
    };
    let mut response = Json(result).into_response();
    response.headers_mut().insert(header::ETAG, etag(revision));
    response
}

impl From<RuleDiff> for RuleChange {
    fn from(diff: RuleDiff) -> Self {
        let (change, label, position) = match diff {
            RuleDiff::Added { position, rule } => (RuleChangeKind::Added, rule.label, position),
            RuleDiff::Changed { position, after, .. } => (RuleChangeKind::Changed, after.label, position),
            RuleDiff::Moved { label, to, .. } => (RuleChangeKind::Moved, label, to),
            RuleDiff::Removed { position, rule } => (RuleChangeKind::Removed, rule.label, position),
        };
        Self {
            change,
            label,
            position,
        }
    }
}
