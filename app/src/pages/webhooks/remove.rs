//! Deleting a receiver, with a question.

use domain::views::WebhookEndpointCard;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::browser;
use crate::components::{Announcer, ConfirmDialog};
use crate::endpoints;
use crate::forms::{FormError, FormState, Outcome, PostForm};

/// The link and its dialog; without WebAssembly the address opens it.
#[component]
pub(super) fn Remove(card: Memo<WebhookEndpointCard>) -> impl IntoView {
    let id = untrack(|| card.with(|card| card.id)).to_string();
    let asked = use_query_map().with_untracked(|query| query.get("delete").is_some_and(|asked| asked == id));
    let open = RwSignal::new(asked);
    let state = FormState::new(format!("delete-webhook-{id}"), endpoints::DELETE_WEBHOOK);
    let announcer = Announcer::expect();
    let on_done = Callback::new(move |outcome: Outcome| {
        if outcome.is_ok() {
            open.set(false);
            announcer.say("The receiver is deleted.");
        }
    });
    let title = Signal::derive(move || format!("Delete {}?", card.with(|card| card.url.clone())));
    let body = move || {
        view! {
            <p>"It is told nothing any more. Its secret and its log go for good, and what waits is not sent."</p>
            <FormError state />
        }
    };
    let endpoint = StoredValue::new(id.clone());
    view! {
        <a
            class="btn btn--sm t-bad"
            role="button"
            href=format!("?delete={id}")
            on:click=move |event| {
                event.prevent_default();
                open.set(true);
            }
            on:keydown=browser::click_on_space
        >
            "Delete …"
        </a>
        <ConfirmDialog open id=format!("ask-delete-webhook-{id}") title body keep="Keep it">
            <PostForm state on_done>
                <input type="hidden" name="endpoint" value=endpoint.get_value() />
                <button class="btn btn--danger" type="submit">"Delete"</button>
            </PostForm>
        </ConfirmDialog>
    }
    .into_any()
}
