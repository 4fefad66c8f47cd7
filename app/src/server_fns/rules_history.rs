//! The history of an account's rules, and going back in it. Going back names the `revision` that was previewed.

use domain::reply_config::ConfigDiff;
use domain::views::{ConfigChange, ConfigPreview};
use leptos::prelude::*;

use super::accounts::parse_account_id;
use super::config_preview::{finish, refresh_preview};
use super::rules::rules;
use crate::error::AppError;

/// The last changes, the newest first.
#[server(prefix = "/api", endpoint = "rules/history")]
pub async fn load_history(account: String) -> Result<Vec<ConfigChange>, AppError> {
    let viewer = crate::context::signed_in()?;
    Ok(rules(&viewer)?.history(parse_account_id(&account)?).await?)
}

/// What going back to right `before` or `after` a change would change.
#[server(prefix = "/api", endpoint = "rules/preview-going-back")]
pub async fn preview_going_back(account: String, change: String, side: String) -> Result<ConfigPreview, AppError> {
    let viewer = crate::context::signed_in()?;
    let (change, side) = parse_point(&change, &side)?;
    Ok(rules(&viewer)?
        .preview_going_back(parse_account_id(&account)?, change, side)
        .await?)
}

/// Restores the rules of that point.
#[server(prefix = "/api", endpoint = "rules/go-back")]
pub async fn go_back(account: String, change: String, side: String, revision: i64) -> Result<ConfigDiff, AppError> {
    let viewer = crate::context::editor()?;
    let (rules, account) = (rules(&viewer)?, parse_account_id(&account)?);
    let (change, side) = parse_point(&change, &side)?;
    let diff = match rules.go_back(account, change, side, revision, (&viewer).into()).await {
        Ok(diff) => diff,
        Err(error) => return Err(refresh_preview(error, rules.preview_going_back(account, change, side)).await),
    };
    finish(account, "Restored", &diff);
    Ok(diff)
}

fn parse_point(change: &str, side: &str) -> Result<(domain::ids::ChangeId, domain::views::ChangeSide), AppError> {
    let change = change.parse().map_err(|_| AppError::NotFound)?;
    let side = super::choice("side", side, domain::views::ChangeSide::After)?;
    Ok((change, side))
}
