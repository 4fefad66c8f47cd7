//! The rules of an account.

use domain::views::RulesPage;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::AppError;

/// The version of the list after a change of its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListSaved {
    /// Goes back with the next move.
    pub list_version: i64,
}

/// The rules in order.
#[server(prefix = "/api", endpoint = "rules/load")]
pub async fn load_rules(account: String) -> Result<RulesPage, AppError> {
    let viewer = crate::context::signed_in()?;
    let _ = (viewer, account);
    Err(AppError::NotFound)
}

/// Adds a keyword rule at the end. `keywords` are separated by commas or line ends.
#[server(prefix = "/api", endpoint = "rules/add")]
pub async fn add_rule(
    account: String,
    label: String,
    #[server(default)] keywords: String,
    #[server(default)] mode: String,
    canned: String,
) -> Result<(), AppError> {
    let viewer = crate::context::editor()?;
    let _ = (viewer, account, label, keywords, mode, canned);
    Err(AppError::NotFound)
}

/// Saves a keyword rule; `version` is the one that was being changed.
#[server(prefix = "/api", endpoint = "rules/save")]
pub async fn save_rule(
    account: String,
    rule: String,
    version: i64,
    label: String,
    #[server(default)] keywords: String,
    #[server(default)] mode: String,
    canned: String,
) -> Result<(), AppError> {
    let viewer = crate::context::editor()?;
    let _ = (viewer, account, rule, version, label, keywords, mode, canned);
    Err(AppError::NotFound)
}

/// On or off.
#[server(prefix = "/api", endpoint = "rules/toggle")]
pub async fn toggle_rule(account: String, rule: String, enabled: bool) -> Result<(), AppError> {
    let viewer = crate::context::editor()?;
    let _ = (viewer, account, rule, enabled);
    Err(AppError::NotFound)
}

/// Deletes; it can be restored for 30 days.
#[server(prefix = "/api", endpoint = "rules/delete")]
pub async fn delete_rule(account: String, rule: String) -> Result<(), AppError> {
    let viewer = crate::context::editor()?;
    let _ = (viewer, account, rule);
    Err(AppError::NotFound)
}

/// Brings a deleted rule back.
#[server(prefix = "/api", endpoint = "rules/restore")]
pub async fn restore_rule(account: String, rule: String) -> Result<(), AppError> {
    let viewer = crate::context::editor()?;
    let _ = (viewer, account, rule);
    Err(AppError::NotFound)
}

/// Moves a rule to a position, 1 is first; `list_version` is the order that was seen.
#[server(prefix = "/api", endpoint = "rules/move")]
pub async fn move_rule(account: String, rule: String, to: u32, list_version: i64) -> Result<ListSaved, AppError> {
    let viewer = crate::context::editor()?;
    let _ = (viewer, account, rule, to, list_version);
    Err(AppError::NotFound)
}
