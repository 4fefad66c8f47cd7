//! Pages whose code the browser fetches when they are opened: the WebAssembly is split into a main file and a few parts.
//!
//! Pages that are often opened after one another share a part. What several parts need lies in files of its own, one for each set
//! of parts, so more parts mean many more files.

use std::pin::Pin;

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::ChooseView;

use super::error_page;
use crate::error::AppError;

type Drawn = Pin<Box<dyn Future<Output = Result<AnyView, SplitLoaderError>>>>;
type Fetched = Pin<Box<dyn Future<Output = Result<(), SplitLoaderError>>>>;

/// A page in a part of the WebAssembly. One type for all, so that the router's code for it exists once.
#[derive(Clone, Copy)]
pub struct PageInPart {
    part: &'static str,
    draw: fn() -> Drawn,
    fetch: fn() -> Fetched,
    /// What else rendering needs.
    before: Option<fn() -> Fetched>,
}

impl ChooseView for PageInPart {
    async fn choose(self) -> AnyView {
        preload_part(self.part);
        let ready = match self.before {
            Some(before) => before().await,
            None => Ok(()),
        };
        let page = match ready {
            Ok(()) => (self.draw)().await,
            Err(error) => Err(error),
        };
        #[cfg(feature = "hydrate")]
        {
            crate::browser::restore_rendered_page();
            if page.is_err() && !crate::browser::is_hydrated() {
                // What the server rendered stays: its links lead and its forms save.
                std::future::pending::<()>().await;
            }
        }
        page.unwrap_or_else(|_| not_fetched())
    }

    async fn preload(&self) {
        // Rendering tries again, and shows the error if that fails too.
        let _ = (self.fetch)().await;
    }
}

/// The server's answer names the files of the part, so that the browser need not find out by running the main file.
fn preload_part(part: &'static str) {
    #[cfg(feature = "ssr")]
    crate::package::name_files_of(part);
    #[cfg(not(feature = "ssr"))]
    let _ = part;
}

fn not_fetched() -> AnyView {
    error_page(AppError::unavailable(
        "This page could not be fetched. Check your connection, then try again.",
    ))
}

macro_rules! pages_in_parts {
    ($( $(#[$meta:meta])* $PAGE:ident = $Page:ident, $draw:ident, $fetch:ident in $part:ident; )+) => { $(
        #[wasm_split($part, wasm_split_path = ::leptos::wasm_split, preload($fetch), fallible)]
        fn $draw() -> Result<AnyView, SplitLoaderError> {
            Ok(super::$Page().into_any())
        }

        $(#[$meta])*
        pub const $PAGE: PageInPart = PageInPart {
            part: stringify!($part),
            draw: || Box::pin($draw()),
            fetch: || Box::pin($fetch()),
            before: None,
        };
    )+ };
}

pages_in_parts! {
    /// Signing in.
    SIGN_IN = SignInPage, draw_sign_in, fetch_sign_in in public;
    /// The first account.
    SET_UP = SetUpPage, draw_set_up, fetch_set_up in public;
    /// How data is treated.
    PRIVACY = PrivacyPage, draw_privacy, fetch_privacy in public;
    /// What became of a request to delete data.
    DELETION = DeletionPage, draw_deletion, fetch_deletion in public;
    /// The state of the whole tenant.
    OVERVIEW = OverviewPage, draw_overview, fetch_overview in dashboard;
    /// The log.
    MESSAGES = MessagesPage, draw_messages, fetch_messages in dashboard;
    /// Balance and ledger.
    CREDITS = CreditsPage, draw_credits, fetch_credits in dashboard;
    /// How AI replies sound.
    PERSONA = PersonaPage, draw_persona, fetch_persona in persona;
    /// All accounts.
    ACCOUNTS = AccountsPage, draw_accounts, fetch_accounts in accounts;
    /// One account.
    ACCOUNT = AccountPage, draw_account, fetch_account in accounts;
    /// The state of all connections.
    HEALTH = HealthPage, draw_health, fetch_health in accounts;
    /// Facebook Login, step by step.
    CONNECT = ConnectPage, draw_connect, fetch_connect in setup;
    /// What can be set.
    SETTINGS = SettingsPage, draw_settings, fetch_settings in setup;
    /// The receivers of outgoing webhooks.
    WEBHOOKS = WebhooksPage, draw_webhooks, fetch_webhooks in setup;
    /// The rules of an account, as they are saved.
    SAVED_RULES = RulesPage, draw_rules, fetch_rules in rules;
    /// The history of an account's rules.
    HISTORY = HistoryPage, draw_history, fetch_history in rules;
    /// Rules as a file.
    TRANSFER = TransferPage, draw_transfer, fetch_transfer in rules;
}

/// The rules of an account.
pub const RULES: PageInPart = PageInPart {
    before: Some(|| Box::pin(super::rules::fetch_if_unsaved())),
    ..SAVED_RULES
};
