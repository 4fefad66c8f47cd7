//! What happens on Facebook's side: passwords, permissions, links. Signing in anew from Concierge repairs it.

use axum::extract::{Form, State};
use axum::response::Response;
use serde::Deserialize;

use super::forms::done;
use super::html::hidden;
use super::view::View;
use crate::handle::{LifeEvent, SandboxHandle};

/// Name of the button, its words, and what it lets happen to a Page.
const HAPPENINGS: [(&str, &str); 7] = [
    ("password", "Change the Facebook password"),
    ("app", "Remove the app in Facebook’s settings"),
    ("untick", "Leave this Page out"),
    ("expire", "Let the Page’s token expire in 5 days"),
    ("scope", "Take “manage messages” away"),
    ("move", "Link this account to another Page"),
    ("revive", "Make every token work again"),
];

const FIVE_DAYS: i64 = 5 * 86_400;

pub fn render(view: &View) -> String {
    let place = hidden("to", &view.account.username) + &hidden("as", &view.customer);
    let buttons: String = HAPPENINGS
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

#[derive(Deserialize)]
pub struct Happening {
    to: String,
    #[serde(rename = "as")]
    customer: String,
    what: String,
}

pub async fn happen(State(handle): State<SandboxHandle>, Form(form): Form<Happening>) -> Response {
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
        // Meta tells the app; that nobody listens is a case of its own.
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
