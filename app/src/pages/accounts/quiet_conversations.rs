//! When a person answers: for how long Concierge keeps quiet, where it does so now, and *Resume*.

use domain::limits::MAX_QUIET_HOURS;
use domain::views::{AccountPage, CustomerName, QuietConversation};
use leptos::prelude::*;

use super::customers::{Customer, Customers, ShowWho, asked_by_address};
use crate::components::{Announcer, ExactTime, Icon, RelativeTime};
use crate::endpoints;
use crate::forms::{FieldError, FormError, FormState, Outcome, PostForm, SavedMark, track_saved};
use crate::viewer::may_edit;

/// The card.
#[component]
pub fn QuietConversations(data: RwSignal<AccountPage>, names: Vec<CustomerName>) -> impl IntoView {
    let customers = Customers::of(data, names);
    let asked = asked_by_address();
    let quiet = Memo::new(move |_| data.with(|page| page.quiet.clone()));
    view! {
        <section class="card card--flush" aria-labelledby="people-title" id="people">
            <div class="card__head">
                <h2 class="card__title" id="people-title" tabindex="-1">"When a person answers"</h2>
            </div>
            <div class="card__note">
                {if may_edit() { view! { <QuietHours data /> }.into_any() } else { fact(data) }}
            </div>
            {move || {
                let quiet = quiet.get();
                if quiet.is_empty() {
                    view! { <p class="card__note muted small">"No conversation is with a person right now."</p> }.into_any()
                } else {
                    view! {
                        <ul class="list" aria-label="With a person now">
                            {quiet.into_iter().map(|quiet| conversation(customers, quiet)).collect_view()}
                        </ul>
                        <ShowWho asked />
                    }
                        .into_any()
                }
            }}
        </section>
    }
    .into_any()
}

fn fact(data: RwSignal<AccountPage>) -> AnyView {
    let sentence = move || match data.with(|page| page.quiet_hours) {
        0 => "Replies go on after a person wrote.".to_owned(),
        1 => "Concierge keeps quiet for 1 hour after a person wrote.".to_owned(),
        hours => format!("Concierge keeps quiet for {hours} hours after a person wrote."),
    };
    view! { <p>{sentence}</p> }.into_any()
}

#[component]
fn QuietHours(data: RwSignal<AccountPage>) -> impl IntoView {
    let state = FormState::new("quiet-hours", endpoints::SAVE_QUIET_HOURS);
    let (saved, on_done) = track_saved("Saved.");
    let (account, hours) = data.with_untracked(|page| (page.card.brief.id, page.quiet_hours));
    let id = state.part("quiet_hours");
    let hint = format!("{id}-hint");
    let invalid = move || state.field_error("quiet_hours").is_some();
    let described = {
        let (id, hint) = (id.clone(), hint.clone());
        move || {
            if invalid() {
                format!("{id}-error {hint}")
            } else {
                hint.clone()
            }
        }
    };
    view! {
        <PostForm state label="When a person answers" class="stack stack--2" on_done guarded=true>
            <FormError state fields=&["quiet_hours"] />
            <input type="hidden" name="account" value=account.to_string() />
            <div class="field" class:is-invalid=invalid>
                <label class="field__label" for=id.clone()>"Hours of quiet after a person wrote"</label>
                <div class="cluster">
                    <input
                        class="input input--number"
                        id=id
                        name="quiet_hours"
                        type="number"
                        inputmode="numeric"
                        min="0"
                        max=MAX_QUIET_HOURS.to_string()
                        value=state.typed("quiet_hours", &hours.to_string())
                        aria-invalid=move || invalid().then_some("true")
                        aria-describedby=described
                        on:input=move |_| saved.set(false)
                    />
                    <button class="btn" type="submit">"Save"</button>
                    <SavedMark saved />
                </div>
                <FieldError state name="quiet_hours" />
                <p class="field__hint" id=hint>
                    "When one of your people writes in Instagram, Concierge leaves that conversation to them for this long. With 0 it goes on answering."
                </p>
            </div>
        </PostForm>
    }
    .into_any()
}

fn conversation(customers: Customers, quiet: QuietConversation) -> AnyView {
    let why = if quiet.waits_for_person {
        "A rule left it to a person; nobody has written yet"
    } else {
        "A person wrote"
    };
    let icon = if quiet.waits_for_person { "bell" } else { "person" };
    let class = if quiet.waits_for_person { "t-warn" } else { "t-idle" };
    view! {
        <li>
            <Icon name=icon class=class />
            <div class="list__text">
                <Customer customers quiet=quiet.clone() />
                <span>{why} " · " <RelativeTime moment=quiet.since /> ". Quiet until " <ExactTime moment=quiet.until /> "."</span>
            </div>
            <div class="list__end list__end--keep">{may_edit().then(|| resume(quiet.id.to_string(), quiet.customer))}</div>
        </li>
    }
    .into_any()
}

fn resume(conversation: String, customer: String) -> AnyView {
    let state = FormState::new(format!("resume-{conversation}"), endpoints::RESUME_CONVERSATION);
    let announcer = Announcer::expect();
    let on_done = Callback::new(move |outcome: Outcome| {
        if outcome.is_ok() {
            announcer.say("Resumed. The next message in this conversation is answered.");
            crate::browser::focus("#people-title");
        }
    });
    view! {
        <PostForm state on_done>
            <FormError state />
            <input type="hidden" name="conversation" value=conversation />
            <button class="btn btn--sm" type="submit" aria-label=format!("Resume the conversation with {customer}")>
                <Icon name="play" />
                "Resume"
            </button>
        </PostForm>
    }
    .into_any()
}
