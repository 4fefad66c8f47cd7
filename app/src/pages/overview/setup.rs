//! The way from nothing to the first answered DM, line by line, live.

use domain::views::Checklist;
use leptos::prelude::*;

use crate::components::{ChatLink, CheckList, Handle};
use crate::sandbox_chat::chat_address;

/// The checklist, large while something is missing.
#[component]
pub fn SetupChecklist(checklist: Checklist) -> impl IntoView {
    let count = format!("{} of {}", checklist.done, checklist.lines.len());
    let chat = checklist.account.as_ref().map(|account| account.username.clone());
    let chat = chat.filter(|_| chat_address(None).is_some());
    let title = match (checklist.complete, checklist.account) {
        (false, Some(account)) => view! { "Set up " <Handle name=account.username /> }.into_any(),
        (false, None) => "Set up your first account".into_any(),
        (true, Some(account)) => view! { <Handle name=account.username /> " is ready to answer" }.into_any(),
        (true, None) => "Ready to answer".into_any(),
    };
    view! {
        <section class="card" aria-labelledby="setup-title">
            <div class="card__head">
                <h2 class="card__title" id="setup-title">{title}</h2>
                <span class="subtle small num">{count}</span>
            </div>
            <CheckList lines=checklist.lines />
            {chat
                .map(|username| {
                    view! {
                        <div class="card__foot">
                            <span class="muted small">"A pretend Instagram: write a DM as a customer and watch the reply arrive."</span>
                            <ChatLink class="btn btn--sm" username />
                        </div>
                    }
                })}
        </section>
    }
    .into_any()
}
