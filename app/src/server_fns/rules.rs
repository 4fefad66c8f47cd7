//! The rules of an account. Every change answers with the rule's place and the versions to send with the next one.

use domain::views::{RuleChange, RulesPage};
use leptos::prelude::*;

use crate::error::AppError;

/// The rules in order.
#[server(prefix = "/api", endpoint = "rules/load")]
pub async fn load_rules(account: String) -> Result<RulesPage, AppError> {
    let viewer = crate::context::signed_in()?;
    Ok(rules(&viewer)?.page(super::accounts::known(&account)?).await?)
}

/// Adds a keyword rule at the end. `keywords` are separated by commas or line ends.
#[server(prefix = "/api", endpoint = "rules/add")]
pub async fn add_rule(
    account: String,
    #[server(default)] label: String,
    #[server(default)] keywords: String,
    #[server(default)] mode: String,
    #[server(default)] canned: String,
) -> Result<RuleChange, AppError> {
    let viewer = crate::context::editor()?;
    let account_id = super::accounts::known(&account)?;
    let draft = draft(label, &keywords, &mode, &canned)?;
    let change = rules(&viewer)?.add(account_id, &draft, None, (&viewer).into()).await?;
    crate::flash::notify(format!(
        "{} is added as rule {} of {}.",
        change.label, change.position, change.of
    ));
    back(&account, &change);
    Ok(change)
}

/// Saves a keyword rule; `version` is the one that was being changed.
#[server(prefix = "/api", endpoint = "rules/save")]
pub async fn save_rule(
    account: String,
    rule: String,
    version: i64,
    #[server(default)] label: String,
    #[server(default)] keywords: String,
    #[server(default)] mode: String,
    #[server(default)] canned: String,
) -> Result<RuleChange, AppError> {
    let viewer = crate::context::editor()?;
    let draft = draft(label, &keywords, &mode, &canned)?;
    let change = rules(&viewer)?
        .edit(known(&rule)?, version, &draft, (&viewer).into())
        .await?;
    crate::flash::notify(format!("{} is saved.", change.label));
    back(&account, &change);
    Ok(change)
}

/// On or off.
#[server(prefix = "/api", endpoint = "rules/toggle")]
pub async fn toggle_rule(account: String, rule: String, enabled: bool) -> Result<RuleChange, AppError> {
    let viewer = crate::context::editor()?;
    let change = rules(&viewer)?
        .set_enabled(known(&rule)?, enabled, (&viewer).into())
        .await?;
    crate::flash::notify(format!("{} is {}.", change.label, if enabled { "on" } else { "off" }));
    back(&account, &change);
    Ok(change)
}

/// Deletes; it can be restored for 30 days.
#[server(prefix = "/api", endpoint = "rules/delete")]
pub async fn delete_rule(account: String, rule: String) -> Result<RuleChange, AppError> {
    let viewer = crate::context::editor()?;
    let change = rules(&viewer)?.delete(known(&rule)?, (&viewer).into()).await?;
    crate::flash::notify(format!(
        "{} is deleted. It stays among the deleted rules for 30 days.",
        change.label
    ));
    go(&account, "deleted");
    Ok(change)
}

/// Brings a deleted rule back.
#[server(prefix = "/api", endpoint = "rules/restore")]
pub async fn restore_rule(account: String, rule: String) -> Result<RuleChange, AppError> {
    let viewer = crate::context::editor()?;
    let change = rules(&viewer)?.restore(known(&rule)?, (&viewer).into()).await?;
    crate::flash::notify(format!(
        "{} is back as rule {} of {}.",
        change.label, change.position, change.of
    ));
    back(&account, &change);
    Ok(change)
}

/// Moves a rule to a position, 1 is first; `list_version` is the order that was seen.
#[server(prefix = "/api", endpoint = "rules/move")]
pub async fn move_rule(account: String, rule: String, to: u32, list_version: i64) -> Result<RuleChange, AppError> {
    let viewer = crate::context::editor()?;
    let change = rules(&viewer)?
        .move_to(known(&rule)?, to, list_version, (&viewer).into())
        .await?;
    crate::flash::notify(format!(
        "{} is now rule {} of {}.",
        change.label, change.position, change.of
    ));
    back(&account, &change);
    Ok(change)
}

fn rules(viewer: &domain::views::Viewer) -> Result<engine::rules::Rules, AppError> {
    let engine = crate::context::engine()?;
    Ok(engine::rules::Rules::for_tenant(
        engine.database(),
        engine.clock().clone(),
        viewer.tenant_id,
    ))
}

fn known(rule: &str) -> Result<domain::ids::RuleId, AppError> {
    rule.parse().map_err(|_| AppError::NotFound)
}

/// What was typed, as a draft; the engine checks it.
fn draft(label: String, keywords: &str, mode: &str, canned: &str) -> Result<domain::rules::RuleDraft, AppError> {
    use domain::rules::{KeywordMatcher, MatchMode, Matcher, Response, RuleDraft, split_keywords};

    let mode = match mode {
        "" => MatchMode::default(),
        mode => mode
            .parse()
            .map_err(|_| AppError::invalid("mode", "Choose how to compare from the list."))?,
    };
    Ok(RuleDraft {
        label,
        matcher: Matcher::Keywords(KeywordMatcher {
            keywords: split_keywords(keywords),
            mode,
        }),
        response: Response::Canned(super::plain_lines(canned)),
        enabled: true,
        leave_to_person: false,
    })
}

/// Without WebAssembly the page comes back at the rule.
fn back(account: &str, change: &RuleChange) {
    go(account, &format!("rule-{}", change.rule));
}

fn go(account: &str, fragment: &str) {
    if let Ok(account) = account.parse::<domain::ids::AccountId>() {
        leptos_axum::redirect(&format!("/admin/rules/instagram/{account}#{fragment}"));
    }
}
