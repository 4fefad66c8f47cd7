//! `/admin/settings/webhooks`: which programs are told, of what, and what they answered.

mod add;
mod card;
mod fields;
mod log;
mod remove;
mod secret;

use domain::views::{self, WebhookEndpointCard};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::components::{EmptyState, Icon, Loaded, PageSkeleton, live_query};
use crate::json::page_resource;
use crate::queries::load_webhooks;
use crate::viewer::may_manage;

/// The receivers of outgoing webhooks.
#[component]
pub fn WebhooksPage() -> impl IntoView {
    let content = if may_manage() { receivers() } else { not_for_you() };
    view! {
        <Title text="Webhooks" />
        <div class="page__head">
            <div>
                <nav class="crumbs" aria-label="Breadcrumb">
                    <a href="/admin/settings">"Settings"</a>
                    <Icon name="right" />
                    <span aria-current="page">"Webhooks"</span>
                </nav>
                <h1 class="page__title">"Webhooks"</h1>
                <p class="page__lead">
                    "Your own programs are told what happens, within seconds: ids, times and reasons, never what anybody wrote."
                </p>
            </div>
        </div>
        {content}
    }
    .into_any()
}

fn receivers() -> AnyView {
    let page = page_resource(|| (), |()| load_webhooks());
    view! { <Loaded resource=page skeleton=|| view! { <PageSkeleton /> }.into_any() render=webhooks /> }.into_any()
}

fn not_for_you() -> AnyView {
    view! { <EmptyState title="Owners only" text="An owner of this workspace can see and change where webhooks go." /> }
        .into_any()
}

fn webhooks(first: views::WebhooksPage) -> AnyView {
    let events = first.events.clone();
    let data = live_query(first, load_webhooks);
    let ids = Memo::new(move |_| data.with(|page| page.endpoints.iter().map(|card| card.id).collect::<Vec<_>>()));
    let may_add = Memo::new(move |_| data.with(|page| page.may_add));
    let choices = StoredValue::new(events);
    view! {
        <div class="stack stack--6 measure">
            <Show when=move || ids.with(Vec::is_empty) fallback=|| ()>
                <EmptyState title="No receivers yet" text="Add the address of a program that takes webhooks." />
            </Show>
            <For
                each=move || ids.get()
                key=|id| *id
                children=move |id| {
                    let find = move || data.with(|page| page.endpoints.iter().find(|card| card.id == id).cloned());
                    let first = untrack(find)?;
                    // A receiver that left the list is drawn as it was until it is taken away.
                    let card = Memo::new(move |before: Option<&WebhookEndpointCard>| {
                        find().or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
                    });
                    Some(view! { <card::Card card choices=choices.get_value() /> })
                }
            />
            {signing()}
            <Show when=move || may_add.get() fallback=full>
                <add::AddCard choices=choices.get_value() />
            </Show>
        </div>
    }
    .into_any()
}

/// For whoever writes a receiver.
fn signing() -> AnyView {
    view! {
        <section class="card stack stack--2" aria-labelledby="signing-title">
            <h2 class="card__title" id="signing-title">"How a webhook is signed"</h2>
            <p>
                "As " <a href="https://www.standardwebhooks.com" rel="external noopener noreferrer">"Standard Webhooks"</a>
                " says: the header " <code translate="no">"webhook-signature"</code> " holds " <code translate="no">"v1,"</code>
                " and the base64 of an HMAC-SHA256 over the headers " <code translate="no">"webhook-id"</code> " and "
                <code translate="no">"webhook-timestamp"</code>
                " and the body as it came, with a dot between them. Its key is what stands in base64 behind the underscore of the secret; refuse a timestamp that is more than five minutes away."
            </p>
        </section>
    }
    .into_any()
}

fn full() -> AnyView {
    view! {
        <p class="note">
            <Icon name="info" />
            "These are 10 receivers, and there is no room for another. Delete one that is no longer needed."
        </p>
    }
    .into_any()
}
