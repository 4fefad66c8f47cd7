//! Instagram accounts: what they show, their switches, their default reply and their connection.

use domain::views::{AccountPage, AccountsPage, CustomerName};
use leptos::prelude::*;

use crate::error::AppError;

/// All accounts.
#[server(prefix = "/api", endpoint = "accounts/list")]
pub async fn load_accounts() -> Result<AccountsPage, AppError> {
    let viewer = crate::context::signed_in()?;
    Ok(accounts(&viewer)?.list().await?)
}

/// One account; an id that cannot be read is an account that does not exist.
#[server(prefix = "/api", endpoint = "accounts/load")]
pub async fn load_account(account: String) -> Result<AccountPage, AppError> {
    let viewer = crate::context::signed_in()?;
    Ok(accounts(&viewer)?.page(parse_account_id(&account)?).await?)
}

/// The switch *Enabled*.
#[server(prefix = "/api", endpoint = "accounts/enable")]
pub async fn enable_account(account: String, enabled: bool) -> Result<(), AppError> {
    let viewer = crate::context::editor()?;
    accounts(&viewer)?
        .set_enabled(parse_account_id(&account)?, enabled, (&viewer).into())
        .await?;
    crate::flash::notify(if enabled {
        "The account is on."
    } else {
        "The account is off. Nothing is answered."
    });
    Ok(())
}

/// The switch *Auto-Reply Enabled*.
#[server(prefix = "/api", endpoint = "accounts/auto-reply")]
pub async fn switch_auto_reply(account: String, enabled: bool) -> Result<(), AppError> {
    let viewer = crate::context::editor()?;
    accounts(&viewer)?
        .set_auto_reply(parse_account_id(&account)?, enabled, (&viewer).into())
        .await?;
    crate::flash::notify(if enabled {
        "Auto-reply is on."
    } else {
        "Auto-reply is off. DMs are logged only."
    });
    Ok(())
}

/// The default reply; `version` is the one that was being changed. `response` is `canned` (also when empty) or `ai_prompt`.
/// Answers with the new version.
#[server(prefix = "/api", endpoint = "accounts/default-reply")]
pub async fn save_default_reply(
    account: String,
    version: i64,
    #[server(default)] response: String,
    #[server(default)] canned: String,
    #[server(default)] prompt: String,
) -> Result<i64, AppError> {
    let viewer = crate::context::editor()?;
    let account = parse_account_id(&account)?;
    let reply = super::reply(&response, &canned, &prompt)?;
    let version = accounts(&viewer)?
        .edit_default_reply(account, version, &reply, (&viewer).into())
        .await?;
    crate::flash::notify("The default reply is saved.");
    leptos_axum::redirect(&format!("/admin/instagram/{account}#default"));
    Ok(version)
}

/// How often one customer gets the default reply: `every_time` (also when empty) or `once_a_day`.
#[server(prefix = "/api", endpoint = "accounts/default-reply-frequency")]
pub async fn save_default_reply_frequency(
    account: String,
    #[server(default)] frequency: String,
) -> Result<(), AppError> {
    use domain::default_reply::DefaultReplyFrequency;

    let viewer = crate::context::editor()?;
    let account = parse_account_id(&account)?;
    let frequency = match frequency.as_str() {
        "" => DefaultReplyFrequency::default(),
        name => name
            .parse()
            .map_err(|_| AppError::invalid("frequency", "Choose one of the two."))?,
    };
    accounts(&viewer)?
        .set_default_reply_frequency(account, frequency, (&viewer).into())
        .await?;
    crate::flash::notify(format!("Saved. {}", frequency.sentence()));
    leptos_axum::redirect(&format!("/admin/instagram/{account}#default"));
    Ok(())
}

/// For how many hours Concierge keeps quiet in a conversation after a person wrote in it; 0 is off.
#[server(prefix = "/api", endpoint = "accounts/quiet-hours")]
pub async fn save_quiet_hours(account: String, #[server(default)] quiet_hours: String) -> Result<(), AppError> {
    let viewer = crate::context::editor()?;
    let account = parse_account_id(&account)?;
    let hours = super::optional_number("quiet_hours", &quiet_hours)?
        .ok_or_else(|| AppError::invalid("quiet_hours", "Type a number of hours; 0 is off."))?;
    accounts(&viewer)?
        .set_quiet_hours(account, hours, (&viewer).into())
        .await?;
    crate::flash::notify(match hours {
        0 => "Saved. Replies go on after a person wrote.".to_owned(),
        1 => "Saved. Concierge keeps quiet for 1 hour after a person wrote.".to_owned(),
        hours => format!("Saved. Concierge keeps quiet for {hours} hours after a person wrote."),
    });
    leptos_axum::redirect(&format!("/admin/instagram/{account}#people"));
    Ok(())
}

