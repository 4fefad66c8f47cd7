//! The answers to changes of a whole reply config: what would change, and what was done.

use domain::ids::AccountId;
use domain::reply_config::ConfigDiff;
use domain::views::ConfigPreview;
use engine::rules::RulesError;

use super::rules::redirect_to_rules;
use crate::error::AppError;

/// The rules changed since the preview: the conflict holds a new one.
pub(super) async fn refresh_preview(
    error: RulesError,
    preview: impl Future<Output = Result<ConfigPreview, RulesError>>,
) -> AppError {
    let RulesError::ListChanged(conflict) = error else {
        return error.into();
    };
    let who = conflict.changed_by.as_deref().unwrap_or("Somebody");
    let at = &conflict.changed_at.clock;
    let message = format!("{who} changed the rules at {at}, while you were looking. Nothing is done yet.");
    match preview.await {
        Ok(preview) => preview_conflict(message, &preview),
        Err(error) => error.into(),
    }
}

pub(super) fn preview_conflict(message: String, preview: &ConfigPreview) -> AppError {
    AppError::Conflict {
        message,
        current: serde_json::to_string(preview).ok(),
    }
}

pub(super) fn finish(account: AccountId, what: &str, diff: &ConfigDiff) {
    crate::flash::notify(format!("{what}. {}", diff.sentence()));
    redirect_to_rules(&account.to_string(), "rules");
}
