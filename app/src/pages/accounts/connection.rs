//! Can it receive, can it send? And who it is on Meta's side.

use domain::views::{AccountPage, Identity};
use leptos::prelude::*;

use super::disconnect::DisconnectLink;
use crate::components::{Announcer, CheckList, ExactTime, Icon, RelativeTime, Toasts};
use crate::endpoints;
use crate::forms::{FormError, FormState, Outcome, PostForm};
use crate::viewer::{may_edit, may_manage};

/// What is known about the connection, and *Check now*.
#[component]
pub fn Connection(data: RwSignal<AccountPage>, #[prop(into)] connected: Signal<bool>) -> impl IntoView {
    let state = FormState::new("check-now", endpoints::CHECK_ACCOUNT);
    let announcer = Announcer::expect();
    let id = data.with_untracked(|page| page.card.brief.id.to_string());
    let toasts = Toasts::expect();
    let on_done = Callback::new(move |outcome: Outcome| {
        let Ok(answer) = outcome else { return };
        match crate::json::read::<Option<String>>(&answer) {
            Ok(Some(found)) => {
                announcer.say(found.clone());
                toasts.done(found);
            }
            _ => announcer.say("The connection was checked."),
        }
    });
    let pending = state.pending();
    view! {
        <section class="card" aria-labelledby="connection-title">
            <div class="card__head">
                <h2 class="card__title" id="connection-title">"Connection"</h2>
                <span class="subtle small">
                    {move || data.with(|page| page.connection.checked_at.clone()).map(|moment| view! { <RelativeTime moment /> })}
                </span>
            </div>
            {move || data.with(|page| view! { <CheckList lines=page.connection.lines.clone() /> })}
            <FormError state />
            {may_edit()
                .then(|| {
                    view! {
                        <div class="card__foot" hidden=move || !connected.get()>
                            <PostForm state label="Check the connection" on_done>
                                <input type="hidden" name="account" value=id />
                                <button class="btn btn--sm" type="submit" aria-disabled=move || pending.get().then_some("true")>
                                    <Icon name="sync" />
                                    {move || if pending.get() { "Checking …" } else { "Check now" }}
                                </button>
                            </PostForm>
                            <a class="small" href="/admin/health">"Health"</a>
                        </div>
                    }
                })}
        </section>
    }
    .into_any()
}

/// Ids, for the operator; and the end of the connection.
#[component]
pub fn IdentityCard(
    identity: Identity,
    dialog_open: RwSignal<bool>,
    #[prop(into)] connected: Signal<bool>,
) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="identity-title">
            <div class="card__head">
                <h2 class="card__title" id="identity-title">"Identity"</h2>
            </div>
            <dl class="facts">
                <dt>"Instagram id"</dt>
                <dd class="mono">{identity.instagram_id}</dd>
                <dt>"Page id"</dt>
                <dd class="mono">{identity.page_id}</dd>
                <dt>"Connected"</dt>
                <dd>
                    <ExactTime moment=identity.connected />
                </dd>
            </dl>
            {may_manage().then(|| view! { <div class="card__foot"><DisconnectLink dialog_open connected /></div> })}
        </section>
    }
    .into_any()
}
