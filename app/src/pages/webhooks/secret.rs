//! The signing secret: shown for ten minutes to whoever made it, and made anew.

use domain::ids::WebhookEndpointId;
use domain::views::{Tone, WebhookEndpointCard};
use leptos::prelude::*;

use crate::components::{Announcer, Banner, ExactTime, Icon};
use crate::endpoints;
use crate::forms::{FormError, FormState, Outcome, PostForm};

const COPY_NOW: &str = "Copy it to the receiver now. Only you see it, for 10 minutes, and then nobody.";

/// The secret while it may be seen, and until when the earlier one signs.
#[component]
pub(super) fn Secret(card: Memo<WebhookEndpointCard>) -> impl IntoView {
    let id = untrack(|| card.with(|card| card.id));
    let secret = Memo::new(move |_| card.with(|card| card.secret.clone()));
    let earlier = Memo::new(move |_| card.with(|card| card.earlier_secret_until.clone()));
    view! {
        {move || secret.get().map(|secret| shown(id, secret))}
        {move || {
            earlier.get().map(|until| {
                view! {
                    <p class="note">
                        <Icon name="clock" />
                        <span>"The earlier secret signs too until " <ExactTime moment=until /> "."</span>
                    </p>
                }
            })
        }}
    }
    .into_any()
}

fn shown(id: WebhookEndpointId, secret: String) -> AnyView {
    let state = FormState::new(format!("hide-webhook-secret-{id}"), endpoints::HIDE_WEBHOOK_SECRET);
    view! {
        <Banner tone=Tone::Info title="The signing secret" text=COPY_NOW />
        <p class="mono"><code translate="no">{secret}</code></p>
        <PostForm state label="Hide the secret">
            <input type="hidden" name="endpoint" value=id.to_string() />
            <FormError state />
            <button class="btn btn--sm" type="submit">"I have it, hide it"</button>
        </PostForm>
    }
    .into_any()
}

/// Another secret.
#[component]
pub(super) fn NewSecret(id: WebhookEndpointId) -> impl IntoView {
    let state = FormState::new(format!("rotate-webhook-{id}"), endpoints::ROTATE_WEBHOOK_SECRET);
    let announcer = Announcer::expect();
    let on_done = Callback::new(move |outcome: Outcome| {
        if outcome.is_ok() {
            announcer.say("There is a new secret. Copy it now.");
        }
    });
    view! {
        <PostForm state label="Make a new secret" on_done>
            <input type="hidden" name="endpoint" value=id.to_string() />
            <FormError state />
            <button class="btn btn--sm" type="submit">"Make a new secret"</button>
        </PostForm>
    }
    .into_any()
}
