//! The two switches of an account.

use domain::ids::AccountId;
use leptos::prelude::*;

use crate::forms::{FormError, FormState, SwitchForm};
use crate::viewer::may_edit;

/// *Enabled*: the master switch.
#[component]
pub fn EnabledSwitch(
    id: AccountId,
    #[prop(into)] name: Signal<String>,
    #[prop(into)] on: Signal<bool>,
    /// On a card: the word stands beside the switch.
    #[prop(optional)]
    compact: bool,
) -> impl IntoView {
    let state = FormState::new(format!("enabled-{id}"), "/api/accounts/enable");
    view! {
        <Setting
            id
            state
            on
            subject=Signal::derive(move || name.get())
            label="Enabled"
            help="The master switch. Off: the account is parked and nothing is answered."
            compact
        />
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
    let state = FormState::new(format!("auto-reply-{id}"), "/api/accounts/auto-reply");
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
) -> impl IntoView {
    let locked = !may_edit();
    let account = id.to_string();
    if compact {
        return view! {
            <SwitchForm state on subject label locked>
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
            <SwitchForm state on subject labelled_by=name_id locked>
                <input type="hidden" name="account" value=account />
            </SwitchForm>
        </div>
    }
    .into_any()
}
