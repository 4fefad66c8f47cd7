//! The dialog as a page: plain HTML that works without a script.

use super::login_dialog::Dialog;
use crate::chat::html::{esc, hidden};
use crate::state::facebook::USER_ID;
use crate::state::world::World;

/// The page for `dialog`; `query` goes back with the form.
pub fn render(world: &World, dialog: &Dialog, query: &str) -> String {
    let before = world.facebook.grants.get(USER_ID);
    let pages: String = world
        .pages
        .iter()
        .map(|page| {
            let linked = page.ig.as_ref().map_or_else(
                || "no Instagram account".to_owned(),
                |ig| format!("Instagram: {}", ig.username),
            );
            let ticked = before.is_none_or(|grant| grant.pages.contains(&page.page_id));
            tick("page", &page.page_id, &page.name, &linked, ticked)
        })
        .collect();
    let scopes: String = dialog
        .scopes
        .iter()
        .map(|scope| {
            let declined = before.is_some_and(|grant| grant.declined.contains(scope));
            tick("scope", scope, label(scope), scope, dialog.rerequest || !declined)
        })
        .collect();
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>Log in with Facebook · Sandbox</title>\
         <link rel=\"icon\" href=\"/chat/icon.svg\" type=\"image/svg+xml\">\
         <link rel=\"stylesheet\" href=\"/chat/tokens.css\"><link rel=\"stylesheet\" href=\"/chat/chat.css\"></head><body>\
         <header class=\"sandbox-bar\"><strong>Sandbox</strong><span>A pretend Facebook. Nothing leaves this computer.</span></header>\
         <main class=\"dialog\" id=\"main\"><form class=\"card stack\" method=\"post\" action=\"oauth\">\
         <h1>Concierge wants to manage your messages</h1><p>Robin Sandbox is signed in.</p>{query}\
         <fieldset class=\"stack stack--2\"><legend>Pages</legend>{pages}</fieldset>\
         <fieldset class=\"stack stack--2\"><legend>Permissions</legend>{scopes}</fieldset>\
         <button class=\"btn btn--primary btn--block\" name=\"decision\" value=\"approve\">Continue as Robin</button>\
         <button class=\"btn btn--block\" name=\"decision\" value=\"deny\">Cancel</button>\
         </form></main></body></html>",
        query = hidden("dialog", query),
    )
}

/// Facebook's dialog speaks of permissions in words.
fn label(scope: &str) -> &str {
    match scope {
        "instagram_basic" => "See your Instagram profile",
        "instagram_manage_messages" => "Manage Instagram messages",
        "pages_manage_metadata" => "Receive events for the Page",
        "pages_messaging" => "Message as the Page",
        "pages_show_list" => "See your Pages",
        "pages_read_engagement" => "Read what is on the Page",
        "business_management" => "See Pages of a business portfolio",
        other => other,
    }
}

fn tick(name: &str, value: &str, label: &str, note: &str, ticked: bool) -> String {
    let checked = if ticked { " checked" } else { "" };
    let note = if note.is_empty() {
        String::new()
    } else {
        format!(" <span>{}</span>", esc(note))
    };
    format!(
        "<label class=\"tick\"><input type=\"checkbox\" name=\"{name}\" value=\"{}\"{checked}><span>{}{note}</span></label>",
        esc(value),
        esc(label),
    )
}
