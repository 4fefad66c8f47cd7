//! What a whole new config would change, and the one confirmation.

use domain::views::{ConfigPreview, Tone};
use leptos::prelude::*;

use super::diff::Diff;
use crate::components::{Banner, Icon};
use crate::error::AppError;
use crate::forms::{FormError, FormState};
use crate::pages::rules::effect_on_examples;

/// What was looked at before: by the address of the page, or, fresher, by the answer to a form that came too late.
pub(super) struct Looked {
    /// What would change now.
    pub(super) preview: Option<ConfigPreview>,
    /// Why it is to be looked at again.
    again: Option<String>,
}

impl Looked {
    /// `by_address` is what the page was asked to show.
    pub(super) fn new(state: FormState, by_address: Option<ConfigPreview>) -> Self {
        let fresher = state.error().with_untracked(|error| match error {
            Some(AppError::Conflict {
                message,
                current: Some(current),
            }) => Some((message.clone(), serde_json::from_str(current).ok()?)),
            _ => None,
        });
        let had_looked = !state.typed("revision", "").is_empty();
        match fresher {
            Some((message, preview)) => Self {
                preview: Some(preview),
                again: had_looked.then_some(message),
            },
            None => Self {
                preview: by_address,
                again: None,
            },
        }
    }
}

/// The sentence, the changes and the examples. Stands inside of the form that does it.
#[component]
pub(super) fn Preview(state: FormState, preview: ConfigPreview, again: Option<String>) -> impl IntoView {
    view! {
        {again
            .map(|why| {
                view! { <Banner tone=Tone::Warn alert=true title=why text="This is what would change now." /> }
            })}
        <FormError state />
        <input type="hidden" name="revision" value=preview.revision.to_string() />
        <p class="strong">{preview.sentence}</p>
        {effect_on_examples(preview.examples)}
        <Diff diff=preview.diff />
    }
    .into_any()
}

impl Looked {
    /// The view of it; nothing when there is nothing to look at.
    pub(super) fn view(self, state: FormState) -> Option<AnyView> {
        let again = self.again;
        self.preview
            .map(|preview| view! { <Preview state preview again /> }.into_any())
    }

    /// Whether doing it would change anything.
    pub(super) fn changes_something(&self) -> bool {
        self.preview.as_ref().is_some_and(|preview| !preview.diff.is_empty())
    }
}

/// The way out, and the button that does it unless there is nothing to do.
#[component]
pub(super) fn Confirm(
    words: &'static str,
    icon: &'static str,
    changes: bool,
    /// Puts away in place what was looked at, where the address alone does not.
    #[prop(optional)]
    put_away: Option<Callback<()>>,
) -> impl IntoView {
    let cancel = move |event: web_sys::MouseEvent| {
        if let Some(put_away) = put_away {
            event.prevent_default();
            put_away.run(());
        }
    };
    view! {
        <div class="form-foot">
            <a class="btn" href="?" on:click=cancel>
                "Cancel"
            </a>
            {changes
                .then(|| {
                    view! {
                        <button class="btn btn--primary" type="submit">
                            <Icon name=icon />
                            {words}
                        </button>
                    }
                })}
        </div>
    }
    .into_any()
}
