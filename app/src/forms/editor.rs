//! What every editor in place shares: its keys, its buttons, what putting away brings back, the banner of a restored draft, and the banner of a conflict.

use domain::views::{Moment, Tone};
use leptos::prelude::*;

use super::{FormState, SlowNote};
use crate::browser;
use crate::components::{Announcer, Banner, Toasts};

/// Esc restores, Ctrl/Cmd+Enter saves; keys of an input method mean neither.
pub fn editor_keys(form: FormState, cancel: Callback<()>) -> impl Fn(web_sys::KeyboardEvent) + Clone + 'static {
    move |event| {
        if browser::is_save_key(&event) {
            event.prevent_default();
            browser::submit(&form.id());
        } else if event.key() == "Escape" && !browser::is_composing(&event) {
            event.prevent_default();
            cancel.run(());
        }
    }
}

/// What Esc put away comes back at once by the toast: `bring_back` stores the draft again and opens the editor. Afterwards it is
/// offered by [`PutAwayBanner`].
pub fn offer_undo_of_putting_away(toasts: Toasts, announcer: Announcer, bring_back: impl Fn() + Send + Sync + 'static) {
    announcer.say(PUT_AWAY_SPOKEN);
    toasts.undoable(PUT_AWAY, bring_back);
}

const PUT_AWAY: &str = "What you wrote was put away.";
const PUT_AWAY_SPOKEN: &str = "What you wrote was put away. Undo available.";

/// The keys in words, Cancel, and the button that saves.
#[component]
pub fn EditorActions(
    form: FormState,
    cancel: Callback<()>,
    save: &'static str,
    /// There is nothing yet that could be restored.
    #[prop(optional)]
    is_new: bool,
) -> impl IntoView {
    let pending = form.pending();
    view! {
        <SlowNote form />
        <div class="form-foot">
            <span class="kbd-hint">
                <kbd translate="no">"Esc"</kbd>
                {if is_new { " closes · " } else { " restores · " }}
                <kbd translate="no">"Ctrl"</kbd>
                " "
                <kbd translate="no">"Enter"</kbd>
                " saves"
            </span>
            <InPlaceLink class="btn" label="Cancel" action=cancel />
            <button class="btn btn--primary" type="submit" aria-disabled=move || pending.get().then_some("true")>
                {move || if pending.get() { "Saving …" } else { save }}
            </button>
        </div>
    }
    .into_any()
}

/// "We kept what you were writing yesterday at 18:52."
#[component]
pub fn DraftBanner(when: String, discard: Callback<()>) -> impl IntoView {
    view! {
        <Banner tone=Tone::Info icon="undo" text=format!("We kept what you were writing {when}.")>
            <button class="btn btn--sm" type="button" on:click=move |_| discard.run(())>"Discard it"</button>
        </Banner>
    }
    .into_any()
}

/// "You have an unsaved draft of this rule, put away today at 18:52."
#[component]
pub fn PutAwayBanner(
    /// `this rule`.
    what: &'static str,
    when: String,
    take_up: Callback<()>,
    discard: Callback<()>,
) -> impl IntoView {
    let text = format!("You have an unsaved draft of {what}, put away {when}.");
    view! {
        <Banner tone=Tone::Info icon="edit" text>
            <button class="btn btn--sm" type="button" on:click=move |_| take_up.run(())>"Continue it"</button>
            <button class="btn btn--quiet btn--sm" type="button" on:click=move |_| discard.run(())>"Discard that draft"</button>
        </Banner>
    }
    .into_any()
}

/// Another person saved meanwhile: their text in the banner, the reader's in the form below. Rendered inside the form, which has the
/// current version by then.
#[component]
pub fn ConflictBanner(
    /// `this rule`.
    what: &'static str,
    by: Option<String>,
    at: Moment,
    /// Their text, as the end of a sentence.
    theirs: String,
    take_theirs: Callback<()>,
) -> impl IntoView {
    let who = by.unwrap_or_else(|| "Somebody".into());
    let title = format!("{who} changed {what} at {}, while you were writing", at.clock);
    let text = format!("Nothing is lost. Yours is below; theirs {theirs}");
    view! {
        <Banner tone=Tone::Warn alert=true title text>
            <InPlaceLink class="btn btn--sm" label="Use theirs" action=take_theirs />
            <button class="btn btn--primary btn--sm" type="submit">"Save mine instead"</button>
        </Banner>
    }
    .into_any()
}

/// A link to the saved page before hydration, a button in place afterwards.
#[component]
fn InPlaceLink(class: &'static str, label: &'static str, action: Callback<()>) -> impl IntoView {
    view! {
        <a
            class=class
            href="?"
            on:click=move |event| {
                event.prevent_default();
                action.run(());
            }
        >
            {label}
        </a>
    }
    .into_any()
}
