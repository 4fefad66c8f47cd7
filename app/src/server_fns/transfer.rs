//! Whole reply configs: their history, files, and copies between accounts. Each can be looked at before it is done; `revision` is
//! the one that was looked at.

use domain::reply_config::ConfigDiff;
use domain::views::{ConfigChange, ConfigPreview};
use leptos::prelude::*;

use super::accounts::known;
use super::rules::{go, rules};
use crate::error::AppError;

/// The last changes, the newest first.
#[server(prefix = "/api", endpoint = "rules/history")]
pub async fn load_history(account: String) -> Result<Vec<ConfigChange>, AppError> {
    let viewer = crate::context::signed_in()?;
    Ok(rules(&viewer)?.history(known(&account)?).await?)
}

/// What going back to right `before` or `after` a change would change.
#[server(prefix = "/api", endpoint = "rules/preview-going-back")]
pub async fn preview_going_back(account: String, change: String, side: String) -> Result<ConfigPreview, AppError> {
    let viewer = crate::context::signed_in()?;
    let (change, side) = point(&change, &side)?;
    let preview = rules(&viewer)?
        .preview_going_back(known(&account)?, change, side)
        .await?;
    Ok(looked_at(preview))
}

/// Goes back there.
#[server(prefix = "/api", endpoint = "rules/go-back")]
pub async fn go_back(account: String, change: String, side: String, revision: i64) -> Result<ConfigDiff, AppError> {
    let viewer = crate::context::editor()?;
    let (change, side) = point(&change, &side)?;
    let diff = rules(&viewer)?
        .go_back(known(&account)?, change, side, revision, (&viewer).into())
        .await?;
    done(&account, "Restored", &diff);
    Ok(diff)
}

/// What a file would change. `file` is its text.
#[server(prefix = "/api", endpoint = "rules/preview-import")]
pub async fn preview_import(account: String, #[server(default)] file: String) -> Result<ConfigPreview, AppError> {
    let viewer = crate::context::signed_in()?;
    let preview = rules(&viewer)?.preview_import(known(&account)?, &file).await?;
    Ok(looked_at(preview))
}

/// Imports a file, all of it or nothing.
#[server(prefix = "/api", endpoint = "rules/import")]
pub async fn import_rules(
    account: String,
    #[server(default)] file: String,
    revision: i64,
) -> Result<ConfigDiff, AppError> {
    let viewer = crate::context::editor()?;
    let diff = rules(&viewer)?
        .import(known(&account)?, &file, revision, (&viewer).into())
        .await?;
    done(&account, "Imported", &diff);
    Ok(diff)
}

/// What copying the rules of the account `from` would change.
#[server(prefix = "/api", endpoint = "rules/preview-copy")]
pub async fn preview_copy(from: String, account: String) -> Result<ConfigPreview, AppError> {
    let viewer = crate::context::signed_in()?;
    let preview = rules(&viewer)?.preview_copy(known(&from)?, known(&account)?).await?;
    Ok(looked_at(preview))
}

/// Copies them.
#[server(prefix = "/api", endpoint = "rules/copy")]
pub async fn copy_rules(from: String, account: String, revision: i64) -> Result<ConfigDiff, AppError> {
    let viewer = crate::context::editor()?;
    let diff = rules(&viewer)?
        .copy(known(&from)?, known(&account)?, revision, (&viewer).into())
        .await?;
    done(&account, "Copied", &diff);
    Ok(diff)
}

fn point(change: &str, side: &str) -> Result<(domain::ids::ChangeId, domain::views::ChangeSide), AppError> {
    let change = change.parse().map_err(|_| AppError::NotFound)?;
    let side = super::choice("side", side, domain::views::ChangeSide::After)?;
    Ok((change, side))
}

/// Without WebAssembly the page comes back with the summary.
fn looked_at(preview: ConfigPreview) -> ConfigPreview {
    let examples = preview.examples.sentence().map(|sentence| format!(" {sentence}"));
    crate::flash::notify(format!(
        "Nothing is saved yet. This would happen: {}{}",
        preview.sentence,
        examples.unwrap_or_default()
    ));
    preview
}

fn done(account: &str, what: &str, diff: &ConfigDiff) {
    crate::flash::notify(format!("{what}. {}", diff.sentence()));
    go(account, "rules");
}
