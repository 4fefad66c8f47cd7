//! Connecting an account, testing the connection, ending it.

use domain::views::{AccountData, ConnectPage, ConnectStep, LiveTest};
use leptos::prelude::*;

use super::accounts::parse_account_id;
use crate::error::AppError;
use crate::queries::ConnectQuery;

const PAGE: &str = "/admin/instagram/connect";

/// The current step of a Facebook Login attempt, or the first one.
#[server(prefix = "/api", endpoint = "connect/load")]
pub async fn load_connect(query: ConnectQuery) -> Result<ConnectPage, AppError> {
    use engine::connect::Connections;

    let login = crate::context::login_context()?;
    if let Ok(kind) = query.problem.parse() {
        return Ok(Connections::problem_page(kind));
    }
    let engine = crate::context::engine()?;
    let attempt = Some(&*query.attempt).filter(|attempt| !attempt.is_empty());
    Ok(engine.connections().page(&login, attempt).await?)
}

/// Connects the chosen Pages.
#[server(prefix = "/api", endpoint = "connect/choose")]
pub async fn choose_pages(
    #[server(rename = "visit")] attempt: String,
    #[server(default)] pages: Vec<String>,
) -> Result<ConnectPage, AppError> {
    let login = crate::context::login_context()?;
    if pages.is_empty() {
        return Err(AppError::invalid("pages", "Choose at least one account."));
    }
    let engine = crate::context::engine()?;
    Ok(redirect_to_step(
        engine.connections().choose(&login, &attempt, &pages).await?,
    ))
}

/// Reads the Pages again without a second sign-in.
#[server(prefix = "/api", endpoint = "connect/look-again")]
pub async fn look_again(#[server(rename = "visit")] attempt: String) -> Result<ConnectPage, AppError> {
    let login = crate::context::login_context()?;
    let engine = crate::context::engine()?;
    Ok(redirect_to_step(
        engine.connections().look_again(&login, &attempt).await?,
    ))
}

/// Ends a connection; `data` is `keep` or `delete`.
#[server(prefix = "/api", endpoint = "accounts/disconnect")]
pub async fn disconnect_account(account: String, #[server(default)] data: String) -> Result<(), AppError> {
    let viewer = crate::context::manager()?;
    let engine = crate::context::engine()?;
    let (data, notice) = match &*data {
        "keep" => (
            AccountData::Keep,
            "The account is disconnected. Its rules and replies are kept.",
        ),
        "delete" => (
            AccountData::Delete,
            "The account is disconnected and its data is deleted.",
        ),
        _ => return Err(AppError::invalid("data", "Choose whether its data is kept.")),
    };
    let account = parse_account_id(&account)?;
    let connections = engine.connections();
    connections
        .disconnect(viewer.tenant_id, account, data, (&viewer).into())
        .await?;
    crate::flash::notify(notice);
    leptos_axum::redirect("/admin/instagram");
    Ok(())
}

/// Waits for a DM from now on.
#[server(prefix = "/api", endpoint = "accounts/test")]
pub async fn start_live_test(account: String) -> Result<(), AppError> {
    let viewer = crate::context::editor()?;
    let engine = crate::context::engine()?;
    let account = parse_account_id(&account)?;
    engine.connections().start_test(viewer.tenant_id, account).await?;
    leptos_axum::redirect(&format!("/admin/instagram/{account}#live-test"));
    Ok(())
}

/// The state of the live test; none before the first.
#[server(prefix = "/api", endpoint = "accounts/test-state")]
pub async fn load_live_test(account: String) -> Result<Option<LiveTest>, AppError> {
    let viewer = crate::context::signed_in()?;
    let engine = crate::context::engine()?;
    Ok(engine
        .connections()
        .test(viewer.tenant_id, parse_account_id(&account)?)
        .await?)
}

/// Without WebAssembly the browser is sent to the page that shows the same.
fn redirect_to_step(page: ConnectPage) -> ConnectPage {
    let address = match (&page.attempt, &page.step) {
        (Some(attempt), _) => format!("{PAGE}?visit={attempt}"),
        (None, ConnectStep::Problem { problem }) => format!("{PAGE}?problem={}", problem.kind),
        (None, _) => PAGE.to_owned(),
    };
    leptos_axum::redirect(&address);
    page
}
