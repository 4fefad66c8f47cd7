//! The preview of a whole new config, and its confirmation.

use domain::views::{ConfigPreview, Tone};
use leptos::prelude::*;

use super::diff::Diff;
use crate::components::{Banner, Icon};
use crate::forms::{FormError, FormState};
use crate::pages::rules::effect_on_examples;

/// The preview that the address asks for, or a newer one that came with a conflict.
pub(super) struct PreviewState {
    /// What would change now.
    pub(super) preview: Option<ConfigPreview>,
    /// Why an earlier preview is no longer right.
    stale_reason: Option<String>,
}

impl PreviewState {
    /// `requested` is the preview that the address of the page asks for.
    pub(super) fn new(state: FormState, requested: Option<ConfigPreview>) -> Self {
        let fresher = state.error().with_untracked(|error| {
            let error = error.as_ref()?;
            Some((error.to_string(), error.current()?))
        });
        let had_preview = !state.typed("revision", "").is_empty();
        match fresher {
            Some((message, preview)) => Self {
                preview: Some(preview),
                stale_reason: had_preview.then_some(message),
            },
            None => Self {
                preview: requested,
                stale_reason: None,
            },
        }
    }
}

/// The sentence, the changes and the examples. Rendered inside the form that confirms.
#[component]
pub(super) fn Preview(state: FormState, preview: ConfigPreview, stale_reason: Option<String>) -> impl IntoView {
    view! {
        {stale_reason
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

impl PreviewState {
    /// The view; none without a preview.
    pub(super) fn view(self, state: FormState) -> Option<AnyView> {
        let stale_reason = self.stale_reason;
        self.preview
            .map(|preview| view! { <Preview state preview stale_reason /> }.into_any())
    }

    /// Whether confirming would change anything.
    pub(super) fn has_changes(&self) -> bool {
        self.preview.as_ref().is_some_and(|preview| !preview.diff.is_empty())
    }
}

/// Cancel, and the button that confirms unless nothing would change.
#[component]
pub(super) fn ConfirmButtons(
    label: &'static str,
    icon: &'static str,
    changes: bool,
    /// Dismisses the preview in place, where the address alone does not.
    #[prop(optional)]
    dismiss: Option<Callback<()>>,
) -> impl IntoView {
    let cancel = move |event: web_sys::MouseEvent| {
        if let Some(dismiss) = dismiss {
            event.prevent_default();
            dismiss.run(());
        }
    };
    view! {
        <div class="form-foot form-foot--sticky">
            <a class="btn" href="?" on:click=cancel>
                "Cancel"
            </a>
            {changes
                .then(|| {
                    view! {
                        <button class="btn btn--primary" type="submit">
                            <Icon name=icon />
                            {label}
                        </button>
                    }
                })}
        </div>
    }
    .into_any()
}
