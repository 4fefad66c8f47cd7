//! Instagram accounts: what they show, their switches, their default reply and their connection.

use domain::views::{AccountPage, AccountsPage};
use leptos::prelude::*;

use crate::error::AppError;

/// All accounts.
#[server(prefix = "/api", endpoint = "accounts/list")]
pub async fn load_accounts() -> Result<AccountsPage, AppError> {
    let viewer = crate::context::signed_in()?;
    let _ = viewer;
    Err(AppError::NotFound)
}

/// One account; an id that cannot be read is an account that does not exist.
#[server(prefix = "/api", endpoint = "accounts/load")]
pub async fn load_account(account: String) -> Result<AccountPage, AppError> {
    let viewer = crate::context::signed_in()?;
    let _ = (viewer, account);
    Err(AppError::NotFound)
}

/// The switch *Enabled*.
#[server(prefix = "/api", endpoint = "accounts/enable")]
pub async fn enable_account(account: String, enabled: bool) -> Result<(), AppError> {
    let viewer = crate::context::editor()?;
    let _ = (viewer, account, enabled);
    Err(AppError::NotFound)
}

/// The switch *Auto-Reply Enabled*.
#[server(prefix = "/api", endpoint = "accounts/auto-reply")]
pub async fn switch_auto_reply(account: String, enabled: bool) -> Result<(), AppError> {
    let viewer = crate::context::editor()?;
    let _ = (viewer, account, enabled);
    Err(AppError::NotFound)
}

/// The canned default reply; `version` is the one that was being changed.
#[server(prefix = "/api", endpoint = "accounts/default-reply")]
pub async fn save_default_reply(account: String, canned: String, version: i64) -> Result<(), AppError> {
    let viewer = crate::context::editor()?;
    let _ = (viewer, account, canned, version);
    Err(AppError::NotFound)
}

/// Asks Meta about the token and wakes replies that wait for it.
#[server(prefix = "/api", endpoint = "accounts/check")]
pub async fn check_account(account: String) -> Result<(), AppError> {
    let viewer = crate::context::editor()?;
    let _ = (viewer, account);
    Err(AppError::NotFound)
}
