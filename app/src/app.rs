//! The root of every page: what all pages share, and the routes.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{ParentRoute, Redirect, Route, Router, Routes};
use leptos_router::{SsrMode, path};

use crate::browser::{self, Unsaved};
use crate::components::{Announcer, LiveConnection, LiveRegions, Reload, ToastRegion, Toasts};
use crate::forms::RestoredForm;
use crate::operator::Operator;
use crate::pages::{self, parts};
use crate::sandbox_chat::SandboxChat;
use crate::viewer::CurrentViewer;

/// The admin UI.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let viewer = CurrentViewer::provide();
    SandboxChat::provide();
    Operator::provide();
    let announcer = Announcer::provide();
    let reload = Reload::provide();
    let connection = LiveConnection::provide();
    let toasts = Toasts::provide();
    let unsaved = Unsaved::new();
    provide_context(unsaved);
    RestoredForm::provide();

    Effect::new(move |_| {
        browser::guard_navigation(unsaved);
        if viewer.get().is_some() {
            browser::listen_for_changes(move || reload.now(), move |is_lost| connection.set_lost(is_lost));
        }
    });

    view! {
        <Title formatter=|title: String| if title.is_empty() { "Concierge".to_owned() } else { format!("{title} · Concierge") } />
        <a class="skip-link" href="#main" on:click=|_| browser::focus("#main")>"Skip to content"</a>
        <Router>
            <Routes fallback=pages::missing_page>
                <Route path=path!("/") view=|| view! { <Redirect path="/admin" /> } />
                <Route path=path!("/login") view=parts::SIGN_IN ssr=SsrMode::Async />
                <Route path=path!("/setup") view=parts::SET_UP ssr=SsrMode::Async />
                <Route path=path!("/privacy") view=parts::PRIVACY ssr=SsrMode::Async />
                <Route path=path!("/meta/data-deletion/:code") view=parts::DELETION ssr=SsrMode::Async />
                <ParentRoute path=path!("/admin") view=pages::Frame ssr=SsrMode::Async>
                    <Route path=path!("") view=parts::OVERVIEW ssr=SsrMode::Async />
                    <Route path=path!("instagram") view=parts::ACCOUNTS ssr=SsrMode::Async />
                    <Route path=path!("instagram/connect") view=parts::CONNECT ssr=SsrMode::Async />
                    <Route path=path!("instagram/:id") view=parts::ACCOUNT ssr=SsrMode::Async />
                    <Route path=path!("rules/instagram/:id") view=parts::RULES ssr=SsrMode::Async />
                    <Route path=path!("rules/instagram/:id/history") view=parts::HISTORY ssr=SsrMode::Async />
                    <Route path=path!("rules/instagram/:id/transfer") view=parts::TRANSFER ssr=SsrMode::Async />
                    <Route path=path!("persona") view=parts::PERSONA ssr=SsrMode::Async />
                    <Route path=path!("messages") view=parts::MESSAGES ssr=SsrMode::Async />
                    <Route path=path!("credits") view=parts::CREDITS ssr=SsrMode::Async />
                    <Route path=path!("settings") view=parts::SETTINGS ssr=SsrMode::Async />
                    <Route path=path!("settings/webhooks") view=parts::WEBHOOKS ssr=SsrMode::Async />
                    <Route path=path!("health") view=parts::HEALTH ssr=SsrMode::Async />
                </ParentRoute>
            </Routes>
        </Router>
        <ToastRegion toasts />
        <LiveRegions announcer />
    }
}
