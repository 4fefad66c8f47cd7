//! Several rules of one account at once: each function is one change. `chosen` are the ticked boxes of the list.

use domain::ids::{AccountId, RuleId};
use domain::views::RulesChange;
use leptos::prelude::*;

use super::accounts::parse_account_id;
use super::rules::{parse_rule_id, redirect_to_rules, rules};
use crate::error::AppError;

/// On or off.
#[server(prefix = "/api", endpoint = "rules/switch-chosen")]
pub async fn switch_chosen(
    account: String,
    #[server(default)] chosen: Vec<String>,
    enabled: bool,
) -> Result<RulesChange, AppError> {
    let viewer = crate::context::editor()?;
    let (account, chosen) = parse(&account, &chosen)?;
    let change = rules(&viewer)?
        .switch_chosen(account, &chosen, enabled, (&viewer).into())
        .await?;
    announce(account, &change);
    Ok(change)
}

/// To a `place`: `top`, `bottom`, or `number`, which is `to` then (1 is first).
#[server(prefix = "/api", endpoint = "rules/move-chosen")]
pub async fn move_chosen(
    account: String,
    #[server(default)] chosen: Vec<String>,
    place: String,
    #[server(default)] to: String,
    list_version: i64,
) -> Result<RulesChange, AppError> {
    let viewer = crate::context::editor()?;
    let (account, chosen) = parse(&account, &chosen)?;
    let to = match place.as_str() {
        "top" => 1,
        "bottom" => u32::MAX,
        _ => super::optional_number("to", &to)?.ok_or_else(|| AppError::invalid("to", "Type a whole number."))?,
    };
    let change = rules(&viewer)?
        .move_chosen(account, &chosen, to, list_version, (&viewer).into())
        .await?;
    announce(account, &change);
    Ok(change)
}

/// Deletes; they can be restored for 30 days.
#[server(prefix = "/api", endpoint = "rules/delete-chosen")]
pub async fn delete_chosen(account: String, #[server(default)] chosen: Vec<String>) -> Result<RulesChange, AppError> {
    let viewer = crate::context::editor()?;
    let (account, chosen) = parse(&account, &chosen)?;
    let change = rules(&viewer)?
        .delete_chosen(account, &chosen, (&viewer).into())
        .await?;
    let sentence = &change.sentence;
    crate::flash::notify(format!(
        "{sentence} The deleted rules below can be brought back for 30 days."
    ));
    redirect_to_rules(&account.to_string(), "deleted");
    Ok(change)
}

/// Brings deleted rules back.
#[server(prefix = "/api", endpoint = "rules/restore-chosen")]
pub async fn restore_chosen(account: String, #[server(default)] chosen: Vec<String>) -> Result<RulesChange, AppError> {
    let viewer = crate::context::editor()?;
    let (account, chosen) = parse(&account, &chosen)?;
    let change = rules(&viewer)?
        .restore_chosen(account, &chosen, (&viewer).into())
        .await?;
    announce(account, &change);
    Ok(change)
}

/// Adds copies at the end of the list of `into`.
#[server(prefix = "/api", endpoint = "rules/copy-chosen")]
pub async fn copy_chosen(
    account: String,
    #[server(default)] chosen: Vec<String>,
    into: String,
) -> Result<RulesChange, AppError> {
    let viewer = crate::context::editor()?;
    let (account, chosen) = parse(&account, &chosen)?;
    let change = rules(&viewer)?
        .copy_chosen(account, &chosen, parse_account_id(&into)?, (&viewer).into())
        .await?;
    announce(account, &change);
    Ok(change)
}

fn parse(account: &str, chosen: &[String]) -> Result<(AccountId, Vec<RuleId>), AppError> {
    let chosen: Result<Vec<_>, _> = chosen.iter().map(|rule| parse_rule_id(rule)).collect();
    Ok((parse_account_id(account)?, chosen?))
}

fn announce(account: AccountId, change: &RulesChange) {
    crate::flash::notify(change.sentence.clone());
    redirect_to_rules(&account.to_string(), "rules");
}
