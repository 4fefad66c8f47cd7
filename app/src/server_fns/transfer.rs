//! Whole reply configs: their history, files, and copies between accounts. Each can be looked at before it is done; `revision` is
//! the one that was looked at.

use domain::ids::AccountId;
use domain::reply_config::ConfigDiff;
use domain::views::{ConfigChange, ConfigPreview};
use engine::rules::RulesError;
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
    Ok(rules(&viewer)?
        .preview_going_back(known(&account)?, change, side)
        .await?)
}

/// Goes back there.
#[server(prefix = "/api", endpoint = "rules/go-back")]
pub async fn go_back(account: String, change: String, side: String, revision: i64) -> Result<ConfigDiff, AppError> {
    let viewer = crate::context::editor()?;
    let (rules, account) = (rules(&viewer)?, known(&account)?);
    let (change, side) = point(&change, &side)?;
    let diff = match rules.go_back(account, change, side, revision, (&viewer).into()).await {
        Ok(diff) => diff,
        Err(error) => return Err(look_again(error, rules.preview_going_back(account, change, side)).await),
    };
    done(account, "Restored", &diff);
    Ok(diff)
}

/// Imports a file, all of it or nothing. `file` is its text. Without a `revision` it only looks: the answer is a conflict that
/// holds a [`ConfigPreview`].
#[server(prefix = "/api", endpoint = "rules/import")]
pub async fn import_rules(
    account: String,
    #[server(default)] file: String,
    #[server(default)] revision: String,
) -> Result<ConfigDiff, AppError> {
    let viewer = crate::context::editor()?;
    let (rules, account) = (rules(&viewer)?, known(&account)?);
    if file.trim().is_empty() {
        return Err(AppError::invalid("file", "Choose a file, or paste its text."));
    }
    let Ok(revision) = revision.parse() else {
        let preview = rules.preview_import(account, &file).await?;
        return Err(looked(
            "Look at what the file changes, then import it.".into(),
            &preview,
        ));
    };
    let diff = match rules.import(account, &file, revision, (&viewer).into()).await {
        Ok(diff) => diff,
        Err(error) => return Err(look_again(error, rules.preview_import(account, &file)).await),
    };
    done(account, "Imported", &diff);
    Ok(diff)
}

/// What copying the rules of the account `from` would change.
#[server(prefix = "/api", endpoint = "rules/preview-copy")]
pub async fn preview_copy(from: String, account: String) -> Result<ConfigPreview, AppError> {
    let viewer = crate::context::signed_in()?;
    Ok(rules(&viewer)?.preview_copy(known(&from)?, known(&account)?).await?)
}

/// Copies them.
#[server(prefix = "/api", endpoint = "rules/copy")]
pub async fn copy_rules(from: String, account: String, revision: i64) -> Result<ConfigDiff, AppError> {
    let viewer = crate::context::editor()?;
    let (rules, from, account) = (rules(&viewer)?, known(&from)?, known(&account)?);
    let diff = match rules.copy(from, account, revision, (&viewer).into()).await {
        Ok(diff) => diff,
        Err(error) => return Err(look_again(error, rules.preview_copy(from, account)).await),
    };
    done(account, "Copied", &diff);
    Ok(diff)
}

/// Somebody changed the rules after they were looked at: what would change now comes with the refusal.
async fn look_again(error: RulesError, preview: impl Future<Output = Result<ConfigPreview, RulesError>>) -> AppError {
    let RulesError::ListChanged(conflict) = error else {
        return error.into();
    };
    let who = conflict.changed_by.as_deref().unwrap_or("Somebody");
    let at = &conflict.changed_at.clock;
    let message = format!("{who} changed the rules at {at}, while you were looking. Nothing is done yet.");
    match preview.await {
        Ok(preview) => looked(message, &preview),
        Err(error) => error.into(),
    }
}

fn looked(message: String, preview: &ConfigPreview) -> AppError {
    AppError::Conflict {
        message,
        current: serde_json::to_string(preview).ok(),
    }
}

fn point(change: &str, side: &str) -> Result<(domain::ids::ChangeId, domain::views::ChangeSide), AppError> {
    let change = change.parse().map_err(|_| AppError::NotFound)?;
    let side = super::choice("side", side, domain::views::ChangeSide::After)?;
    Ok((change, side))
}

fn done(account: AccountId, what: &str, diff: &ConfigDiff) {
    crate::flash::notify(format!("{what}. {}", diff.sentence()));
    go(&account.to_string(), "rules");
}
