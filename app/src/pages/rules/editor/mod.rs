//! Adding and editing a rule in place: When … Reply with …; Esc restores, Ctrl/Cmd+Enter saves, no typed word is lost.

mod chips;
mod conflict;
mod fields;
mod intent;
mod kinds;
mod matcher;
mod response;
mod state;
mod warnings;

use domain::rules::ReplyRule;
use domain::views::Tone;
use leptos::prelude::*;

use super::store::Rules;
use crate::browser;
use crate::components::Banner;
use crate::forms::{FormError, Hidden, Outcome, PostForm};
use conflict::BothTexts;
use matcher::MatcherFields;
use response::ResponseFields;
use state::Editing;

/// The form of one rule; `rule` is none for a new one.
#[component]
pub fn RuleEditor(rules: Rules, rule: Option<ReplyRule>) -> impl IntoView {
    let label = rule
        .as_ref()
        .map_or_else(|| "New rule".to_owned(), |rule| format!("Edit rule {}", rule.label));
    let rule_id = rule.as_ref().map(|rule| rule.id.to_string());
    let is_new = rule.is_none();
    let editing = Editing::new(rules, rule);
    editing.find_draft();
    let form = editing.form;
    let keys = move |event: web_sys::KeyboardEvent| {
        if browser::is_save_key(&event) {
            event.prevent_default();
            browser::submit(&form.id());
        } else if event.key() == "Escape" && !browser::is_composing(&event) {
            event.prevent_default();
            editing.cancel();
        }
    };
    view! {
        <div on:keydown=keys>
            <PostForm
                state=form
                label
                class="rule-form"
                check=Callback::new(move |()| editing.check_all())
                on_done=Callback::new(move |outcome: Outcome| editing.settle(&outcome))
            >
                {is_new.then(|| view! { <h3 class="rule-form__title">"New rule"</h3> })}
                {move || editing.conflict.get().map(|conflict| view! { <BothTexts editing conflict /> })}
                {move || editing.draft.get().map(|when| kept(editing, when))}
                <FormError state=form fields=&["label", "keywords", "mode", "description", "threshold", "canned", "prompt"] />
                <input type="hidden" name="account" value=rules.account().to_string() />
                {rule_id.map(|id| view! { <input type="hidden" name="rule" value=id /> })}
                {(!is_new)
                    .then(|| view! { <Hidden name="version" value=Signal::derive(move || editing.version.get().to_string()) /> })}
                <div class="rule-form__row">
                    <fields::LabelField editing />
                </div>
                <MatcherFields editing />
                <ResponseFields editing />
                <Foot editing is_new />
            </PostForm>
        </div>
    }
    .into_any()
}

#[component]
fn Foot(editing: Editing, is_new: bool) -> impl IntoView {
    let pending = editing.form.pending();
    let words = move || match (pending.get(), is_new) {
        (true, _) => "Saving …",
        (false, true) => "Add rule",
        (false, false) => "Save rule",
    };
    view! {
        <div class="form-foot">
            <span class="kbd-hint">
                <kbd>"Esc"</kbd>
                " restores · "
                <kbd>"Ctrl"</kbd>
                " "
                <kbd>"Enter"</kbd>
                " saves"
            </span>
            <a
                class="btn"
                href="?"
                on:click=move |event| {
                    event.prevent_default();
                    editing.cancel();
                }
            >
                "Cancel"
            </a>
            <button class="btn btn--primary" type="submit" aria-disabled=move || pending.get().then_some("true")>
                {words}
            </button>
        </div>
    }
    .into_any()
}

fn kept(editing: Editing, when: String) -> AnyView {
    view! {
        <Banner tone=Tone::Info icon="undo" text=format!("We kept what you were writing {when}.")>
            <button class="btn btn--sm" type="button" on:click=move |_| editing.cancel()>"Discard it"</button>
        </Banner>
    }
    .into_any()
}
