//! The live test: send a DM from another account and watch it arrive and be answered. Turns green by itself.

use domain::ids::AccountId;
use domain::views::LiveTest;
use leptos::prelude::*;

use crate::components::{Icon, Reload};
use crate::endpoints;
use crate::forms::{FormError, FormState, PostForm};
use crate::json::page_resource;
use crate::queries::load_live_test;
use crate::sandbox_chat::chat_address;
use crate::viewer::may_edit;

/// A card with two steps.
#[component]
pub fn LiveTestCard(id: AccountId, #[prop(into)] name: Signal<String>) -> impl IntoView {
    let reload = Reload::expect();
    let test = page_resource(move || reload.count(), move |_| load_live_test(id.to_string()));
    view! {
        <section class="card" aria-labelledby="live-test-title" id="live-test">
            <div class="card__head">
                <h2 class="card__title" id="live-test-title">"Live test"</h2>
            </div>
            <div aria-live="polite">
                <Transition>
                    {move || Suspend::new(async move { test.await.ok().map(|test| state(test, &name.get_untracked())) })}
                </Transition>
            </div>
            {may_edit().then(|| view! { <StartTest id /> })}
        </section>
    }
    .into_any()
}

#[component]
fn StartTest(id: AccountId) -> impl IntoView {
    let form = FormState::new("live-test-form", endpoints::START_LIVE_TEST);
    let pending = form.pending();
    view! {
        <FormError state=form />
        <div class="card__foot">
            <PostForm state=form label="Live test">
                <input type="hidden" name="account" value=id.to_string() />
                <button class="btn btn--sm" type="submit" aria-disabled=move || pending.get().then_some("true")>
                    <Icon name="send" />
                    "Start the test"
                </button>
            </PostForm>
        </div>
    }
    .into_any()
}

fn state(test: Option<LiveTest>, name: &str) -> AnyView {
    let Some(test) = test else {
        let from = match chat_address(None) {
            Some(_) => "in the chat, as a customer",
            None => "from another Instagram account",
        };
        let sentence =
            format!("Start the test, then send {name} a DM {from}. You see here whether it arrives and is answered.");
        return view! { <p class="muted small">{sentence}</p> }.into_any();
    };
    let failed = test.obstacle.is_some();
    let answer = match (test.answered, failed) {
        (true, _) => Step::Done,
        (false, true) => Step::Failed,
        (false, false) => Step::of(test.arrived, false),
    };
    view! {
        <p>{test.sentence}</p>
        <ol class="checklist">
            {step("The DM arrives", Step::of(true, test.arrived))} {step("The reply goes out", answer)}
        </ol>
        {test
            .obstacle
            .map(|obstacle| {
                view! {
                    <p class="note note--warn">
                        <Icon name="warn" />
                        {obstacle}
                    </p>
                }
            })}
    }
    .into_any()
}

#[derive(Clone, Copy)]
enum Step {
    Later,
    Waiting,
    Done,
    Failed,
}

impl Step {
    const fn of(is_its_turn: bool, done: bool) -> Self {
        match (is_its_turn, done) {
            (_, true) => Self::Done,
            (true, false) => Self::Waiting,
            (false, false) => Self::Later,
        }
    }
}

fn step(name: &'static str, step: Step) -> AnyView {
    let (class, icon, spoken) = match step {
        Step::Later => ("", "todo", "To do: "),
        Step::Waiting => ("is-wait", "clock", "Waiting: "),
        Step::Done => ("is-done", "ok", "Done: "),
        Step::Failed => ("is-warn", "warn", "Not done: "),
    };
    view! {
        <li class=class>
            <Icon name=icon />
            <strong>
                <span class="visually-hidden">{spoken}</span>
                {name}
            </strong>
        </li>
    }
    .into_any()
}
