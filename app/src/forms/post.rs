//! The form element itself.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlButtonElement, HtmlElement, HtmlFormElement, SubmitEvent};

use super::{FormState, Outcome, SLOW, SLOW_AND_KEPT};
use crate::browser::{self, Unsaved};
use crate::components::{Announcer, Reload};
use crate::error::AppError;
use crate::flash::FORM_FIELD;

/// A hidden field.
#[component]
pub fn Hidden(name: &'static str, #[prop(into)] value: Signal<String>) -> impl IntoView {
    view! { <input type="hidden" name=name value=move || value.get() /> }
}

/// A form that leaves the page, with WebAssembly as without: for rare actions that end on another page.
#[component]
pub fn PlainForm(
    state: FormState,
    #[prop(optional, into)] label: String,
    #[prop(optional)] class: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <form id=state.id() class=class method="post" action=state.action() aria-label=(!label.is_empty()).then_some(label) novalidate>
            <input type="hidden" name=FORM_FIELD value=state.id() />
            {children()}
        </form>
    }
    .into_any()
}

/// A form that posts to a server function.
#[component]
pub fn PostForm(
    state: FormState,
    /// Its accessible name.
    #[prop(optional, into)]
    label: String,
    #[prop(optional)] class: &'static str,
    /// Runs first; `false` keeps the form from being sent.
    #[prop(optional)]
    check: Option<Callback<(), bool>>,
    /// Runs when it is sent, before the answer: for optimistic changes.
    #[prop(optional)]
    on_send: Option<Callback<()>>,
    /// Runs with the answer, before the data of the page is fetched again.
    #[prop(optional)]
    on_done: Option<Callback<Outcome>>,
    /// The page is not left without a question while something is typed: no draft keeps it.
    #[prop(optional)]
    guarded: bool,
    /// It asks something and changes nothing: no data of the page is fetched again.
    #[prop(optional)]
    changes_nothing: bool,
    children: Children,
) -> impl IntoView {
    let reload = Reload::expect();
    let announcer = Announcer::expect();
    let unsaved = use_context::<Unsaved>().unwrap_or_default();
    let changed = move |_| {
        if guarded {
            unsaved.set_without_draft(&state.id(), true);
        }
    };
    if guarded {
        let id = state.id();
        on_cleanup(move || unsaved.set_without_draft(&id, false));
    }
    let send = move |event: SubmitEvent| {
        if event.default_prevented() {
            return;
        }
        event.prevent_default();
        if check.is_some_and(|check| !check.run(())) {
            browser::show_first_problem(&state.id());
            return;
        }
        let Some(submission) = Submission::from_event(&event) else {
            return;
        };
        if state.pending().get_untracked() {
            return;
        }
        state.begin_sending(move || announcer.say(if unsaved.any() { SLOW_AND_KEPT } else { SLOW }));
        if !changes_nothing {
            reload.begin_change();
        }
        if let Some(on_send) = on_send {
            on_send.run(());
        }
        leptos::task::spawn_local(async move {
            // Changes that the check made reach the hidden fields with the next tick.
            leptos::task::tick().await;
            let outcome = match submission.data() {
                Some(data) => browser::post_form(state.action(), &data).await,
                None => Err(AppError::unavailable("This browser cannot send the form.")),
            };
            let saved = outcome.is_ok();
            apply_outcome(state, outcome, on_done, announcer, unsaved);
            if !changes_nothing {
                reload.end_change(saved);
            }
        });
    };
    view! {
        <form
            id=state.id()
            class=class
            method="post"
            action=state.action()
            aria-label=(!label.is_empty()).then_some(label)
            novalidate
            on:submit=send
            on:input=changed
        >
            <input type="hidden" name=FORM_FIELD value=state.id() />
            {children()}
        </form>
    }
    .into_any()
}

fn apply_outcome(
    state: FormState,
    outcome: Outcome,
    on_done: Option<Callback<Outcome>>,
    announcer: Announcer,
    unsaved: Unsaved,
) {
    // The form may be gone by now: its row was deleted, or the page left.
    if !state.end_sending() {
        return;
    }
    match &outcome {
        Ok(_) => {
            unsaved.set_without_draft(&state.id(), false);
            state.error().set(None);
        }
        Err(AppError::NotSignedIn) => {
            let keeps_draft = unsaved.any();
            unsaved.forget();
            browser::sign_in_again(keeps_draft);
            return;
        }
        Err(error) => {
            // Errors of the form as a whole are spoken by their banner.
            if matches!(error, AppError::Invalid { .. }) {
                announcer.failed(error.to_string());
            }
            state.error().set(Some(error.clone()));
        }
    }
    let has_failed = outcome.is_err();
    if let Some(on_done) = on_done {
        on_done.run(outcome);
    }
    if has_failed {
        browser::show_first_problem(&state.id());
    }
}

/// The form that was sent, and the button that was pressed.
struct Submission {
    form: HtmlFormElement,
    button: Option<HtmlButtonElement>,
}

impl Submission {
    fn from_event(event: &SubmitEvent) -> Option<Self> {
        let form = event.target()?.dyn_into().ok()?;
        let button = event.submitter().and_then(|it: HtmlElement| it.dyn_into().ok());
        Some(Self { form, button })
    }

    /// What the form holds now, with the button.
    fn data(&self) -> Option<FormData> {
        let data = FormData::new_with_form(&self.form).ok()?;
        if let Some(button) = self.button.as_ref().filter(|button| !button.name().is_empty()) {
            let _ = data.append_with_str(&button.name(), &button.value());
        }
        Some(data)
    }
}
