//! Ready-made intents to start a rule from. Without WebAssembly the server fills what was left empty.

use domain::rules::split_examples;
use domain::views::ReadyMadeIntent;
use leptos::prelude::*;

use super::state::EditorState;
use crate::forms::rule_fields::READY_MADE;
use crate::queries::load_ready_made_intents;

/// Label, description and examples, as they were typed.
type Typed = (String, String, String);

/// The menu, and the way back to what it replaced.
#[component]
pub(super) fn ReadyMade(editor: EditorState) -> impl IntoView {
    let library = editor.rules.ready_made;
    fetch_once(library);
    let id = editor.form.part(READY_MADE);
    let hint = format!("{id}-hint");
    let replaced = RwSignal::new(None::<Typed>);
    let choose = move |event: web_sys::Event| {
        let chosen = event_target_value(&event);
        let intent = library.with_untracked(|all| all.iter().find(|intent| intent.id == chosen).cloned());
        if let Some(intent) = intent {
            let before = editor.typed_intent();
            let is_own = library.with_untracked(|all| is_own(all, &before));
            editor.start_from(intent);
            replaced.set(is_own.then_some(before));
        }
    };
    let put_back = move |_| {
        if let Some((label, description, examples)) = replaced.get_untracked() {
            editor.set_intent(label, description, examples);
            replaced.set(None);
        }
    };
    view! {
        <div class="field" hidden=move || library.with(Vec::is_empty)>
            <label class="field__label" for=id.clone()>"Start from a ready-made intent"</label>
            <select class="select" id=id name=READY_MADE aria-describedby=hint.clone() on:change=choose>
                <option value="">"Write my own"</option>
                {move || library.get().into_iter().map(option).collect_view()}
            </select>
            <p class="field__hint" id=hint>
                {move || {
                    if replaced.with(Option::is_some) {
                        view! {
                            "What you had was replaced. "
                            <button class="link-btn" type="button" on:click=put_back>"Put it back"</button>
                        }
                            .into_any()
                    } else {
                        "It fills in a description and examples in several languages; change every word you like.".into_any()
                    }
                }}
            </p>
        </div>
    }
    .into_any()
}

fn option(intent: ReadyMadeIntent) -> AnyView {
    view! { <option value=intent.id>{intent.label}</option> }.into_any()
}

/// A page that was opened without a full load has no library yet.
fn fetch_once(library: RwSignal<Vec<ReadyMadeIntent>>) {
    Effect::new(move |_| {
        if library.with_untracked(Vec::is_empty) {
            leptos::task::spawn_local(async move {
                if let Ok(fetched) = load_ready_made_intents().await {
                    let _ = library.try_set(fetched);
                }
            });
        }
    });
}

/// Whether somebody wrote it, instead of taking it from the library unchanged.
fn is_own(library: &[ReadyMadeIntent], (_, description, examples): &Typed) -> bool {
    let examples = split_examples(examples);
    let is_empty = description.trim().is_empty() && examples.is_empty();
    !is_empty
        && !library
            .iter()
            .any(|intent| intent.description == *description && intent.examples == examples)
}

impl EditorState {
    fn typed_intent(&self) -> Typed {
        let text = |signal: RwSignal<String>| signal.get_untracked();
        (text(self.label), text(self.description), text(self.examples))
    }

    fn set_intent(&self, label: String, description: String, examples: String) {
        self.apply(|| {
            self.label.set(label);
            self.description.set(description);
            self.examples.set(examples);
        });
    }

    /// A name that was typed stays.
    fn start_from(&self, intent: ReadyMadeIntent) {
        let (label, ..) = self.typed_intent();
        let is_of_library = self
            .rules
            .ready_made
            .with_untracked(|all| all.iter().any(|other| other.label == label));
        let label = if label.trim().is_empty() || is_of_library {
            intent.label
        } else {
            label
        };
        self.rules.announcer.say(format!(
            "Filled in: {}, with {} examples.",
            intent.description,
            intent.examples.len()
        ));
        self.set_intent(label, intent.description, intent.examples.join("\n"));
    }
}
