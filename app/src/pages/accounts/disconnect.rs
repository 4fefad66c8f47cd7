//! Disconnecting an account: a confirmation with the choice to keep or delete rules, replies and log.

use domain::ids::AccountId;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use crate::browser;
use crate::components::{Announcer, ConfirmDialog, Icon};
use crate::endpoints;
use crate::forms::{FormError, FormState, Outcome, PostForm};

const FORM: &str = "disconnect";

/// Whether the dialog is open: after a click, or by the address without WebAssembly.
pub(super) fn dialog_open_by_address() -> RwSignal<bool> {
    RwSignal::new(use_query_map().with_untracked(|query| query.get("disconnect").is_some()))
}

/// Opens the dialog; a link, so that it works without WebAssembly.
#[component]
pub fn DisconnectLink(dialog_open: RwSignal<bool>, #[prop(into)] connected: Signal<bool>) -> impl IntoView {
    view! {
        <a
            class="btn btn--sm t-bad"
            role="button"
            href="?disconnect=ask"
            on:click=move |event| {
                event.prevent_default();
                dialog_open.set(true);
            }
            on:keydown=browser::click_on_space
        >
            <Icon name="unlink" />
            {move || if connected.get() { "Disconnect …" } else { "Delete its data …" }}
        </a>
    }
    .into_any()
}

/// The confirmation.
#[component]
pub fn DisconnectDialog(
    id: AccountId,
    #[prop(into)] name: Signal<String>,
    dialog_open: RwSignal<bool>,
    /// Replies that wait now and would not be sent.
    #[prop(into)]
    waiting: Signal<u32>,
    #[prop(into)] connected: Signal<bool>,
) -> impl IntoView {
    let state = FormState::new(FORM, endpoints::DISCONNECT_ACCOUNT);
    let announcer = Announcer::expect();
    let disconnected = RwSignal::new(false);
    let navigate = use_navigate();
    Effect::new(move |_| {
        if disconnected.get() {
            navigate("/admin/instagram", NavigateOptions::default());
        }
    });
    let on_done = Callback::new(move |outcome: Outcome| {
        if outcome.is_ok() {
            dialog_open.set(false);
            announcer.say(format!("{} is disconnected.", name.get_untracked()));
            disconnected.set(true);
        }
    });
    let title = Signal::derive(move || {
        if connected.get() {
            format!("Disconnect {}?", name.get())
        } else {
            format!("Delete the data of {}?", name.get())
        }
    });
    let body = move || question(state, waiting.get(), connected.get());
    view! {
        <ConfirmDialog
            open=dialog_open
            id="ask-disconnect".to_owned()
            title
            body
            keep=if connected.get_untracked() { "Keep it connected" } else { "Keep it" }
        >
            <PostForm state on_done>
                <input type="hidden" name="account" value=id.to_string() />
                <button class="btn btn--danger" type="submit">
                    {move || if connected.get() { "Disconnect" } else { "Delete now" }}
                </button>
            </PostForm>
        </ConfirmDialog>
    }
    .into_any()
}

fn question(state: FormState, waiting: u32, connected: bool) -> AnyView {
    if !connected {
        return view! {
            <p>"Rules, default reply and the log of this account go for good. The credits it used stay in your ledger."</p>
            <input type="hidden" name="data" value="delete" form=FORM />
            <FormError state />
        }
        .into_any();
    }
    let lost_replies = match waiting {
        0 => None,
        1 => Some("1 reply is waiting and will not be sent. Its credit comes back.".to_owned()),
        many => Some(format!(
            "{many} replies are waiting and will not be sent. Their credits come back."
        )),
    };
    view! {
        <p>"It stops answering at once, and its token is deleted. What should happen to the rest?"</p>
        <fieldset class="stack stack--2">
            <legend class="visually-hidden">"Rules, default reply and history"</legend>
            {choice("keep", "Keep rules, default reply and history", "For 30 days: connecting again brings everything back.")}
            {choice("delete", "Delete them now", "They go for good. The credits it used stay in your ledger.")}
        </fieldset>
        {lost_replies
            .map(|lost_replies| {
                view! {
                    <p class="note">
                        <Icon name="clock" />
                        {lost_replies}
                    </p>
                }
            })}
        <FormError state />
    }
    .into_any()
}

/// Outside of the form's element, and part of it by its `form` attribute.
fn choice(value: &'static str, name: &'static str, help: &'static str) -> AnyView {
    view! {
        <label class="choice">
            <input type="radio" name="data" value=value checked=value == "keep" form=FORM />
            <span class="choice__body">
                <strong>{name}</strong>
                <span class="muted small"><br />{help}</span>
            </span>
        </label>
    }
    .into_any()
}
