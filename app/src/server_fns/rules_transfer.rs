//! A whole reply config from a file or from another account. Both name the `revision` that was previewed.

use domain::reply_config::ConfigDiff;
use domain::views::ConfigPreview;
use leptos::prelude::*;

use super::accounts::parse_account_id;
use super::config_preview::{finish, preview_conflict, refresh_preview};
use super::rules::rules;
use crate::error::AppError;

/// Imports a file, all of it or nothing. `file` is its text. Without a `revision` it only looks: the answer is a conflict that
/// holds a [`ConfigPreview`].
#[server(prefix = "/api", endpoint = "rules/import")]
pub async fn import_rules(
    account: String,
    #[server(default)] file: String,
    #[server(default)] revision: String,
) -> Result<ConfigDiff, AppError> {
    let viewer = crate::context::editor()?;
    let (rules, account) = (rules(&viewer)?, parse_account_id(&account)?);
    if file.trim().is_empty() {
        return Err(AppError::invalid("file", "Choose a file, or paste its text."));
    }
    let Ok(revision) = revision.parse() else {
        let preview = rules.preview_import(account, &file).await?;
        return Err(preview_conflict(
            "Look at what the file changes, then import it.".into(),
            &preview,
        ));
    };
    let diff = match rules.import(account, &file, revision, (&viewer).into()).await {
        Ok(diff) => diff,
        Err(error) => return Err(refresh_preview(error, rules.preview_import(account, &file)).await),
    };
    finish(account, "Imported", &diff);
    Ok(diff)
}

/// What copying the rules of the account `from` would change.
#[server(prefix = "/api", endpoint = "rules/preview-copy")]
pub async fn preview_copy(from: String, account: String) -> Result<ConfigPreview, AppError> {
    let viewer = crate::context::signed_in()?;
    Ok(rules(&viewer)?
        .preview_copy(parse_account_id(&from)?, parse_account_id(&account)?)
        .await?)
}

/// Copies them.
#[server(prefix = "/api", endpoint = "rules/copy")]
pub async fn copy_rules(from: String, account: String, revision: i64) -> Result<ConfigDiff, AppError> {
    let viewer = crate::context::editor()?;
    let (rules, from, account) = (rules(&viewer)?, parse_account_id(&from)?, parse_account_id(&account)?);
    let diff = match rules.copy(from, account, revision, (&viewer).into()).await {
        Ok(diff) => diff,
        Err(error) => return Err(refresh_preview(error, rules.preview_copy(from, account)).await),
    };
    finish(account, "Copied", &diff);
    Ok(diff)
}
