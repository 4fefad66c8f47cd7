//! "Try a message": simulates the pipeline as one types. Nothing is sent, stored or charged.

mod ask_server;
mod circumstances;
mod confidences;
mod examples;
mod explanation;
mod form;
mod state;
mod tried_before;
mod verdict;
mod written_answer;

pub(in crate::pages) use examples::effect_on_examples;
pub(super) use state::SimulatorState;

use leptos::prelude::*;

use crate::browser;
use crate::components::Icon;

/// The panel: docked beside the list on wide screens, a sheet at the bottom of narrow ones.
#[component]
pub(super) fn Simulator(simulator: SimulatorState) -> impl IntoView {
    let close = move || {
        simulator.is_open.set(false);
        browser::focus("#try-a-message");
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" && simulator.is_open.get_untracked() && !browser::is_composing(&event) {
            event.stop_propagation();
            close();
        }
    };
    let open = move |_| {
        simulator.is_open.set(true);
        browser::focus_end("#try-text");
    };
    view! {
        <aside
            class="card sim sim--docked"
            id="try"
            aria-labelledby="try-title"
            class:is-open=move || simulator.is_open.get()
            on:keydown=keys
            on:focusin=move |_| simulator.matching.prepare()
        >
            <div class="sim__head">
                <h2 class="card__title" id="try-title">"Try a message"</h2>
                <span class="muted small">"Free. Sends nothing."</span>
                <button class="icon-btn sim__close" type="button" aria-label="Close" on:click=move |_| close()>
                    <Icon name="x" />
                </button>
            </div>
            <form::SimulatorForm simulator />
            <verdict::Waiting simulator />
            {move || {
                simulator
                    .unsaved_note()
                    .map(|sentence| {
                        view! {
                            <p class="note" id="try-unsaved">
                                <Icon name="edit" />
                                {sentence}
                            </p>
                        }
                    })
            }}
            {move || simulator.result.get().map(|result| view! {
                <verdict::Verdict simulator result=result.clone() />
                <confidences::Confidences simulator result=result.clone() />
                <explanation::Explanation simulator result />
            })}
            <confidences::Shadowing simulator />
            <examples::Examples simulator />
        </aside>
        <button class="btn btn--primary fab" id="try-a-message" type="button" aria-controls="try" on:click=open>
            <Icon name="play" />
            "Try a message"
        </button>
    }
    .into_any()
}
