//! The two switches of an account.

use domain::ids::AccountId;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::components::{Announcer, ConfirmDialog};
use crate::endpoints;
use crate::forms::{FormError, FormState, Outcome, PostForm, SwitchForm};
use crate::viewer::may_edit;

/// *Enabled*: the master switch.
#[component]
pub fn EnabledSwitch(
    id: AccountId,
    #[prop(into)] name: Signal<String>,
    #[prop(into)] on: Signal<bool>,
    /// On a card: without the help text.
    #[prop(optional)]
    compact: bool,
) -> impl IntoView {
    let state = FormState::new(format!("enabled-{id}"), endpoints::ENABLE_ACCOUNT);
    let requested = use_query_map().with_untracked(|query| {
        query.get_str("enabled") == Some("false") && query.get("account") == Some(id.to_string())
    });
    let dialog_open = RwSignal::new(requested && on.get_untracked());
    view! {
        <SwitchOffDialog id name dialog_open />
        <Setting
            id
            state
            on
            subject=Signal::derive(move || name.get())
            label="Enabled"
            help="The master switch. Off: the account is parked. Nothing is answered, nothing that waits is sent; the connection stays."
            compact
            confirm_off=Callback::new(move |()| dialog_open.set(true))
        />
    }
}

/// Asks for confirmation before a whole account is switched off.
#[component]
fn SwitchOffDialog(id: AccountId, name: Signal<String>, dialog_open: RwSignal<bool>) -> impl IntoView {
    let announcer = Announcer::expect();
    let state = FormState::new(format!("switch-off-{id}"), endpoints::ENABLE_ACCOUNT);
    let on_done = Callback::new(move |outcome: Outcome| {
        if outcome.is_ok() {
            dialog_open.set(false);
            announcer.say(format!("{} is off.", name.get_untracked()));
        }
    });
    let body = move || {
        view! {
            <p>"Customers who write get no reply until you switch it on again. Their DMs are logged and not answered later."</p>
            <p class="muted">"Rules, default reply and history stay. To stop only the automatic replies, switch off auto-reply."</p>
            <FormError state />
        }
    };
    view! {
        <ConfirmDialog
            open=dialog_open
            id=format!("ask-off-{id}")
            title=Signal::derive(move || format!("Switch off {}?", name.get()))
            body
            keep="Keep it on"
        >
            <PostForm state on_done>
                <input type="hidden" name="account" value=id.to_string() />
                <input type="hidden" name="enabled" value="false" />
                <button class="btn btn--danger" type="submit">"Switch off"</button>
            </PostForm>
        </ConfirmDialog>
    }
}

/// *Auto-Reply Enabled*.
#[component]
pub fn AutoReplySwitch(
    id: AccountId,
    #[prop(into)] name: Signal<String>,
    #[prop(into)] on: Signal<bool>,
    #[prop(optional)] compact: bool,
) -> impl IntoView {
    let state = FormState::new(format!("auto-reply-{id}"), endpoints::SWITCH_AUTO_REPLY);
    view! {
        <Setting
            id
            state
            on
            subject=Signal::derive(move || format!("Auto-reply of {}", name.get()))
            label=if compact { "Auto-reply" } else { "Auto-Reply Enabled" }
            help="Off: DMs are logged, nobody gets an automatic reply and no credit is used."
            compact
        />
    }
}

#[component]
fn Setting(
    id: AccountId,
    state: FormState,
    on: Signal<bool>,
    subject: Signal<String>,
    label: &'static str,
    help: &'static str,
    compact: bool,
    #[prop(optional)] confirm_off: Option<Callback<()>>,
) -> impl IntoView {
    let locked = !may_edit();
    let account = id.to_string();
    if compact {
        return view! {
            <SwitchForm state on subject label locked confirm_off>
                <input type="hidden" name="account" value=account />
            </SwitchForm>
            <FormError state />
        }
        .into_any();
    }
    let name_id = state.part("name");
    view! {
        <div class="setting">
            <div>
                <p class="setting__name" id=name_id.clone()>{label}</p>
                <p class="setting__help">{help}</p>
                <FormError state />
            </div>
            <SwitchForm state on subject labelled_by=name_id locked confirm_off>
                <input type="hidden" name="account" value=account />
            </SwitchForm>
        </div>
    }
    .into_any()
}
