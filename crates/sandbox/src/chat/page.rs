//! `GET /`: the whole page.

use axum::extract::{Query, State};
use axum::response::Html;
use serde::Deserialize;

use super::html::{esc, icon};
use super::view::View;
use super::{controls, explain, people, thread};
use crate::handle::SandboxHandle;

/// Which thread is shown.
#[derive(Deserialize)]
pub struct Place {
    /// User name of the account.
    pub to: Option<String>,
    /// Handle of the customer.
    #[serde(rename = "as")]
    pub customer: Option<String>,
}

/// Renders the page.
pub async fn get(State(handle): State<SandboxHandle>, Query(place): Query<Place>) -> Html<String> {
    explain::ask_once(&handle.app).await;
    let view = {
        let mut world = handle.app.world();
        View::of(&mut world, place.to.as_deref(), place.customer.as_deref())
    };
    let Some(view) = view else {
        return Html("<!doctype html><title>Sandbox</title><p>No account here.".to_owned());
    };
    let config = &handle.app.config;
    let back = config.admin_url.as_deref().map_or_else(String::new, |url| {
        format!("<a class=\"push\" href=\"{}\">Back to Concierge</a>", esc(url))
    });
    Html(format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1, viewport-fit=cover\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <title>{customer} to {account} · Sandbox chat</title>\
         <link rel=\"icon\" href=\"/chat/icon.svg\" type=\"image/svg+xml\">\
         <link rel=\"stylesheet\" href=\"/chat/tokens.css\"><link rel=\"stylesheet\" href=\"/chat/chat.css\">\
         <script src=\"/chat/chat.js\" defer></script></head><body>{SPRITE}\
         <a class=\"skip-link\" href=\"#msg\">Skip to the message box</a>\
         <header class=\"sandbox-bar\"><strong>{flask}Sandbox</strong>\
         <span>A pretend Instagram. Nobody outside this computer gets a message.</span>{back}</header>\
         <main class=\"sandbox\" id=\"main\">{people}{thread}{controls}</main>\
         <p class=\"visually-hidden\" role=\"status\" id=\"said\"></p></body></html>",
        customer = esc(&view.customer),
        account = esc(&view.account.username),
        flask = icon("flask"),
        people = people::render(&view),
        thread = thread::render(&view, &config.examples),
        controls = controls::render(&handle, &view),
    ))
}

const SPRITE: &str = include_str!("assets/sprite.svg");
