//! What happens on Facebook's side: passwords, permissions, links. Connecting again from Concierge repairs it.

use axum::extract::{Form, State};
use axum::response::Response;
use serde::Deserialize;

use super::forms::done;
use super::html::hidden;
use super::view::View;
use crate::handle::{LifeEvent, SandboxHandle};

/// The value of a button and its label.
const EVENTS: [(&str, &str); 7] = [
    ("password", "Change the Facebook password"),
    ("app", "Remove the app in Facebook’s settings"),
    ("untick", "Leave this Page out"),
    ("expire", "Let the Page’s token expire in 5 days"),
    ("scope", "Take “manage messages” away"),
    ("move", "Link this account to another Page"),
    ("revive", "Make every token work again"),
];

const FIVE_DAYS: i64 = 5 * 86_400;

/// The card as HTML.
pub fn render(view: &View) -> String {
    let place = hidden("to", &view.account.username) + &hidden("as", &view.customer);
    let buttons: String = EVENTS
        .iter()
        .map(|(name, words)| {
            format!("<button class=\"btn btn--sm btn--block\" name=\"what\" value=\"{name}\">{words}</button>")
        })
        .collect();
    format!(
        "<form class=\"card\" method=\"post\" action=\"/chat/life\" data-live>{place}\
         <div class=\"card__head\"><h2 class=\"card__title\">At Facebook</h2></div>\
         <div class=\"stack stack--2\">{buttons}</div></form>"
    )
}

/// The button that was pressed.
#[derive(Deserialize)]
pub struct EventForm {
    to: String,
    #[serde(rename = "as")]
    customer: String,
    what: String,
}

/// Applies the event of the button.
pub async fn apply_event(State(handle): State<SandboxHandle>, Form(form): Form<EventForm>) -> Response {
    let page = form.to.clone();
    let event = match form.what.as_str() {
        "password" => LifeEvent::ChangePassword { user: None },
        "app" => LifeEvent::RemoveApp { user: None },
        "untick" => LifeEvent::UntickPage { page },
        "scope" => LifeEvent::RemovePermission {
            scope: "instagram_manage_messages".to_owned(),
        },
        "expire" => LifeEvent::ExpirePageTokens {
            page,
            at: handle.now_ms() / 1000 + FIVE_DAYS,
        },
        "move" => LifeEvent::MoveAccount {
            to: free_page(&handle).unwrap_or_else(|| page.clone()),
            account: page,
        },
        _ => LifeEvent::Revive,
    };
    let result = handle.life(&event);
    if form.what == "app" && result.is_ok() {
        // Meta tells the app; the event holds without an answer too.
        handle.deauthorize(crate::state::facebook::USER_ID).await;
    }
    done(result, &form.to, &form.customer)
}

/// A Page that no Instagram account is linked to.
fn free_page(handle: &SandboxHandle) -> Option<String> {
    let world = handle.app.world();
    let page = world.pages.iter().find(|page| page.ig.is_none())?;
    Some(page.page_id.clone())
}
