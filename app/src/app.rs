//! The root of every page: what all pages share, and the routes.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{ParentRoute, Redirect, Route, Router, Routes};
use leptos_router::{SsrMode, path};

use crate::browser::{self, Unsaved};
use crate::components::{Announcer, LiveRegions, Reload, ToastRegion, Toasts};
use crate::forms::CameBack;
use crate::pages;
use crate::viewer::CurrentViewer;

/// The admin UI.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let viewer = CurrentViewer::provide();
    let announcer = Announcer::provide();
    let reload = Reload::provide();
    let toasts = Toasts::provide();
    let unsaved = Unsaved::new();
    provide_context(unsaved);
    CameBack::provide();

    Effect::new(move |_| {
        browser::mark_hydrated();
        browser::guard_leaving(unsaved);
        if viewer.get().is_some() {
            browser::listen_for_changes(move || reload.now());
        }
    });

    view! {
        <Title formatter=|title: String| if title.is_empty() { "Concierge".to_owned() } else { format!("{title} · Concierge") } />
        <a class="skip-link" href="#main" on:click=|_| browser::focus("#main")>"Skip to content"</a>
        <Router>
            <Routes fallback=pages::missing_page>
                <Route path=path!("/") view=|| view! { <Redirect path="/admin" /> } />
                <Route path=path!("/login") view=pages::SignInPage ssr=SsrMode::Async />
                <Route path=path!("/setup") view=pages::SetUpPage ssr=SsrMode::Async />
                <Route path=path!("/privacy") view=pages::PrivacyPage ssr=SsrMode::Async />
                <Route path=path!("/meta/data-deletion/:code") view=pages::DeletionPage ssr=SsrMode::Async />
                <ParentRoute path=path!("/admin") view=pages::Frame ssr=SsrMode::Async>
                    <Route path=path!("") view=pages::OverviewPage ssr=SsrMode::Async />
                    <Route path=path!("instagram") view=pages::AccountsPage ssr=SsrMode::Async />
                    <Route path=path!("instagram/connect") view=pages::ConnectPage ssr=SsrMode::Async />
                    <Route path=path!("instagram/:id") view=pages::AccountPage ssr=SsrMode::Async />
                    <Route path=path!("rules/instagram/:id") view=pages::RulesPage ssr=SsrMode::Async />
                    <Route path=path!("rules/instagram/:id/history") view=pages::HistoryPage ssr=SsrMode::Async />
                    <Route path=path!("rules/instagram/:id/transfer") view=pages::TransferPage ssr=SsrMode::Async />
                    <Route path=path!("messages") view=pages::MessagesPage ssr=SsrMode::Async />
                    <Route path=path!("credits") view=pages::CreditsPage ssr=SsrMode::Async />
                    <Route path=path!("settings") view=pages::SettingsPage ssr=SsrMode::Async />
                    <Route path=path!("health") view=pages::HealthPage ssr=SsrMode::Async />
                </ParentRoute>
            </Routes>
        </Router>
        <ToastRegion toasts />
        <LiveRegions announcer />
    }
}