/// What happens when the checks hold back an AI answer: `kind` is `canned`, `hand_over` or `silence` (also when empty).
#[server(prefix = "/api", endpoint = "accounts/ai-fallback")]
pub async fn save_ai_fallback(
    account: String,
    #[server(default)] kind: String,
    #[server(default)] canned: String,
) -> Result<(), AppError> {
    use domain::ai_fallback::AiFallback;

    let viewer = crate::context::editor()?;
    let account = parse_account_id(&account)?;
    let choice = match kind.as_str() {
        "canned" => AiFallback::Canned(super::plain_lines(&canned)),
        "hand_over" => AiFallback::HandOver,
        "" | "silence" => AiFallback::Silence,
        _ => return Err(AppError::invalid("kind", "Choose one of the three.")),
    };
    accounts(&viewer)?
        .set_ai_fallback(account, &choice, (&viewer).into())
        .await?;
    crate::flash::notify(format!("Saved. {}", choice.sentence()));
    leptos_axum::redirect(&format!("/admin/instagram/{account}#ai"));
    Ok(())
}

/// The switch *Remember the last messages of a conversation*. Off wipes what is remembered.
#[server(prefix = "/api", endpoint = "accounts/ai-memory")]
pub async fn switch_ai_memory(account: String, enabled: bool) -> Result<(), AppError> {
    let viewer = crate::context::editor()?;
    let account = parse_account_id(&account)?;
    accounts(&viewer)?
        .set_ai_memory(account, enabled, (&viewer).into())
        .await?;
    crate::flash::notify(if enabled {
        "AI replies remember the last messages of a conversation."
    } else {
        "AI replies remember nothing. What was remembered is wiped."
    });
    leptos_axum::redirect(&format!("/admin/instagram/{account}#ai"));
    Ok(())
}

/// Automatic replies go on in a conversation that was with a person.
#[server(prefix = "/api", endpoint = "accounts/resume")]
pub async fn resume_conversation(conversation: String) -> Result<(), AppError> {
    let viewer = crate::context::editor()?;
    let conversation = conversation.parse().map_err(|_| AppError::NotFound)?;
    let account = accounts(&viewer)?.resume(conversation, (&viewer).into()).await?;
    crate::flash::notify("Resumed. The next message in this conversation is answered.");
    leptos_axum::redirect(&format!("/admin/instagram/{account}#people"));
    Ok(())
}

/// Who the customers are that are with a person: asked of Meta now or a few minutes ago, and stored nowhere.
#[server(prefix = "/api", endpoint = "accounts/customer-names")]
pub async fn load_customer_names(account: String) -> Result<Vec<CustomerName>, AppError> {
    let viewer = crate::context::signed_in()?;
    let account = parse_account_id(&account)?;
    let engine = crate::context::engine()?;
    let accounts = accounts(&viewer)?;
    Ok(accounts
        .customer_names(account, engine.channel(), engine.vault(), engine.known_customers())
        .await?)
}

/// Asks Meta about the token and wakes replies that wait for it. Answers with what the page does not show otherwise: that a lost
/// subscription was made again.
#[server(prefix = "/api", endpoint = "accounts/check")]
pub async fn check_account(account: String) -> Result<Option<String>, AppError> {
    use engine::connect::CheckResult;

    let viewer = crate::context::editor()?;
    let engine = crate::context::engine()?;
    let found = engine
        .connections()
        .check(viewer.tenant_id, parse_account_id(&account)?, (&viewer).into())
        .await?;
    crate::flash::notify(found.sentence());
    let is_news = matches!(found, CheckResult::Resubscribed { .. });
    Ok(is_news.then(|| found.sentence().to_owned()))
}

fn accounts(viewer: &domain::views::Viewer) -> Result<engine::accounts::Accounts, AppError> {
    let engine = crate::context::engine()?;
    Ok(engine::accounts::Accounts::for_tenant(
        engine.database(),
        engine.clock().clone(),
        viewer.tenant_id,
    ))
}

pub(super) fn parse_account_id(account: &str) -> Result<domain::ids::AccountId, AppError> {
    account.parse().map_err(|_| AppError::NotFound)
}
